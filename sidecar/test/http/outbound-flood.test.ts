import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  entityBomb,
  envelope,
  externalEntity,
  notification,
  one,
  product,
} from '../salesforce/support/envelopes.ts';
import type { Seen } from './support/flooded-server.ts';
import { countsOf, secrets } from './support/server.ts';

let child: ChildProcess;
let url: string;
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const token = secrets.outboundToken().current.reveal();

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
  readonly outcome: string;
  readonly status: number;
  readonly body: string;
  readonly token: string;
  /** What the headers promise, where that is not what is sent. */
  readonly promised?: number;
}

const bad = (outcome: string, status: number, body: string): Bad => ({
  outcome,
  status,
  body,
  token,
});
const good = envelope(product(one));
const kinds: readonly Bad[] = [
  { ...bad('unknown_token', 404, good), token: '0'.repeat(64) },
  { ...bad('too_large', 413, ''), promised: 20 * 1024 * 1024 },
  bad('doctype', 400, entityBomb),
  bad('doctype', 400, externalEntity),
  bad('malformed', 400, good.slice(0, -1)),
  bad('malformed', 400, good.replace('&amp;', '&l9;'.repeat(1000))),
  bad('too_much', 400, envelope(...Array.from({ length: 101 }, () => notification('')))),
  bad('too_much', 400, '<a>'.repeat(1000)),
  bad('foreign_org', 403, good.replace('00Dxx0000000001EAA', '00Dxx0000000002EAA')),
  bad('ignored', 200, envelope(notification('<sf:Name>Tea</sf:Name>'))),
];

/** @returns the status of the answer */
function send({ body, token: last, promised }: Bad): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      'content-length': promised ?? Buffer.byteLength(body),
    };
    const where = `${url}/salesforce/outbound/${last}`;
    const call = request(where, { method: 'POST', headers, agent });
    call.on('error', reject).on('response', (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode);
        // One that promised more than it sends.
        if (!call.writableEnded) call.destroy();
      });
    });
    if (promised === undefined) call.end(body);
    else call.flushHeaders();
  });
}

async function flood(each: number): Promise<void> {
  const all = Array.from({ length: each }, () => kinds).flat();
  const statuses = await Promise.all(all.map(send));
  expect(statuses).toEqual(all.map(({ status }) => status));
}

it('10,000 bad messages at once are refused or ignored, counted, and take no memory', async () => {
  await flood(100);
  const before = await look();
  await flood(1000);
  const after = await look();
  expect(after.stored).toBe(0);
  expect(after.rss - before.rss).toBeLessThan(48 * 1024 * 1024);

  const expected: Record<string, number> = {};
  for (const { outcome } of kinds) expected[outcome] = (expected[outcome] ?? 0) + 1100;
  const server = { url, close: () => Promise.resolve() };
  expect(await countsOf(server, 'outbound_messages')).toEqual(expected);
});

it('messages of almost 5 MB that hold nothing but tags take no memory to speak of', async () => {
  const tags = '<sf:A/>'.repeat(700_000);
  const heavy = bad('too_much', 400, envelope(notification(tags)));
  const sendMany = async () => {
    for (let sent = 0; sent < 40; sent += 1) expect(await send(heavy)).toBe(400);
  };
  // What garbage takes until it is collected is there after the first ones.
  await sendMany();
  const before = await look();
  await sendMany();
  // Their bodies alone are 196 MB, and their trees would be many times that.
  expect((await look()).rss - before.rss).toBeLessThan(160 * 1024 * 1024);
});

it('bodies that stop before their end are held up to a limit, and then messages go on', async () => {
  const piece = Buffer.alloc(4 * 1024 * 1024, ' ');
  const calls = Array.from({ length: 20 }, () =>
    request(`${url}/salesforce/outbound/${token}`, {
      ...{ method: 'POST', agent: false },
      headers: { 'content-type': 'text/xml', 'content-length': 5_000_000 },
    }),
  );
  const statuses: (number | undefined)[] = [];
  for (const call of calls) {
    call
      .on('error', () => undefined)
      .on('response', (response) => {
        statuses.push(response.resume().statusCode);
      });
    call.write(piece);
  }
  // Seven of them fit into 32 MB, with what their pieces take beside their bytes.
  await expect.poll(() => statuses.length).toBe(13);
  expect(new Set(statuses)).toEqual(new Set([503]));
  for (const call of calls) call.destroy();
  await expect.poll(() => send(bad('', 200, good))).toBe(200);
});
