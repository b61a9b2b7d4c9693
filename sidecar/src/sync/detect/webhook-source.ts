/** The path of a language that plugins put behind the address of a shop: `/de`, `/pt-br`. */
const LANGUAGE = /\/[a-z]{2}(?:[-_][a-z]{2})?$/;

/**
 * What tells one shop from another in its addresses: host and path, without scheme, `www.` and a language's path.
 * @returns null for what is no web address
 */
export function shopOf(address: string): string | null {
  return siteOf(address)?.replace(LANGUAGE, '') ?? null;
}

/**
 * Host and path of an address, without scheme and `www.`: of two of them the one with `/us` may be another site of a
 * multisite as well as a language of the first.
 * @returns null for what is no web address
 */
export function siteOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  const path = url.pathname.toLowerCase().replace(/\/+$/, '');
  return `${url.host.replace(/^www\./, '')}${path}`;
}
