import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { jsonOf } from '../../scripts/lib/install/admin-session.ts';
import { decoded, type Deviation, type Exchange } from '../../scripts/prove/model/exchange.ts';

/** Stands in front of an org or a shop, and can make it another one. */
export interface DeviatingProxy {
  readonly url: string;
  /** Null passes answers on as they are. */
  deviate(deviation: Deviation | null): void;
  /** What answers where the local org cannot be asked. */
  standIn(answer: (exchange: Exchange) => void): void;
  /** Is told of each exchange before it is changed. */
  watch(look: (exchange: Exchange) => void): void;
  close(): Promise<void>;
}

/** Belong to one connection, or to a body that is written anew. */
const OWN = /^(?:connection|keep-alive|transfer-encoding|content-length|content-encoding|host)$/;

/** @param target address of the org or shop */
export async function startProxy(
  side: Exchange['side'],
  target: () => string,
): Promise<DeviatingProxy> {
  let deviation: Deviation | null = null;
  let standIn: (exchange: Exchange) => void = () => undefined;
  let look: (exchange: Exchange) => void = () => undefined;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const sent = await buffer(request);
    const askedHeaders = plain(Object.entries(request.headers));
    const hasBody = method !== 'GET' && sent.length > 0;
    const answer = await fetch(`${target()}${url}`, {
      method,
      headers: { ...askedHeaders, 'accept-encoding': 'identity' },
      ...(hasBody ? { body: sent } : {}),
      redirect: 'manual',
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const exchange: Exchange = {
      ...{ side, method, path: decoded(url), askedHeaders },
      asked: hasBody ? jsonOf(sent.toString()) : null,
      status: answer.status,
      headers: plain([...answer.headers]),
      body: isJson ? jsonOf(bytes.toString()) : bytes.toString('latin1'),
    };
    const before = JSON.stringify(exchange.body);
    standIn(exchange);
    look(exchange);
    deviation?.change(exchange);
    const isSame = JSON.stringify(exchange.body) === before;
    response.writeHead(exchange.status, exchange.headers);
    response.end(isSame ? bytes : JSON.stringify(exchange.body));
  }

  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    pass(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deviate: (one) => {
      deviation = one;
    },
    standIn: (one) => {
      standIn = one;
    },
    watch: (one) => {
      look = one;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function plain(entries: readonly (readonly [string, unknown])[]): Record<string, string> {
  const own = entries.filter(([name]) => !OWN.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
