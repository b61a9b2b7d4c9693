import { jsonOf } from '../install/admin-session.ts';

/** An answer of the shop, the same by either route. */
export interface ShopAnswer {
  readonly status: number;
  /** By the shop's own names. */
  readonly header: (name: string) => string | null;
  readonly body: unknown;
}

export interface ShopRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the shop's address, with its query. */
  readonly path: string;
  /** Bytes of a file go as they are, all else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

/** How long a shop may take for one answer. */
const DEADLINE_MS = 45_000;

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const sent = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  body instanceof Buffer ? new Uint8Array(body) : JSON.stringify(body);

/**
 * Calls a shop straight, and follows no redirect.
 * @param url of the shop, without a slash at its end
 * @throws Error where the shop is not reached, the reason of the signal where that aborts
 */
export async function callShop(
  url: string,
  { method, path, body, headers = {}, signal }: ShopRequest,
): Promise<ShopAnswer> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      // As the proxy in front of a shop says, where the shop runs on this machine without TLS.
      ...(url.startsWith('http:') ? { 'x-forwarded-proto': 'https' } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: sent(body) }),
    redirect: 'manual',
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  });
  const text = await response.text();
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    body: jsonOf(text),
  };
}
