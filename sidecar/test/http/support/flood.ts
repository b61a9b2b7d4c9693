import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { expect } from 'vitest';
import type { Seen } from './flooded-server.ts';

/** A request that the server refuses or ignores. */
export interface BadRequest {
  readonly path: string;
  /** The status of its answer. */
  readonly status: number;
  /** A `content-length` here promises more than the body: only the headers are sent. */
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/** A server in a process of its own, so that its memory can be seen, and who sends it far too much. */
export class Flood {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 200 });

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async open(): Promise<Flood> {
    const child = fork(new URL('flooded-server.ts', import.meta.url), {
      execArgv: ['--expose-gc'],
    });
    return new Flood(child, (await messageOf(child)) as string);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }

  /** The server's memory, and what it has stored. */
  async look(): Promise<Seen> {
    const seen = messageOf(this.#child) as Promise<Seen>;
    this.#child.send('look');
    return await seen;
  }

  /** @returns the status of the answer */
  send({ path, headers, body }: Omit<BadRequest, 'status'>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers, agent: this.#agent };
      const call = request(this.url + path, options);
      call.on('error', reject).on('response', (response) => {
        // Also where it ends before its end.
        response.resume().on('close', () => {
          resolve(response.statusCode);
          // One that promised more than it sends.
          if (!call.writableEnded) call.destroy();
        });
      });
      if (headers['content-length'] === undefined) call.end(body);
      else call.flushHeaders();
    });
  }

  /** Sends each of them `times` times, all at once; each is answered with its status. */
  async sendAll(kinds: readonly BadRequest[], times: number): Promise<void> {
    const all = Array.from({ length: times }, () => kinds).flat();
    const statuses = await Promise.all(all.map((bad) => this.send(bad)));
    expect(statuses).toEqual(all.map(({ status }) => status));
  }

  /** 11,000 of the kinds: none is stored, and the last 10,000 take no memory. */
  async expectUnharmed(kinds: readonly BadRequest[]): Promise<void> {
    await this.sendAll(kinds, 1000 / kinds.length);
    const before = await this.look();
    await this.sendAll(kinds, 10_000 / kinds.length);
    const after = await this.look();
    expect(after.stored).toBe(0);
    expect(after.rss - before.rss).toBeLessThan(48 * 1024 * 1024);
  }

  /**
   * Opens `count` requests at once that stop before their end.
   * @returns the statuses of those that were answered all the same, as they come; and what ends all of them
   */
  stall(count: number, { path, headers }: Omit<BadRequest, 'status' | 'body'>, piece: Buffer) {
    const statuses: (number | undefined)[] = [];
    const calls = Array.from({ length: count }, () =>
      request(this.url + path, { method: 'POST', headers, agent: false }),
    );
    for (const call of calls) {
      call
        .on('error', () => undefined)
        .on('response', (response) => {
          statuses.push(response.resume().statusCode);
        });
      call.write(piece);
    }
    const end = () => {
      for (const call of calls) call.destroy();
    };
    return { statuses, end };
  }
}

/** The next message of a process. @throws where it ends before that */
async function messageOf(child: ChildProcess): Promise<unknown> {
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`The flooded server has ended: ${String(code)}.`);
  });
  const [message] = (await Promise.race([once(child, 'message'), exit])) as [unknown];
  return message;
}

/** How often each outcome was counted after `expectUnharmed`. */
export function countedOf(outcomes: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  const each = 11_000 / outcomes.length;
  for (const outcome of outcomes) counted[outcome] = (counted[outcome] ?? 0) + each;
  return counted;
}
