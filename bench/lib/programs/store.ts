import type { Processes, Server } from './processes.ts';
import { textOf } from './sign-in.ts';
import { signedUrl } from './signed-url.ts';

export interface StoreOptions {
  readonly orders: number;
  readonly port: number;
  /** The address that clients use, where it is not the store's own. */
  readonly siteUrl?: string;
}

/** How long the store keeps a webhook before it sends it. */
export const WEBHOOK_DELAY_MS = 100;

/** A record as the store's REST API shows it, and as its webhooks carry it. */
export interface Listed extends Readonly<Record<string, unknown>> {
  readonly id: number;
}

/** A local store of plain orders in a process of its own. */
export class StoreProcess {
  readonly orders: number;
  /** Where its process listens, whatever address it says it has. */
  readonly listensAt: string;
  /** The address that it says it has, with which requests are signed. */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Of WordPress, for its own content. */
  readonly applicationUser: string;
  readonly applicationPassword: string;
  readonly #server: Server;

  private constructor(server: Server, { orders, port, siteUrl }: StoreOptions) {
    const [, consumerKey, consumerSecret] =
      /\s+consumer key\s+(\S+)\s+consumer secret\s+(\S+)/.exec(server.welcome) ?? [];
    if (consumerKey === undefined || consumerSecret === undefined) {
      throw new Error(`The local store did not say its key:\n${server.welcome}`);
    }
    const [, user, password] =
      /application user {2,}(\S+)\s+application password {2}(.+?) {3}/.exec(server.welcome) ?? [];
    if (user === undefined || password === undefined) {
      throw new Error(`The local store did not say its application password:\n${server.welcome}`);
    }
    this.applicationUser = user;
    this.applicationPassword = password;
    this.#server = server;
    this.orders = orders;
    this.listensAt = `http://127.0.0.1:${port}`;
    this.url = siteUrl ?? this.listensAt;
    this.consumerKey = consumerKey;
    this.consumerSecret = consumerSecret;
  }

  static async start(processes: Processes, options: StoreOptions): Promise<StoreProcess> {
    const { orders, port, siteUrl } = options;
    const args = [
      'local/store/main.ts',
      // The org's callouts come as through the proxy of a shop on https.
      '--tls-proxy',
      '--allow-host',
      '127.0.0.1',
      '--webhook-delay',
      `${WEBHOOK_DELAY_MS}`,
      '--profile',
      'bench',
      '--orders',
      `${orders}`,
      '--port',
      `${port}`,
      ...(siteUrl === undefined ? [] : ['--site-url', siteUrl]),
    ];
    return new StoreProcess(await processes.serve(args, /Ctrl-C stops it/), options);
  }

  /** The first of a list by id, up to so many. @param query more of what the list is asked for */
  async list(path: string, most: number, query = ''): Promise<readonly Listed[]> {
    const records: Listed[] = [];
    for (let page = 1; records.length < most; page++) {
      const place = `${path}?orderby=id&order=asc&per_page=100&page=${page}${query}`;
      const some = (await this.request('GET', place)) as Listed[];
      if (some.length === 0) break;
      records.push(...some);
    }
    return records.slice(0, most);
  }

  /** A request to its REST API. @param path behind the version, with its query */
  async request(method: string, path: string, body?: object): Promise<unknown> {
    const url = `${this.url}/wp-json/wc/v3/${path}`;
    const response = await fetch(signedUrl(method, url, this.consumerKey, this.consumerSecret), {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return JSON.parse(await textOf(response)) as unknown;
  }

  /** What is not WooCommerce: the back door for tests. @param path behind `/local/` */
  async control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.listensAt}/local/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return JSON.parse(await textOf(response)) as unknown;
  }

  /** Changes orders without a word: no webhook, and no other date. */
  async changeQuietly(ids: readonly number[], fields: object): Promise<void> {
    await this.control('PATCH', 'orders?touch=false', { ids, ...fields });
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
