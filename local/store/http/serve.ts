import type { IncomingMessage, ServerResponse } from 'node:http';
import { controlReply } from '../control.ts';
import type { Edits } from '../edits.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { OrderWrites } from '../write/order-writes.ts';
import { RECORDED_ORIGIN } from '../recordings.ts';
import type { Shop } from '../shop.ts';
import type { Dispatcher } from './dispatch.ts';
import { apiLink } from './link-header.ts';
import { parseQuery } from './php-query.ts';
import { notEmulated, wireText, wpError } from './reply.ts';
import type { Reply } from './reply.ts';
import type { RequestCount } from './request-count.ts';

/** What answering needs. */
export interface ServeParts {
  tlsProxy: boolean;
  dispatcher: Dispatcher;
  requests: RequestCount;
  shop: Shop;
  edits: Edits;
  orders: OrderWrites;
  webhooks: Webhooks;
}

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  siteUrl: string;
}

const MAX_BODY = 10_000_000;

/** Reads a request to its end and answers it: the shop below `/wp-json`, the back door below `/local`. */
export function serverFor(parts: ServeParts): (exchange: Exchange) => void {
  return (exchange) => {
    const chunks: Buffer[] = [];
    let size = 0;
    exchange.request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) {
        chunks.push(chunk);
      }
    });
    exchange.request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (size > MAX_BODY) {
        write(exchange, notEmulated('bodies of more than 10 MB'), exchange.siteUrl, {});
      } else {
        answer(parts, exchange, body).catch((error: unknown) => {
          fail(exchange, error);
        });
      }
    });
  };
}

/** A mistake of this store, not of the caller: said as such, and the connection is not left hanging. */
function fail(exchange: Exchange, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  write(exchange, wpError(500, 'local_store_failed', message), exchange.siteUrl, {});
}

async function answer(parts: ServeParts, exchange: Exchange, body: string): Promise<void> {
  const { request, siteUrl } = exchange;
  const [path, raw] = splitOnce(request.url ?? '/', '?');
  const method = request.method ?? 'GET';
  if (path.startsWith('/local/')) {
    const query = new URLSearchParams(raw);
    const reply = await controlReply(parts, {
      method,
      path: path.slice('/local'.length),
      query,
      body,
    });
    write(exchange, reply, siteUrl, {});
    return;
  }
  const secure = parts.tlsProxy && request.headers['x-forwarded-proto'] === 'https';
  const origin = siteUrl.replace(/^https?:/, secure ? 'https:' : 'http:');
  const target = { method, path, raw, secure, origin, body };
  const { reply, headers } = await shopReply(parts, exchange, target);
  parts.requests.add(method, path, reply.status);
  write(exchange, reply, origin, headers);
}

interface Target {
  method: string;
  path: string;
  raw: string;
  secure: boolean;
  origin: string;
  body: string;
}

async function shopReply(
  { dispatcher }: ServeParts,
  { request }: Exchange,
  { method, path, raw, secure, origin, body }: Target,
): Promise<{ reply: Reply; headers: Record<string, string> }> {
  if (!/^\/wp-json(\/|$)/.test(path)) {
    return { reply: notEmulated(`pages of the shop such as ${path}`), headers: {} };
  }
  const { reply, identity, allow } = await dispatcher.answer({
    method,
    path,
    url: origin + path,
    query: parseQuery(raw),
    secure,
    authorization: request.headers.authorization,
    body,
    contentType: request.headers['content-type'],
  });
  const known = identity.role !== undefined;
  return {
    reply,
    headers: {
      link: apiLink(origin),
      'x-robots-tag': 'noindex',
      ...(allow === undefined ? {} : { allow }),
      ...(known
        ? { 'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private' }
        : {}),
    },
  };
}

function write(
  { response }: Exchange,
  reply: Reply,
  origin: string,
  headers: Record<string, string>,
): void {
  const plain = origin.replace(/^https:/, 'http:');
  const text = wireText(reply.body, { secure: origin, plain });
  const { location } = reply.headers;
  response.writeHead(reply.status, {
    'content-type': 'application/json; charset=UTF-8',
    ...headers,
    ...reply.headers,
    ...(location === undefined ? {} : { location: location.replace(RECORDED_ORIGIN, origin) }),
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function splitOnce(text: string, at: string): [string, string] {
  const position = text.indexOf(at);
  return position === -1 ? [text, ''] : [text.slice(0, position), text.slice(position + 1)];
}
