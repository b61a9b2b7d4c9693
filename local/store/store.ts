import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlReply } from './control.ts';
import { Edits } from './edits.ts';
import { Authenticator } from './http/auth.ts';
import { Dispatcher } from './http/dispatch.ts';
import { apiLink } from './http/link-header.ts';
import { parseQuery } from './http/php-query.ts';
import { notEmulated, wireText } from './http/reply.ts';
import type { Reply } from './http/reply.ts';
import { RequestCount } from './http/request-count.ts';
import type { Route } from './http/route.ts';
import { completeOptions } from './options.ts';
import type { StoreOptions } from './options.ts';
import { couponRoutes } from './resources/coupons.ts';
import { customerRoutes } from './resources/customers.ts';
import { orderRoutes } from './resources/orders.ts';
import { productRoutes } from './resources/products.ts';
import { refundRoutes } from './resources/refunds.ts';
import { settingRoutes, siteIndex } from './resources/settings.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { shopTotals } from './shop-totals.ts';
import type { ShopTotals } from './shop-totals.ts';
import { SiteZone } from './zone.ts';

/** A WooCommerce store on this machine. */
export interface Store {
  /** 0 takes a free port. @returns the address. @throws Error with a sentence when the port is taken. */
  listen: (port: number, host?: string) => Promise<string>;
  /** Stops; answers that are under way are finished. */
  close: () => Promise<void>;
  /** the address without a slash at the end; only after `listen` */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** changes to the shop's data */
  readonly edits: Edits;
  readonly requests: RequestCount;
  readonly shop: Shop;
  totals: () => ShopTotals;
}

/** Makes a store; it listens when told to. @throws Error when an option makes no sense. */
export function createStore(given: Partial<StoreOptions> = {}): Store {
  const options = completeOptions(given);
  const zone = new SiteZone(options.timeZone);
  const shop = openShop({ ...options, zone });
  const edits = new Edits(shop, options.now);
  const requests = new RequestCount();
  const dispatcher = new Dispatcher(
    new Authenticator(options.credentials, options.now),
    allRoutes(shop, options),
    siteIndex(zone, options.siteName, options.now),
  );
  let url = '';
  const server = createServer((request, response) => {
    serve({ request, response, siteUrl: options.siteUrl ?? url });
  });
  const serve = serverFor({ options, dispatcher, requests, shop, edits });
  const [key] = options.credentials.keys;
  return {
    listen: async (port, host = '127.0.0.1') => {
      const address = await startListening(server, port, host);
      url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
      return options.siteUrl ?? url;
    },
    close: () => stop(server),
    get url() {
      return options.siteUrl ?? url;
    },
    consumerKey: key?.consumerKey ?? '',
    consumerSecret: key?.consumerSecret ?? '',
    edits,
    requests,
    shop,
    totals: () => shopTotals(shop),
  };
}

function allRoutes(shop: Shop, { customStatuses }: StoreOptions): Route[] {
  return [
    ...orderRoutes(shop, customStatuses),
    ...refundRoutes(shop),
    ...productRoutes(shop),
    ...customerRoutes(shop),
    ...couponRoutes(shop),
    ...settingRoutes(),
  ];
}

interface Parts {
  options: StoreOptions;
  dispatcher: Dispatcher;
  requests: RequestCount;
  shop: Shop;
  edits: Edits;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  siteUrl: string;
}

const MAX_BODY = 10_000_000;

function serverFor(parts: Parts): (exchange: Exchange) => void {
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
        answer(parts, exchange, body);
      }
    });
  };
}

function answer(parts: Parts, exchange: Exchange, body: string): void {
  const { request, siteUrl } = exchange;
  const [path, raw] = splitOnce(request.url ?? '/', '?');
  const method = request.method ?? 'GET';
  if (path.startsWith('/local/')) {
    const query = new URLSearchParams(raw);
    const reply = controlReply(parts, { method, path: path.slice('/local'.length), query, body });
    write(exchange, reply, siteUrl, {});
    return;
  }
  const secure = parts.options.tlsProxy && request.headers['x-forwarded-proto'] === 'https';
  const origin = secure ? siteUrl.replace(/^http:/, 'https:') : siteUrl;
  const { reply, headers } = shopReply(parts, exchange, { method, path, raw, secure, origin });
  parts.requests.add(method, path, reply.status);
  write(exchange, reply, origin, headers);
}

interface Target {
  method: string;
  path: string;
  raw: string;
  secure: boolean;
  origin: string;
}

function shopReply(
  { dispatcher }: Parts,
  { request }: Exchange,
  { method, path, raw, secure, origin }: Target,
): { reply: Reply; headers: Record<string, string> } {
  if (!/^\/wp-json(\/|$)/.test(path)) {
    return { reply: notEmulated(`pages of the shop such as ${path}`), headers: {} };
  }
  const { reply, identity, allow } = dispatcher.answer({
    method,
    path,
    url: origin + path,
    query: parseQuery(raw),
    secure,
    authorization: request.headers.authorization,
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
  response.writeHead(reply.status, {
    'content-type': 'application/json; charset=UTF-8',
    ...headers,
    ...reply.headers,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function splitOnce(text: string, at: string): [string, string] {
  const position = text.indexOf(at);
  return position === -1 ? [text, ''] : [text.slice(0, position), text.slice(position + 1)];
}

function startListening(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} on ${host} is taken: stop what uses it, or choose another port.`,
            )
          : error,
      );
    });
    server.listen(port, host, () => {
      resolve(server.address() as AddressInfo);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) {
        resolve();
      } else {
        reject(error);
      }
    });
    server.closeIdleConnections();
  });
}
