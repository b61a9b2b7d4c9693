import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOrg } from '../../org.ts';
import { endCommands, startCommand } from '../../../test/command.ts';
import { message, OmOrg, poll } from './om-org.ts';
import { ack, nack, OmReceiver } from './om-receiver.ts';
import { statement } from './statement.ts';

let org: OmOrg;

/** A clock that moves only when it is told to. */
const now = (): Date => new Date('2026-03-01T10:00:00.000Z');

beforeEach(async () => {
  org = await OmOrg.start({ now });
});
afterEach(async () => {
  endCommands();
  await org.close();
});

const answering = (status: number, body: string) => (response: ServerResponse) => {
  response.writeHead(status, { location: '/elsewhere' }).end(body);
};
const failures = async (): Promise<unknown[]> =>
  (await org.shown()).waiting.map((one) => one['last_failure']);
const attempts = async (): Promise<unknown> => (await org.shown()).waiting[0]?.['attempts'];

async function fails(answer: (response: ServerResponse) => void, words: string): Promise<void> {
  org.receiver.answer = answer;
  org.queue(1);
  await poll(failures).toEqual([words]);
  expect(org.receiver.got).toHaveLength(1);
  expect(org.lines).toEqual([
    `Outbound message ${message} was not delivered: ${words}. It is tried again in 15 s; GET /local/outbound lists what waits.`,
  ]);
}

statement.group(
  'Delivered is what was answered with 2xx and `Ack` true; anything else, redirects and no answer within 60 seconds included, is a failure, of which `npm run org` prints the first in a row.',
  () => {
    it.each([
      ['Ack false', answering(200, nack), 'the endpoint answered 200 without <Ack>true</Ack>'],
      ['JSON', answering(200, '{}'), 'the endpoint answered 200 without <Ack>true</Ack>'],
      ['an empty answer', answering(204, ''), 'the endpoint answered 204 without <Ack>true</Ack>'],
      ['an error', answering(503, ack), 'the endpoint answered 503'],
      ['a redirect', answering(302, ack), 'the endpoint answered 302'],
      ['a flood', answering(200, 'x'.repeat(200_000)), 'the answer is too long'],
      ['a cut', (response: ServerResponse) => response.destroy(), 'ECONNRESET'],
    ])('%s', async (_, answer, words) => {
      await fails(answer, words);
    });

    it.each([
      ['no answer', () => undefined],
      ['half an answer', halfAnAnswer],
    ])('%s', async (_, answer) => {
      await org.close();
      org = await OmOrg.start({ now, outboundTimeoutMs: 2000 });
      await fails(answer, 'no answer within 2 s');
    });
  },
);

statement.group('A message that is not deployed, or whose user is not active, fails too.', () => {
  it.each([
    [{ integrationUser: 'nobody@example.com' }, 'the org has no active user nobody@example.com'],
    [{ endpointUrl: 'nowhere' }, 'ERR_INVALID_URL'],
  ])('a message with %j', async (more, words) => {
    org.deploy(org.receiver.url, more);
    org.queue(1);
    await poll(failures).toEqual([expect.stringContaining(words)]);
  });

  it('a message that is not deployed', async () => {
    org.http.org.data.outbound.queue('Product2.Unknown', '01tLo0000000001IAA');
    await poll(failures).toEqual(['no such outbound message is deployed']);
  });
});

function halfAnAnswer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.write(ack.slice(0, 50));
}

statement(
  'What failed is tried again after 15 seconds, then after twice as long each time, two hours at most, with the same notification id.',
  async () => {
    org.receiver.answer = answering(500, '');
    org.queue(1);
    await poll(attempts).toBe(1);
    await org.control('clock', { advance_seconds: 14 });
    await org.control('clock', { advance_seconds: 1 });
    await poll(attempts).toBe(2);
    await org.control('clock', { advance_seconds: 29 });
    expect(org.receiver.got).toHaveLength(2);
    org.receiver.answer = answering(200, ack);
    await org.control('clock', { advance_seconds: 1 });
    await poll(() => org.count('delivered')).toBe(1);
    expect(org.receiver.got).toHaveLength(3);
    expect(new Set(org.receiver.ids().flat()).size).toBe(1);
    expect(org.lines).toHaveLength(1);
  },
);

