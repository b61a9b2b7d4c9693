import { BOTH_WAYS } from '../../src/errors/two-way.ts';
import type { Issue, IssueSeen } from '../../src/ports/issues.ts';

const told = ['code', 'reason', 'wooValue', 'salesforceValue'] as const;

export function saysTheSame(before: Partial<IssueSeen>, failure: IssueSeen): boolean {
  return told.every((name) => before[name] === failure[name]);
}

export function isAmong({ key, absorbedBy }: Issue, keys: readonly string[]): boolean {
  return keys.includes(key) || keys.includes(absorbedBy ?? '');
}

/** What is said of a conflict that closes. */
export function ended({ key, code }: Issue, settled: readonly IssueSeen[]): Partial<IssueSeen> {
  if (code !== 'CONFLICT_OPEN') return {};
  const { meaning: reason, cure } = BOTH_WAYS.CONFLICT_OVER;
  const said = settled.find((one) => one.key === key);
  if (said === undefined) return { code: 'CONFLICT_OVER', reason, cure };
  return Object.fromEntries([...told, 'cure' as const].map((name) => [name, said[name]]));
}
