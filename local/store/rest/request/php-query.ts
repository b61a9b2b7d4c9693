/** A query parameter as PHP sees it: text, or an array of them in the order given. */
export type QueryValue = string | QueryArray;
export type QueryArray = Map<string, QueryValue>;

/** Parses a raw query string (no `?`) as PHP does: `a=1`, `a[]=1`, `a[k][0]=1`; the last of a name wins. */
export function parseQuery(raw: string): QueryArray {
  const query: QueryArray = new Map();
  for (const pair of raw.split('&')) {
    if (pair === '') {
      continue;
    }
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : decode(pair.slice(at + 1));
    assign(query, name, value);
  }
  return query;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    // PHP keeps bytes that are no UTF-8; nobody compares them here.
    return spaced;
  }
}

function assign(query: QueryArray, name: string, value: string): void {
  const open = name.indexOf('[');
  const keys =
    open > 0 ? [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key) : [];
  const base = (keys.length > 0 ? name.slice(0, open) : name).replace(/[ .]/g, '_');
  let target = query;
  let key = base;
  for (const next of keys) {
    const inner = target.get(key);
    const child: QueryArray = inner instanceof Map ? inner : new Map<string, QueryValue>();
    target.set(key, child);
    target = child;
    key = next === '' || next === undefined ? nextIndex(child) : next;
  }
  target.set(key, value);
}

function nextIndex(list: QueryArray): string {
  const used = [...list.keys()].filter((key) => /^\d+$/.test(key)).map(Number);
  return String(used.length === 0 ? 0 : Math.max(...used) + 1);
}

/**
 * Builds a query string as WordPress does for links: keys of arrays as `%5B0%5D`,
 * values as they are (`encode` false) or form-encoded.
 */
export function buildQuery(query: QueryArray, encode: boolean): string {
  const pairs: string[] = [];
  const walk = (name: string, value: QueryValue): void => {
    if (value instanceof Map) {
      for (const [key, inner] of value) {
        walk(`${name}%5B${key}%5D`, inner);
      }
      return;
    }
    pairs.push(`${name}=${encode ? formEncode(value) : value}`);
  };
  for (const [name, value] of query) {
    walk(name, value);
  }
  return pairs.join('&').replace(/=(?=&|$)/g, '');
}

/** PHP's urlencode: everything but letters, digits, `-`, `_` and `.`; a blank becomes `+`. */
function formEncode(text: string): string {
  return rawEncode(text).replaceAll('~', '%7E').replaceAll('%20', '+');
}

/** PHP's rawurlencode (RFC 3986), which OAuth 1.0a signs with. */
export function rawEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
