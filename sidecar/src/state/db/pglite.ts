import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Queries, SqlValue } from './types.ts';

export interface Statement {
  readonly id: number;
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export type Row = Readonly<Record<string, unknown>>;

export type Answer =
  | { readonly id: number; readonly rows: readonly Row[] }
  | { readonly id: number; readonly error: { readonly message: string } };

export interface Opening {
  readonly path: string;
}

export interface Opened {
  readonly failure: null | {
    readonly message: string;
    /** What PostgreSQL said, such as `FATAL: …`. */
    readonly reason: string | null;
    /** Of the file system of WASI. */
    readonly errno: number | null;
  };
}

/** PGlite does not start. */
export class EmbeddedFailure extends Error {
  readonly reason: string | null;
  readonly errno: number | null;

  constructor({ message, reason, errno }: NonNullable<Opened['failure']>) {
    super(message);
    this.name = 'EmbeddedFailure';
    this.reason = reason;
    this.errno = errno;
  }
}

/**
 * PGlite on a directory, in a thread of its own: it never lets go of its thread inside a statement, or between
 * those of a transaction, and webhooks would wait for that long.
 */
export class Embedded implements Queries {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly Row[]>>();
  #statements = 0;
  #failure: Error | null = null;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => {
      this.#answered(answer);
    });
    worker.on('error', (error: unknown) => {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    });
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#fail(new Error('The embedded database has ended.'));
        resolve();
      });
    });
    worker.unref();
  }

  /** @throws EmbeddedFailure where the directory cannot be opened */
  static async open(path: string): Promise<Embedded> {
    const workerData: Opening = { path };
    // Under `node --watch`, threads report what they import among their messages.
    const env = { ...process.env, WATCH_REPORT_DEPENDENCIES: '' };
    keepHeapsSmall();
    const worker = new Worker(new URL('pglite-worker.ts', import.meta.url), { workerData, env });
    const [{ failure }] = (await once(worker, 'message')) as [Opened];
    if (failure === null) return new Embedded(worker);
    await worker.terminate();
    throw new EmbeddedFailure(failure);
  }

  /** @throws Error with the properties of the database's own */
  query(sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = (this.#statements += 1);
    const answer = Promise.withResolvers<readonly Row[]>();
    // Only who waits for an answer keeps the process alive.
    if (this.#waiting.size === 0) this.#worker.ref();
    this.#waiting.set(id, answer);
    this.#worker.postMessage({ id, sql, values } satisfies Statement);
    return answer.promise;
  }

  /** To be called when every statement is answered. */
  async close(): Promise<void> {
    this.#worker.ref();
    this.#worker.postMessage('close');
    await this.#exited;
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('rows' in answer) waiting?.resolve(answer.rows);
    else waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}

/**
 * With PostgreSQL in the same process garbage has less room: heaps grow by half before V8 cleans up, and the thread of
 * the database, through which rows only pass, has a small nursery. That of the main thread stays as it was started.
 */
function keepHeapsSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--max-semi-space-size=1');
}
