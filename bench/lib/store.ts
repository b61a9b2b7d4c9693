import type { Processes, Server } from './processes.ts';

export interface StoreOptions {
  readonly orders: number;
  readonly port: number;
  /** The address that clients use, where it is not the store's own. */
  readonly siteUrl?: string;
}

/** A local store of plain orders in a process of its own. */
export class StoreProcess {
  readonly orders: number;
  /** Where its process listens, whatever address it says it has. */
  readonly listensAt: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly #server: Server;

  private constructor(server: Server, { orders, port }: StoreOptions) {
    const [, consumerKey, consumerSecret] =
      /\s+consumer key\s+(\S+)\s+consumer secret\s+(\S+)/.exec(server.welcome) ?? [];
    if (consumerKey === undefined || consumerSecret === undefined) {
      throw new Error(`The local store did not say its key:\n${server.welcome}`);
    }
    this.#server = server;
    this.orders = orders;
    this.listensAt = `http://127.0.0.1:${port}`;
    this.consumerKey = consumerKey;
    this.consumerSecret = consumerSecret;
  }

  static async start(processes: Processes, options: StoreOptions): Promise<StoreProcess> {
    const { orders, port, siteUrl } = options;
    const args = [
      'local/store/main.ts',
      // The org's callouts come as through the proxy of a shop on https.
      '--tls-proxy',
      ...['--profile', 'bench', '--orders', `${orders}`, '--port', `${port}`],
      ...(siteUrl === undefined ? [] : ['--site-url', siteUrl]),
    ];
    return new StoreProcess(await processes.serve(args, /Ctrl-C stops it/), options);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
