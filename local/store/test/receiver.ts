import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { startListening, stopListening } from '../../shared/listener.ts';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
}

/** Something that webhooks are delivered to. */
export interface Receiver {
  url: string;
  host: string;
  got: Received[];
  /** what it answers from now on */
  status: number;
  close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      receiver.got.push({ path: request.url ?? '', headers: request.headers, raw });
      const location = receiver.status === 302 ? { location: `${receiver.url}/elsewhere` } : {};
      response.writeHead(receiver.status, location).end();
    });
  });
  const url = await startListening(server, 0, '127.0.0.1');
  const receiver: Receiver = {
    url,
    host: new URL(url).host,
    got: [],
    status: 200,
    close: () => stopListening(server),
  };
  return receiver;
}
