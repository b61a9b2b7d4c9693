import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Side, Step } from './recording.ts';

export interface Proxy {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Passes every request on to `target` unchanged, and adds it to `steps` in the order of arrival: several
 * proxies that share one list record what went to several servers.
 * @param port 0 takes a free one
 */
export async function startProxy(
  side: Side,
  target: string,
  steps: Step[],
  port = 0,
): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    pass(side, target, steps, incoming, outgoing).catch((error: unknown) => {
      process.stderr.write(`recording proxy: ${String(error)}\n`);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function pass(
  side: Side,
  target: string,
  steps: Step[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = incoming;
  const step: Step = { side, method, path, body: Buffer.alloc(0), answer: Buffer.alloc(0) };
  steps.push(step);
  step.body = await wholeOf(incoming);
  const answered = await new Promise<IncomingMessage>((resolve, reject) => {
    // The host that the client asked stays: the org answers a sign-in with it, the store checks its signature.
    const forward = request(new URL(path, target), { method, headers }, resolve);
    forward.once('error', reject).end(step.body);
  });
  step.answer = await wholeOf(answered);
  outgoing.writeHead(answered.statusCode ?? 502, answered.headers).end(step.answer);
}

async function wholeOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
