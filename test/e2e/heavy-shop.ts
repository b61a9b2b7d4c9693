import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const PASSED_ON = ['authorization', 'x-forwarded-proto', 'content-type'];
const PASSED_BACK = ['content-type', 'x-wp-total', 'x-wp-totalpages', 'date'];

export interface HeavyShop {
  readonly url: string;
  /** Bytes of the lists of orders that it answered with. */
  readonly pages: readonly number[];
  /** How many orders it said there are, list by list. */
  readonly totals: readonly number[];
  close(): void;
}

/** The store, with a large custom field on each order that it lists. */
export async function heavyShop(storeUrl: string, bytesPerOrder: number): Promise<HeavyShop> {
  const pages: number[] = [];
  const totals: number[] = [];
  const server = createServer((request, response) => {
    answerOf(storeUrl, request).then(
      ({ status, headers, text, isOrders }) => {
        const body = isOrders && status === 200 ? heavier(text, bytesPerOrder) : text;
        if (isOrders) {
          pages.push(body.length);
          totals.push(Number(headers['x-wp-total']));
        }
        response.writeHead(status, headers).end(body);
      },
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, pages, totals, close: () => server.close() };
}

async function answerOf(storeUrl: string, request: IncomingMessage) {
  const { method = 'GET', url = '/', headers } = request;
  const sent = PASSED_ON.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const body = method === 'GET' ? null : Buffer.concat(chunks);
  const answer = await fetch(`${storeUrl}${url}`, { method, headers: sent, body });
  const passed = PASSED_BACK.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(passed) as Record<string, string>,
    text: await answer.text(),
    isOrders: method === 'GET' && new URL(url, storeUrl).pathname.endsWith('/orders'),
  };
}

function heavier(text: string, bytes: number): string {
  const weight = 'w'.repeat(bytes);
  return JSON.stringify((JSON.parse(text) as object[]).map((order) => ({ ...order, weight })));
}
