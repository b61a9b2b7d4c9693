import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What the shop sent to a webhook's address. */
export interface Delivery {
  /** By names in small letters. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Where a receiver listens, and how the shop reaches it. */
export interface ReceiverAddress {
  readonly url: string;
  readonly port: number;
}

/** Takes webhooks of the shop, and says yes to all. */
export class Receiver {
  readonly url: string;
  readonly #server: Server;
  readonly #taken: Delivery[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(url: string) {
    this.url = url;
    this.#server = createServer((request, response) => {
      void buffer(request).then((body) => {
        this.#taken.push({ headers: request.headers, body });
        response.end();
        for (const look of this.#waiting) look();
      });
    });
  }

  /** @throws Error where the port is taken */
  static async open({ url, port }: ReceiverAddress): Promise<Receiver> {
    const receiver = new Receiver(url.replace(/\/+$/, ''));
    receiver.#server.listen(port);
    await once(receiver.#server, 'listening');
    return receiver;
  }

  /** The first delivery that is meant, whether it came already or not. Rejects when the signal aborts. */
  next(meant: (delivery: Delivery) => boolean, signal: AbortSignal): Promise<Delivery> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.#taken.find(meant);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      signal.addEventListener('abort', () => {
        this.#waiting.delete(look);
        reject(new Error('No delivery came.'));
      });
      this.#waiting.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
