import type { Secret } from '../lib/secret.ts';

/** What stands before our routes in the path of a public address: the proxy leaves it in. */
export function prefixOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '');
}

/** The route of outbound messages behind the prefix. */
export const outboundRoute = '/salesforce/outbound/:token';

/**
 * The endpoint for an outbound message in Salesforce. Who knows it can make us read records again.
 * @param publicUrl without a slash at the end
 */
export function outboundUrl(publicUrl: string, token: Secret): string {
  return `${publicUrl}${outboundRoute.replace(':token', token.reveal())}`;
}
