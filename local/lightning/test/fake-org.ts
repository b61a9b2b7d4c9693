import { vi } from 'vitest';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Answers; a request stays open until then. */
  readonly answer: (body: unknown, status?: number) => void;
  /** Ends it without an answer, as a network that is away does. */
  readonly fail: () => void;
}

/** Stands in for `fetch`: keeps what is asked, and answers when the test says so. */
export function fakeFetch(): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal(
    'fetch',
    (path: string, { method, headers, body }: { method: string; headers: object; body?: string }) =>
      new Promise((resolve, reject) => {
        asked.push({
          method,
          path: path.replace('/services/data/v66.0', ''),
          headers: { ...headers },
          body: body === undefined ? undefined : JSON.parse(body),
          answer: (answer, status = 200) => {
            resolve(new Response(JSON.stringify(answer), { status }));
          },
          fail: () => {
            reject(new TypeError('Failed to fetch'));
          },
        });
      }),
  );
  return asked;
}

export interface Wired {
  readonly data?: { readonly fields: Readonly<Record<string, { readonly value: unknown }>> };
  readonly error?: { readonly status: number; readonly body: { readonly message: string } };
  readonly errors?: readonly { readonly message: string }[];
  readonly refresh?: () => Promise<void>;
}

interface Adapter {
  connect(): void;
  disconnect(): void;
  update(config: object): void;
}

export type AdapterClass = new (emit: (value: Wired) => void) => Adapter;

/** A wire as the engine holds it: the values that a component was given, and its adapter. */
export function wireOf(
  adapterClass: AdapterClass,
  config: object,
): { readonly given: Wired[]; readonly adapter: Adapter; readonly last: () => Wired } {
  const given: Wired[] = [];
  const adapter = new adapterClass((value) => {
    given.push(value);
  });
  adapter.connect();
  adapter.update(config);
  return { given, adapter, last: () => given.at(-1) ?? {} };
}
