import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { jsonOf } from '../../scripts/lib/install/admin-session.ts';
import { decoded, type Deviation, type Exchange } from '../../scripts/prove/model/exchange.ts';

/** Belong to one connection, or to a body that is written anew. */
const OWN = /^(?:connection|keep-alive|transfer-encoding|content-length|content-encoding|host)$/;
/** Addresses of queries are long. Bytes. */
const HEADERS = 65_536;

type Look = (exchange: Exchange) => void;
const nothing: Look = () => undefined;

/** Stands in front of an org, a shop or a receiver of webhooks, and can make another one of it. */
export class DeviatingProxy {
  readonly url: string;
  /** What answers where the local org cannot be asked. */
  standIn = nothing;
  /** Is told of each exchange before it is changed. */
  watch = nothing;
  /** Null passes answers on as they are. */
  deviation: Deviation | null = null;
  readonly #side: Exchange['side'];
  readonly #target: string;
  readonly #server: Server;

  private constructor(side: Exchange['side'], target: string, server: Server) {
    this.#side = side;
    this.#target = target;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  /** @param target the address behind it */
  static async start(side: Exchange['side'], target: string): Promise<DeviatingProxy> {
    const server = createServer({ maxHeaderSize: HEADERS });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DeviatingProxy(side, target, server);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await buffer(request);
    if (this.#side === 'delivery') {
      await this.#deliver(request, sent);
      response.end();
    } else await this.#pass(request, sent, response);
  }

  #change(exchange: Exchange): void {
    this.standIn(exchange);
    this.watch(exchange);
    this.deviation?.change(exchange);
  }

  async #pass(
    { method = 'GET', url = '/', headers }: IncomingMessage,
    sent: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const askedHeaders = plain(Object.entries(headers));
    const hasBody = method !== 'GET' && sent.length > 0;
    const answer = await fetch(`${this.#target}${url}`, {
      method,
      headers: { ...askedHeaders, 'accept-encoding': 'identity' },
      ...(hasBody ? { body: sent } : {}),
      redirect: 'manual',
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const exchange: Exchange = {
      side: this.#side,
      method,
      path: decoded(url),
      askedHeaders,
      asked: hasBody ? jsonOf(sent.toString()) : null,
      status: answer.status,
      headers: plain([...answer.headers]),
      body: isJson ? jsonOf(bytes.toString()) : bytes.toString('latin1'),
    };
    const before = JSON.stringify(exchange.body);
    this.#change(exchange);
    const isSame = JSON.stringify(exchange.body) === before;
    response.writeHead(exchange.status, exchange.headers);
    if (isSame) response.end(bytes);
    else if (isJson || typeof exchange.body !== 'string')
      response.end(JSON.stringify(exchange.body));
    else response.end(exchange.body, 'latin1');
  }

  /** What the shop sends is what is changed. */
  async #deliver({ method = 'POST', url = '/', headers }: IncomingMessage, sent: Buffer) {
    const exchange: Exchange = {
      side: this.#side,
      method,
      path: decoded(url),
      askedHeaders: {},
      asked: null,
      status: 200,
      headers: plain(Object.entries(headers)),
      body: sent.toString('latin1'),
    };
    this.#change(exchange);
    const body = Buffer.from(String(exchange.body), 'latin1');
    await fetch(`${this.#target}${url}`, { method, headers: exchange.headers, body });
  }
}

function plain(entries: readonly (readonly [string, unknown])[]): Record<string, string> {
  const own = entries.filter(([name]) => !OWN.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
