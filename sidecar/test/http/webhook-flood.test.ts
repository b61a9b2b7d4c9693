import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Seen } from './support/flooded-server.ts';
import { counts, headersOf, sign } from './support/server.ts';

let child: ChildProcess;
let url: string;
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

beforeAll(async () => {
  child = fork(new URL('support/flooded-server.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
  });
  [url] = (await once(child, 'message')) as [string];
});
afterAll(async () => {
  agent.destroy();
  child.disconnect();
  await once(child, 'exit');
});

async function look(): Promise<Seen> {
  const seen = once(child, 'message') as Promise<[Seen]>;
  child.send('look');
  return (await seen)[0];
}

interface Bad {
  readonly counted: string;
  readonly status: number;
  readonly store: string;
  readonly headers: Record<string, string | number>;
  readonly body: string;
}

const order = JSON.stringify({ id: 7, note: 'x'.repeat(8000) });
const forged = sign('something else');
const json = '{"id":7}';

const kinds: readonly Bad[] = [
  bad('main order bad_signature', 401, headersOf('order.updated', order, forged), order),
  bad('main order bad_signature', 401, headersOf('order.updated', order, 'short'), order),
  bad('main order bad_signature', 401, headersOf('order.updated', order), order.slice(0, -1)),
  bad('main other bad_signature', 401, {}, json),
  bad('main order bad_signature', 401, headersOf('order.updated', json), ''),
  bad('main order no_record', 200, headersOf('order.updated', '<html>'), '<html>'),
  bad('main other unknown_topic', 200, headersOf('order.exploded', json), json),
  bad('unknown order unknown_store', 404, headersOf('order.updated', json), json, 'nowhere'),
  bad('main order bad_signature', 401, headersOf('order.updated', json), json + ' '.repeat(99_999)),
  {
    ...bad('main order too_large', 413, headersOf('order.updated', json), ''),
    headers: { ...headersOf('order.updated', json), 'content-length': 9_000_000 },
  },
];

function bad(
  counted: string,
  status: number,
  headers: Record<string, string>,
  body: string,
  store = 'main',
): Bad {
  return { counted, status, store, headers, body };
}

/** @returns the status of the answer */
function send({ headers, body, store }: Bad): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}/woo/webhooks/${store}`, { method: 'POST', headers, agent });
    call.on('error', reject).on('response', (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode);
        // One that promised more than it sends.
        if (!call.writableEnded) call.destroy();
      });
    });
    if (headers['content-length'] === undefined) call.end(body);
    else call.flushHeaders();
  });
}

async function flood(each: number): Promise<void> {
  const all = Array.from({ length: each }, () => kinds).flat();
  const statuses = await Promise.all(all.map(send));
  expect(statuses).toEqual(all.map(({ status }) => status));
}

it('10,000 bad webhooks at once are refused or ignored, counted, and take no memory', async () => {
  await flood(100);
  const before = await look();
  await flood(1000);
  const after = await look();
  expect(after.stored).toBe(0);
  expect(after.rss - before.rss).toBeLessThan(48 * 1024 * 1024);

  const expected: Record<string, number> = {};
  for (const { counted } of kinds) expected[counted] = (expected[counted] ?? 0) + 1100;
  expect(await counts({ url, close: () => Promise.resolve() })).toEqual(expected);
});

it('bodies that stop before their end are held up to a limit, and then webhooks go on', async () => {
  const piece = Buffer.alloc(7 * 1024 * 1024, ' ');
  const headers = headersOf('order.updated', json, forged);
  const before = await look();
  const calls = Array.from({ length: 30 }, () => {
    const options = { method: 'POST', headers: { ...headers, 'content-length': 8_000_000 } };
    return request(`${url}/woo/webhooks/main`, { ...options, agent: false });
  });
  const statuses: (number | undefined)[] = [];
  for (const call of calls) {
    call
      .on('error', () => undefined)
      .on('response', (response) => {
        statuses.push(response.resume().statusCode);
      });
    call.write(piece);
  }
  // Nine of them fit into 64 MB.
  await expect.poll(() => statuses.length).toBe(21);
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect((await look()).rss - before.rss).toBeLessThan(160 * 1024 * 1024);
  for (const call of calls) call.destroy();
  const good: Bad = { ...bad('', 200, headersOf('order.updated', json), json) };
  await expect.poll(() => send(good)).toBe(200);
});