statement('What was not delivered a day after it was queued is dropped.', async () => {
  org.receiver.answer = answering(500, '');
  org.queue(1);
  for (let tries = 1; tries <= 9; tries++) await expectTry(tries, 7200);
  await expectTry(10, 86_400 - 9 * 7200 - 1);
  await expectTry(11, 1);
  await poll(() => org.count('dropped')).toBe(1);
  expect(org.receiver.got).toHaveLength(11);
  expect((await org.shown()).done).toMatchObject([
    { state: 'dropped', attempts: 11, last_failure: 'the endpoint answered 500' },
  ]);
});

/** Waits until so many tries were made, and moves the clock on. */
async function expectTry(tries: number, advance: number): Promise<void> {
  await poll(attempts).toBe(tries);
  await org.control('clock', { advance_seconds: advance });
}

it('says again that a message fails once it was delivered in between', async () => {
  for (const answer of [answering(500, ''), answering(200, ack), answering(500, '')]) {
    org.receiver.answer = answer;
    const before = org.receiver.got.length;
    org.queue(1);
    await poll(async () => (await org.shown()).envelopes.length).toBe(before + 1);
  }
  expect(org.lines).toHaveLength(2);
  expect(org.lines.join()).not.toContain('secret-token');
});

statement(
  'An org in a file keeps what waits, and sends it when it starts again; what was under way when it stopped goes again.',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-org-'));
    const receiver = await new OmReceiver().start();
    const file = join(folder, 'org.sqlite');
    receiver.answer = () => undefined;
    const first = createOrg({ file, now });
    await first.listen(0);
    const [component] = org.http.org.data
      .components()
      .filter((one) => one.type === 'WorkflowOutboundMessage');
    if (!component) throw new Error('no message');
    const body = { ...(component.body as object), endpointUrl: receiver.url };
    first.data.putComponents([{ ...component, body }]);
    first.data.outbound.advance(60_000);
    first.data.outbound.queue(message, '01tLo0000000001IAA');
    await poll(() => receiver.got).toHaveLength(1);
    first.data.outbound.queue(message, '01tLo0000000001IAA');
    await first.close();
    receiver.answer = answering(200, ack);
    const second = createOrg({ file, now });
    expect(second.data.outbound.now()).toBe(now().getTime() + 60_000);
    const sent = receiver.got.length;
    await second.listen(0);
    await poll(() => receiver.got).toHaveLength(sent + 1);
    await second.close();
    expect(receiver.ids().at(-1)).toHaveLength(2);
    expect(receiver.ids().at(-1)).toContain(receiver.ids()[0]?.[0]);
    await receiver.close();
    await rm(folder, { recursive: true });
  },
);

statement(
  '`POST /local/outbound/clock` with `advance_seconds` moves the clock of the queue, on which retries become due, and no other clock of the org.',
  async () => {
    await org.control('clock', { advance_seconds: 3600 });
    await org.control('clock', { advance_seconds: 60 });
    expect((await org.shown()).now).toBe(now().getTime() + 3_660_000);
    expect(org.http.org.data.time()).toEqual(now());
  },
);

it('npm run org prints what was not delivered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-org-'));
  const file = join(folder, 'org.sqlite');
  const kept = createOrg({ file });
  kept.data.outbound.queue('Product2.Unknown', '01tLo0000000001IAA');
  await kept.close();
  const script = join(import.meta.dirname, '..', '..', 'main.ts');
  const { child, ended, output } = startCommand(script, ['--port', '0', '--file', file]);
  await expect
    .poll(output)
    .toContain('Outbound message Product2.Unknown was not delivered: no such outbound message');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  await rm(folder, { recursive: true });
});
