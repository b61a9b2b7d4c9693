/** The path of a language that plugins put behind the address of a shop: `/de`, `/pt-br`. */
const LANGUAGE = /\/[a-z]{2}(?:[-_][a-z]{2})?$/;

/**
 * What tells one shop from another in its addresses: host and path, without scheme, `www.` and a language's path.
 * @returns null for what is no web address
 */
export function shopOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  const path = url.pathname.toLowerCase().replace(/\/+$/, '').replace(LANGUAGE, '');
  return `${url.host.replace(/^www\./, '')}${path}`;
}
