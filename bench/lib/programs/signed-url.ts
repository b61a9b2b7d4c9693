import { createHmac, randomBytes } from 'node:crypto';

/** The address of a request, signed as WooCommerce wants it over plain http (OAuth 1.0a, one leg). */
export function signedUrl(
  method: string,
  address: string,
  consumerKey: string,
  consumerSecret: string,
): string {
  const url = new URL(address);
  const query = new URLSearchParams(url.search);
  query.set('oauth_consumer_key', consumerKey);
  query.set('oauth_timestamp', String(Math.floor(Date.now() / 1000)));
  query.set('oauth_nonce', randomBytes(16).toString('hex'));
  query.set('oauth_signature_method', 'HMAC-SHA256');
  query.sort();
  const twoWay = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const base = `${method}&${encode(url.origin + url.pathname)}&${encode(twoWay)}`;
  const signature = createHmac('sha256', `${consumerSecret}&`).update(base).digest('base64');
  return `${url.origin}${url.pathname}?${twoWay}&oauth_signature=${encode(signature)}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
