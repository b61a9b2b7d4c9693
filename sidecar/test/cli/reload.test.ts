import { Writable } from 'node:stream';
import { expect, it } from 'vitest';

import { reloadService } from '../../src/cli/reload.ts';
import { parseEnvelope } from '../../src/salesforce/outbound/envelope.ts';

/** An org whose service takes a command after so many looks, and a clock that passes by sleeping. */
function world(looks: number, state = 'done', isReached: boolean | null = true) {
  let [time, asked] = [0, 0];
  const created: unknown[] = [];
  const org = {
    create: (object: string, fields: object) => {
      created.push([object, fields]);
      return Promise.resolve('a00000000000001AAA');
    },
    organizationId: '00D000000000001AAA',
    query: () => {
      asked += 1;
      const row = { State__c: 'running', Result__c: null };
      const over = { State__c: state, Result__c: 'The sync goes by configuration a1b2c3d4.' };
      return Promise.resolve([asked > looks ? over : row]);
    },
  };
  const clock = {
    now: () => new Date(time),
    sleep: (milliseconds: number) => {
      time += milliseconds;
      return Promise.resolve();
    },
  };
  const [printed, waits] = [keeper(), keeper()];
  const told: string[] = [];
  const tell = (message: string) => {
    told.push(message);
    return isReached === true ? Promise.resolve() : Promise.reject(new Error('fetch failed'));
  };
  const streams = { out: printed.stream, err: waits.stream };
  const run = () => reloadService(org, clock, streams, isReached === null ? null : tell);
  return { created, printed: printed.texts, waits: waits.texts, told, run, asked: () => asked };
}

function keeper() {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      texts.push(chunk.toString());
      done();
    },
  });
  return { texts, stream };
}

it('gives the command, waits for its end and prints its result', async () => {
  const { created, printed, run } = world(2);
  expect(await run()).toBe(true);
  expect(created).toEqual([['Woo_Command__c', { Type__c: 'reload', State__c: 'waiting' }]]);
  expect(printed).toEqual(['The sync goes by configuration a1b2c3d4.\n']);
});

it('tells the service of the command as the org would, for the org may not', async () => {
  const { told, run } = world(0);
  expect(await run()).toBe(true);
  expect(told.map((message) => parseEnvelope(Buffer.from(message)))).toMatchObject([
    {
      organizationId: '00D000000000001AAA',
      notifications: [{ object: 'woo_command__c', recordId: 'a00000000000001AAA', hasData: true }],
    },
  ]);
});

it.each([
  [true, /^The service is told, and reads the configuration\./],
  [false, /^The service cannot be told at its PUBLIC_URL from here/],
  [
    null,
    /^PUBLIC_URL is not set, so the service is not told: it asks for commands once a minute\./,
  ],
])('says before it waits for what, and how long at most; told: %o', async (isReached, says) => {
  const { waits, printed, told, run } = world(2, 'done', isReached);
  expect(await run()).toBe(true);
  expect(waits).toEqual([expect.stringMatching(says)]);
  expect(waits[0]).toMatch(/ Waiting 90 seconds at most\.\n$/);
  expect(printed).toHaveLength(1);
  expect(told).toHaveLength(isReached === null ? 0 : 1);
});

it('waits for the service to find the command where it cannot be told', async () => {
  const { printed, run } = world(2, 'done', false);
  expect(await run()).toBe(true);
  expect(printed).toEqual(['The sync goes by configuration a1b2c3d4.\n']);
});

it('has not succeeded where the command failed', async () => {
  expect(await world(0, 'failed').run()).toBe(false);
});

it('gives up where no service answers, with few API calls', async () => {
  const { printed, run, asked } = world(Infinity);
  expect(await run()).toBe(false);
  expect(printed.join('')).toMatch(/has not answered.*when it starts/);
  expect(asked()).toBeLessThanOrEqual(30);
});
