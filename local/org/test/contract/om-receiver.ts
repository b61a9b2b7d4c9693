import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { startListening, stopListening } from '../../../shared/listener.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const acknowledged = (ack: boolean): string =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>${String(ack)}</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>`;

export const ack = acknowledged(true);
export const nack = acknowledged(false);

/** An endpoint of outbound messages, which keeps what it got. */
export class OmReceiver {
  readonly got: Received[] = [];
  /** What it answers from now on. */
  answer: (response: ServerResponse) => void = (response) => {
    response.setHeader('content-type', 'text/xml; charset=utf-8').end(ack);
  };
  /** Sockets that were opened. */
  sockets = 0;
  url = '';
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.got.push({ headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
      this.answer(response);
    });
  });

  async start(): Promise<this> {
    this.server.on('connection', () => (this.sockets += 1));
    this.url = await startListening(this.server, 0, '127.0.0.1');
    return this;
  }

  /** Ids of the notifications, envelope by envelope. */
  ids(): readonly (readonly string[])[] {
    return this.got.map(({ text }) =>
      [...text.matchAll(/<Id>(04l\w+)<\/Id>/g)].map(([, id = '']) => id),
    );
  }

  close(): Promise<void> {
    return stopListening(this.server);
  }
}
