import type { Patch } from './patch.ts';

/** How the shop is hosted and set up, where shops differ. May change while it runs. */
export interface Hosting {
  /** LiteSpeed, as every server that speaks HTTP/2, sends the names of headers in lower case. */
  lower_case_headers: boolean;
  /** Settings › Permalinks is "Plain": there is no `/wp-json`, and REST API keys do not work at all. */
  plain_permalinks: boolean;
  /** WP_DEBUG_DISPLAY: PHP prints a notice in front of each answer of the API. */
  php_notices: boolean;
  /** WP_ENVIRONMENT_TYPE is `production`, not `local`: application passwords count over https only. */
  production: boolean;
  /** The handbook's snippet is in the shop: posts that are saved or deleted do `woocommerce_sync_content`. */
  content_snippet: boolean;
  /** The field groups of ACF have _Show in REST API_ off, as new ones have. */
  acf_hidden: boolean;
  /** A plugin, or HPOS in compatibility mode, saves each order that the REST API reads, which fires `order.updated`. */
  reads_save_orders: boolean;
}

export const usualHosting: Hosting = {
  lower_case_headers: false,
  plain_permalinks: false,
  php_notices: false,
  production: false,
  content_snippet: false,
  acf_hidden: false,
  reads_save_orders: false,
};

/** What of the hosting a body changes. @throws Error with a sentence */
export function hostingOf(patch: Patch): Partial<Hosting> {
  for (const [name, value] of Object.entries(patch)) {
    if (!(name in usualHosting) || typeof value !== 'boolean') {
      const names = Object.keys(usualHosting).join(', ');
      throw new Error(`${name} is ${JSON.stringify(value)}: give true or false for ${names}.`);
    }
  }
  return patch;
}

/** Abbreviations in names of headers. */
const CAPITALS = /^(?:wp|wc|id)$/;

/** The names of headers as WordPress behind Apache or nginx sends them, such as `X-WP-Total`. */
export function headersOf<V>(
  { lower_case_headers }: Hosting,
  headers: Readonly<Record<string, V>>,
): Record<string, V> {
  const named = (name: string): string =>
    lower_case_headers ? name.toLowerCase() : name.split('-').map(capital).join('-');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [named(name), value]));
}

function capital(part: string): string {
  if (CAPITALS.test(part)) {
    return part.toUpperCase();
  }
  return part === 'totalpages' ? 'TotalPages' : part.charAt(0).toUpperCase() + part.slice(1);
}

/** What PHP prints where it may show its notices. */
export const PHP_NOTICE =
  '<br />\n<b>Deprecated</b>:  Creation of dynamic property WC_Example::$plugin is deprecated in ' +
  '<b>/var/www/html/wp-content/plugins/example/example.php</b> on line <b>12</b><br />\n';

/**
 * An answer of WordPress's own lists where ACF shows none of its groups: `acf` is there, and an empty list, whatever
 * the record's fields hold.
 */
export function hidingAcf(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(hidingAcf);
  }
  const hasAcf = typeof body === 'object' && body !== null && 'acf' in body;
  return hasAcf ? { ...body, acf: [] } : body;
}
