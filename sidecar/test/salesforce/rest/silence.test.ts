import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { Transient } from '../../../src/lib/retry.ts';
import { Connection } from '../../../src/salesforce/rest/connection.ts';
import { Silence } from '../../../src/salesforce/rest/silence.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { json, serve } from '../../support/scripted-server.ts';
import type { Answer } from '../../support/scripted-server.ts';
import { orgThat, tokenPath } from '../support/fake-org.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Timers of this process alone: sockets go on. */
const virtually = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
};

/** Requests that wait for their answer, and when as many as expected have arrived. */
class Held {
  readonly #arrived = Promise.withResolvers<undefined>();
  readonly #waiting: ServerResponse[] = [];
  readonly #expected: number;

  constructor(expected: number) {
    this.#expected = expected;
  }

  get arrived(): Promise<undefined> {
    return this.#arrived.promise;
  }

  readonly add: Answer = (_request, response) => {
    this.#waiting.push(response);
    if (this.#waiting.length === this.#expected) this.#arrived.resolve(undefined);
  };

  answer(body: object): void {
    for (const response of this.#waiting.splice(0)) json(response, 200, body);
  }
}

describe('an org that takes requests and does not answer', () => {
  it('fault 47: is noticed within a minute with the deadlines as shipped, once, until it answers', async () => {
    const held = new Held(2);
    const server = await orgThat(held.add);
    const noticed: CodedError[] = [];
    const connection = new Connection(server.signIn, { onSilence: (error) => noticed.push(error) });
    virtually();
    const since = Date.now();
    const limits = { method: 'GET', path: '/limits' } as const;
    const calls = [connection.request(limits), connection.request(limits)];
    await held.arrived;
    vi.advanceTimersByTime(44_000);
    expect(noticed).toHaveLength(0);
    expect(connection.unanswered).toBeNull();
    vi.advanceTimersByTime(16_000);
    expect(noticed.map(({ code }) => code)).toEqual(['SF_UNREACHABLE']);
    expect(connection.unanswered?.since.getTime()).toBe(since);
    held.answer({ fine: true });
    expect(await Promise.all(calls)).toEqual([{ fine: true }, { fine: true }]);
    expect(connection.unanswered).toBeNull();
    vi.useRealTimers();
    await server.close();
  });

  it('fault 47: is noticed while it does not even let us sign in, before the attempt is given up', async () => {
    const deadlines = vi.spyOn(AbortSignal, 'timeout');
    const held = new Held(1);
    const server = await serve((request, response) => {
      if (request.path === tokenPath) held.add(request, response);
      else json(response, 200, { fine: true });
    });
    const noticed: CodedError[] = [];
    const secret = { clientId: 'client-id', clientSecret: new Secret('client-s3cret') };
    const connection = new Connection(
      { kind: 'client_credentials', loginUrl: server.url, ...secret },
      { onSilence: (error) => noticed.push(error) },
    );
    virtually();
    const call = connection.request({ method: 'GET', path: '/limits' });
    await held.arrived;
    expect(deadlines).toHaveBeenCalledExactlyOnceWith(30_000);
    vi.advanceTimersByTime(20_000);
    expect(noticed).toHaveLength(1);
    held.answer({ access_token: 'token', instance_url: server.url });
    expect(await call).toEqual({ fine: true });
    expect(connection.unanswered).toBeNull();
    vi.useRealTimers();
    await server.close();
  });
});

describe('what counts as an answer', () => {
  const unreachable = new CodedError('SF_UNREACHABLE', 'no answer', 'wait');
  const refused = new CodedError('SF_SIGN_IN_REFUSED', 'no', 'check');

  it.each([
    ['a request that ran out of time does not', new Transient(unreachable), false],
    ['a refusal does', refused, true],
  ])('%s', async (_name, error, isAnswer) => {
    virtually();
    const silence = new Silence();
    const made = Promise.withResolvers<never>();
    const watched = silence.watch('org.example', made.promise).catch(() => undefined);
    vi.advanceTimersByTime(60_000);
    expect(silence.unanswered?.reason.code).toBe('SF_UNREACHABLE');
    made.reject(error);
    await watched;
    expect(silence.unanswered === null).toBe(isAnswer);
  });
});
