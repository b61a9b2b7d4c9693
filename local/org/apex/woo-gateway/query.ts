import { refusedParameter } from './refusal.ts';

/** As WooGatewayQuery.ALLOWED. */
const ALLOWED: ReadonlySet<string> = new Set(
  (
    '_fields after before context customer dates_are_gmt email exclude force include include_meta ' +
    'modified_after modified_before offset order orderby page parent per_page product role search sku status ' +
    'type'
  ).split(' '),
);

/** As WooGatewayQuery.OF_EVERYBODY and IDS. */
const OF_EVERYBODY: ReadonlySet<string | undefined> = new Set(['id', 'id,email,billing,shipping']);
const IDS = /^[1-9][0-9]{0,17}(?:,[1-9][0-9]{0,17}){0,99}$/;

/** As WooGatewayQuery.encode. */
export function encodeQuery(path: string, asked: ReadonlyMap<string, string>): string {
  const params = path === 'customers' ? ofCustomers(asked) : asked;
  const pairs = [...params].sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs
    .map(([name, value]) => {
      if (ALLOWED.has(name)) return `${name}=${urlEncode(value)}`;
      throw refusedParameter('A query parameter is not on the list of the gateway.');
    })
    .join('&');
}

function ofCustomers(asked: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const params = new Map([['role', 'customer'], ...asked]);
  if (params.get('role') === 'customer' || asksByIds(params)) return params;
  throw refusedParameter('Only people with the role customer may be listed.');
}

function asksByIds(params: ReadonlyMap<string, string>): boolean {
  const isAllowed = params.get('role') === 'all' && OF_EVERYBODY.has(params.get('_fields'));
  const isByIds = IDS.test(params.get('include') ?? '');
  return isAllowed && isByIds && !params.has('email') && !params.has('search');
}

export function parseQuery(query: string): Map<string, string> {
  if (/%(?![0-9A-Fa-f]{2})/.test(query)) {
    throw refusedParameter('The query of a read is not encoded well.');
  }
  const params = new Map<string, string>();
  // As Java splits: blanks at the end are dropped.
  for (const pair of query.replace(/(?<=.)&+$/, '').split('&')) {
    const [name = '', ...rest] = pair.split('=');
    if (params.has(urlDecode(name))) {
      throw refusedParameter(
        'A query parameter occurs twice; give its values as one list with commas.',
      );
    }
    params.set(urlDecode(name), urlDecode(rest.join('=')));
  }
  return params;
}

/** As Java, and so Apex, encodes forms. */
function urlEncode(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

function urlDecode(text: string): string {
  return new URLSearchParams(`=${text.replaceAll('&', '%26')}`).get('') ?? '';
}
