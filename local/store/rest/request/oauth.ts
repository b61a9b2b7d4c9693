import { createHmac, timingSafeEqual } from 'node:crypto';
import { rawEncode } from './php-query.ts';
import type { QueryArray, QueryValue } from './php-query.ts';

const WINDOW_SECONDS = 15 * 60;

/** What a signature was made over. `url` is scheme, host and path, without the query. */
export interface SignedRequest {
  method: string;
  url: string;
  query: QueryArray;
}

const required = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;

/** The OAuth parameters of a query: none at all, some (with the missing ones named), or all. */
export function oauthParams(
  query: QueryArray,
): 'none' | { missing: string[] } | { key: string; timestamp: number; nonce: string } {
  const missing = required.filter((name) => textOf(query.get(name)) === '');
  if (missing.length === required.length) {
    return 'none';
  }
  if (missing.length > 0) {
    return { missing };
  }
  return {
    key: textOf(query.get('oauth_consumer_key')),
    timestamp: Math.trunc(Number(textOf(query.get('oauth_timestamp')))),
    nonce: textOf(query.get('oauth_nonce')),
  };
}

/** @returns what is wrong with the signature, in the shop's words, or undefined. */
export function signatureProblem(request: SignedRequest, secret: string): string | undefined {
  const method = textOf(request.query.get('oauth_signature_method'));
  const algorithm = { 'HMAC-SHA256': 'sha256', 'HMAC-SHA1': 'sha1' }[method];
  if (algorithm === undefined) {
    return 'Invalid signature - signature method is invalid.';
  }
  const expected = createHmac(algorithm, `${secret}&`).update(baseString(request)).digest('base64');
  // A plus sign arrives as a blank when the client did not encode it.
  const given = decode(textOf(request.query.get('oauth_signature')).replaceAll(' ', '+'));
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b)
    ? undefined
    : 'Invalid signature - provided signature does not match.';
}

function baseString({ method, url, query }: SignedRequest): string {
  const pairs: [string, string][] = [];
  const walk = (name: string, value: QueryValue): void => {
    if (value instanceof Map) {
      for (const [key, inner] of value) {
        walk(`${name}[${key}]`, inner);
      }
      return;
    }
    pairs.push([name, value]);
  };
  const top = [...query].filter(([name]) => name !== 'oauth_signature');
  for (const [name, value] of top.sort(([a], [b]) => (a < b ? -1 : 1))) {
    walk(name, value);
  }
  const joined = pairs.map(([name, value]) => `${rawEncode(name)}=${rawEncode(value)}`).join('&');
  return `${method}&${rawEncode(url)}&${rawEncode(joined)}`;
}

/** Remembers nonces for as long as their timestamp could still be accepted. */
export class NonceMemory {
  readonly #used = new Map<string, number>();

  /** `now` in seconds. @returns what is wrong, in the shop's words, or undefined (and remembers it). */
  problem(key: string, timestamp: number, nonce: string, now: number): string | undefined {
    if (!(Math.abs(timestamp - now) <= WINDOW_SECONDS)) {
      return 'Invalid timestamp.';
    }
    for (const [known, at] of this.#used) {
      if (at >= now - WINDOW_SECONDS) {
        break;
      }
      this.#used.delete(known);
    }
    const id = `${key} ${nonce}`;
    if (this.#used.has(id)) {
      return 'Invalid nonce - nonce has already been used.';
    }
    this.#used.set(id, timestamp);
    return undefined;
  }
}

function textOf(value: QueryValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
