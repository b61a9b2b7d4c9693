import { recording } from '../../core/recordings.ts';
import type { Recording } from '../../core/recordings.ts';
import { secureHeaders, startStore, testKey, testPassword } from '../client.ts';
import type { Client } from '../client.ts';
import type { ImageServer } from '../image-server.ts';
import { sampleImage } from '../sample-image.ts';
import { differences } from './differences.ts';
import type { Exchange } from './differences.ts';

const origin = 'https://127.0.0.1:8088';
/** Where the recorded store fetched images from. */
const imageHost = '127.0.0.1:9002';

/** Replays recorded calls in their order against one store, whose ids are others than the recorded ones. */
export class Replayer {
  readonly client: Client;
  readonly #ids = new Map<number, number>();
  /** where this store fetches the recorded images from */
  imageServer: ImageServer | undefined;

  private constructor(client: Client) {
    this.client = client;
  }

  static async start(options: Parameters<typeof startStore>[0] = {}): Promise<Replayer> {
    return new Replayer(
      await startStore({ orders: 0, products: 0, customStatuses: [], ...options }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.client.store.close(), this.imageServer?.close()]);
  }

  /** Takes a record of the recordings for one of the store's, though its id is another. */
  alias(recordedId: number, ownId: number): void {
    this.#ids.set(recordedId, ownId);
  }

  /** The store's id for a recorded one. */
  own(recordedId: number): number {
    return this.#ids.get(recordedId) ?? recordedId;
  }

  /** A write that was not recorded, below /wp-json/wc/v3/. @throws Error when it is refused. */
  async write<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.client.ask<T>(`/wp-json/wc/v3/${path}`, {
      method,
      headers: {
        ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} was refused: ${answer.text}`);
    }
    return answer.body;
  }

  /** Sends a recorded call. @returns where the answer differs from the recorded one. */
  async replay(path: string, headers?: Record<string, string>): Promise<string[]> {
    const recorded = recording(path);
    const answer = await this.send(recorded, headers);
    this.#learn(recorded.response.body, answer.body);
    return differences(recorded.response, answer);
  }

  /** Sends a recorded request with the store's own ids and reads the answer in the recording's words. */
  async send(
    { request, requestHeaders }: Recording,
    headers?: Record<string, string>,
  ): Promise<Exchange> {
    const path = request.path.replace(/\/(\d+)/g, (_all, id: string) => `/${this.own(Number(id))}`);
    const credentials = request.path.startsWith('/wp-json/wp/')
      ? secureHeaders(testPassword.user, testPassword.password)
      : secureHeaders(testKey.consumerKey, testKey.consumerSecret);
    const answer = await this.client.ask(request.query === '' ? path : `${path}?${request.query}`, {
      method: request.method,
      headers: {
        ...withoutCredentials(requestHeaders),
        ...(headers ?? credentials),
        ...contentType(request.body),
      },
      ...(request.body === undefined || request.body === null
        ? {}
        : { body: this.#bodyOf(request.body) }),
    });
    const asRecorded = (text: string): string =>
      text
        .replaceAll(this.client.url.replace('http:', 'https:'), origin)
        .replaceAll(this.client.url, origin.replace('https:', 'http:'))
        .replaceAll(this.imageServer?.host ?? imageHost, imageHost);
    return {
      status: answer.status,
      headers: Object.fromEntries(
        [...answer.headers].map(([name, value]) => [name, asRecorded(value)]),
      ),
      body: JSON.parse(asRecorded(JSON.stringify(answer.body))) as unknown,
    };
  }

  /** The bytes of uploads were not kept: another image of the same size and type stands for them. */
  #bodyOf(body: unknown): string | Buffer | FormData {
    if (body === '<multipart: alt_text, file>') {
      const form = new FormData();
      form.set('alt_text', 'Multipart alt');
      form.set('file', new File([new Uint8Array(sampleImage('a.png'))], 'mp.png'));
      return form;
    }
    const file = typeof body === 'string' ? /^<\d+ bytes of (.*)>$/.exec(body)?.[1] : undefined;
    return file === undefined
      ? bodyText(this.#translated(body)).replaceAll(imageHost, this.imageServer?.host ?? imageHost)
      : sampleImage(file);
  }

  #translated(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#translated(item));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, unknown]) => {
        const isId = key.endsWith('id') && typeof inner === 'number';
        return [key, isId ? this.own(inner) : this.#translated(inner)];
      }),
    );
  }

  /** Ids at the same place of both answers belong together. */
  #learn(recorded: unknown, answered: unknown): void {
    if (typeof recorded !== 'object' || typeof answered !== 'object') {
      return;
    }
    const inner = (value: object | null): [string, unknown][] => Object.entries(value ?? {});
    const answers = new Map(inner(answered));
    for (const [key, value] of inner(recorded)) {
      const other = answers.get(key);
      if (key === 'id' && typeof value === 'number' && typeof other === 'number') {
        this.#ids.set(value, other);
      } else if (!['tags', 'categories'].includes(key)) {
        this.#learn(value, other);
      }
    }
  }
}

function withoutCredentials(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}

/** Recorded bodies that are text were sent as they are; the broken one said that it was JSON. */
function contentType(body: unknown): Record<string, string> {
  const json = (typeof body === 'object' && body !== null) || body === '{"name": "x",';
  return json ? { 'content-type': 'application/json' } : {};
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
