import { randomBytes } from 'node:crypto';

export const USUAL_PORT = 8090;

/**
 * What the user names of a new org end in, by which `sf` tells orgs apart: those on other ports have users of their
 * own, and on a free one too, which is not known yet.
 */
export function userDomain({ port }: { readonly port: number }): string {
  if (port === USUAL_PORT) return 'local-org.example';
  return `local-org-${port === 0 ? randomBytes(4).toString('hex') : port}.example`;
}
