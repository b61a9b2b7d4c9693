import type { Link } from '../../src/ports/link.ts';

/** Of a link whose record was written; null for a write of unknown outcome. */
export function verified(hash: string | null): Pick<Link, 'state' | 'hash'> {
  return { state: 'verified', hash };
}
