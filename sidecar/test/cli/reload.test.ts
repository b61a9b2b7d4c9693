import { Writable } from 'node:stream';
import { expect, it } from 'vitest';

import { reloadService } from '../../src/cli/reload.ts';
import { parseEnvelope } from '../../src/salesforce/outbound/envelope.ts';

/** An org whose service takes a command after so many looks, and a clock that passes by sleeping. */
function world(
  looks: number,
  state = 'done',
  isReached: boolean | null = true,
  statuses: readonly Readonly<Record<string, unknown>>[] = [],
) {
  let [time, asked] = [0, 0];
  const created: unknown[] = [];
  const org = {
    create: (object: string, fields: object) => {
      created.push([object, fields]);
      return Promise.resolve('a00000000000001AAA');
    },
    organizationId: '00D000000000001AAA',
    query: (soql: string) => {
      asked += 1;
      if (soql.includes('Woo_Store_Status__c')) return Promise.resolve(statuses);
      const row = { State__c: 'running', Result__c: null };
      const over = {
        State__c: state,
        Result__c: 'In effect: 1 mapping of main (configuration a1b2c3d4).',
      };
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
  expect(printed).toEqual(['In effect: 1 mapping of main (configuration a1b2c3d4).\n']);
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
  expect(printed).toEqual(['In effect: 1 mapping of main (configuration a1b2c3d4).\n']);
});

it.each(['failed', 'cancelled'])('has not succeeded where the command was %s', async (state) => {
  const { printed, run, asked } = world(0, state);
  expect(await run()).toBe(false);
  expect(printed).toEqual(['In effect: 1 mapping of main (configuration a1b2c3d4).\n']);
  expect(asked()).toBe(1);
});

it('gives up where no service answers, with few API calls', async () => {
  const { printed, run, asked } = world(Infinity);
  expect(await run()).toBe(false);
  expect(printed.join('')).toMatch(/has not answered.*when it starts/);
  expect(asked()).toBeLessThanOrEqual(36);
});

const status = (limit: number | null, used: number, more = {}) => ({
  State__c: 'paused',
  API_Budget__c: limit,
  API_Budget_Used__c: used,
  Last_Seen__c: '1970-01-01T00:00:00.000+0000',
  ...more,
});

it.each([
  ['one store', [status(400, 360)]],
  ['a budget of ten', [status(10, 9)]],
  ['all of two stores', [status(400, 399), status(100, 95)]],
  ['a store beside one that was deactivated', [status(400, 360), status(null, 0)]],
])('says at once that the calls of the day are used, and until when: %s', async (_, statuses) => {
  const { printed, run, asked } = world(Infinity, 'done', true, statuses);
  expect(await run()).toBe(false);
  expect(printed.join('')).toMatch(
    /no API calls left .* kept, and carried out from 00:00 UTC on\. /,
  );
  expect(printed.join('')).toContain('raise Daily API Calls or Daily API Share');
  expect(asked()).toBe(2);
});

it('says so too where the service sees by the command that its calls are used', async () => {
  const statuses = [status(null, 447, { State__c: 'healthy' })];
  const { printed, run, asked } = world(Infinity, 'done', true, statuses);
  const ended = run();
  statuses.splice(0, 1, status(10, 447));
  expect(await ended).toBe(false);
  expect(printed.join('')).toContain('no API calls left');
  expect(asked()).toBeLessThanOrEqual(8);
});

it.each([
  ['calls are left', [status(400, 359)]],
  ['the status is of another day', [status(400, 400, { Last_Seen__c: '1969-12-31T23:59:59Z' })]],
  ['one store has calls left', [status(400, 400), status(400, 20, { State__c: 'healthy' })]],
  ['one store has no budget', [status(400, 400), status(null, 20, { State__c: 'healthy' })]],
])('waits for the service where %s', async (_, statuses) => {
  const { printed, run, asked } = world(Infinity, 'done', true, statuses);
  expect(await run()).toBe(false);
  expect(printed.join('')).toContain('has not answered');
  expect(asked()).toBeLessThanOrEqual(36);
});

it('prints the result of a service that has calls left, whatever its status says', async () => {
  const { printed, run } = world(0, 'done', true, [status(400, 400)]);
  expect(await run()).toBe(true);
  expect(printed).toEqual(['In effect: 1 mapping of main (configuration a1b2c3d4).\n']);
});
