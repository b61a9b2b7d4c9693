import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtState } from '../../src/cli/look-at-state.ts';
import { isUncertain } from '../../src/ports/link.ts';
import { openDatabase } from '../../src/state/db/database.ts';
import { migrate, migrations } from '../../src/state/db/migrations.ts';
import type { StateLocation } from '../../src/state/db/types.ts';
import { openQueue, type Queue } from '../../src/state/queue/queue.ts';
import { type DurableState, openState } from '../../src/state/state.ts';
import { type Engine, engines } from './support/engines.ts';

/** A dump of all that the version of schema 5 (commit ed66770) wrote, its queue included. */
const FIVE = join(import.meta.dirname, 'fixtures/schema-5.sql');

const order = 'Woo_Order__c';
const document = '069000000000001AAA';
const version = '068000000000001AAA';
const creation = 'main:Product2:01t000000000022AAA';

describe.each(engines)('fault 46: a state on $name', ({ start }) => {
  let engine: Engine;

  beforeEach(async () => {
    engine = await start();
  });
  afterEach(() => engine.stop());

  /** The state as a version of this schema left it. */
  async function writtenBy(schema: number): Promise<void> {
    const first = await openDatabase(engine.location);
    await first.query(await readFile(FIVE, 'utf8'));
    await first.close();
    // A connection of its own: the dump empties the search path of its one.
    const database = await openDatabase(engine.location);
    await migrate(database, migrations.slice(0, schema));
    const [row] = await database.query(`select max(number)::integer as at from woosync.migration`);
    expect(row).toEqual({ at: schema });
    await database.close();
  }

  it.each([5, 6])('of schema %i is taken over without loss', async (schema) => {
    await writtenBy(schema);
    const state = await openState(engine.location);
    const problems: string[] = [];
    const queue = await openQueue(state, { onProblem: (problem) => problems.push(problem) });
    await expectLinks(state);
    await expectTwoWay(state);
    await expectQueue(queue);
    expect(problems).toEqual([]);
    await queue.close();
    await state.close();
  });

  it.each([
    ['14', 14, 'owes_orders'],
    ['15', 15, 'owes_orders'],
    ['15 that has the new name', 15, 'orders_due'],
  ])('of schema %s keeps whose orders are due', async (_, schema, column) => {
    await writtenBy(schema);
    const before = await openDatabase(engine.location);
    if (column !== 'owes_orders')
      await before.query(`alter table woosync.origin rename column owes_orders to ${column}`);
    await before.query(
      `insert into woosync.origin (resource, key, marks, is_held, is_another, ${column}) values
         ('customer', 'main:1', 'a', true, true, true), ('customer', 'main:2', 'a', true, true, false)`,
    );
    await before.close();
    const state = await openState(engine.location);
    const found = await state.origins.find('customer', ['main:1', 'main:2']);
    expect([...found.values()].map(({ key, ordersDue }) => [key, ordersDue])).toEqual([
      ['main:1', true],
      ['main:2', false],
    ]);
    await state.close();
  });

  it('of a newer schema is refused with a code, what was found and what to do, and stays as it is', async () => {
    await writtenBy(5);
    const database = await openDatabase(engine.location);
    const coming = { number: 1000, name: 'of a later version', statements: [] };
    await migrate(database, [...migrations, coming]);
    await database.close();
    const sentence = `The state was written by a newer version (schema 1000; this one knows ${String(migrations.length)}).`;
    const refused = {
      code: 'STATE_TOO_NEW',
      message: sentence,
      cure: expect.stringContaining('Start the newer version') as string,
    };
    await expect(openState(engine.location)).rejects.toMatchObject(refused);
    await expect(lookAtState(engine.location)).rejects.toMatchObject(refused);
    const { code, printed } = await startedOn(engine.location);
    expect(code).toBe(2);
    expect(printed).toContain(`STATE_TOO_NEW: ${sentence}\nStart the newer version`);
    const after = await openDatabase(engine.location);
    expect(await after.query('select key from woosync.link')).toHaveLength(6);
    await after.close();
  });
});

it('never changes a migration that a state may have gone through: what is new is a new one', () => {
  const digests = migrations.map(({ statements }) =>
    createHash('sha256').update(JSON.stringify(statements)).digest('hex').slice(0, 12),
  );
  expect(digests).toEqual([
    'c11f8d2dca8b',
    'c6b9e5d7c1ac',
    '4a321d053b0e',
    'ccc76a71d258',
    '5763e9d2ec97',
    'fe18bf569620',
    '458300fffe1a',
    '92c954ce9b47',
    'b013a0211448',
    'd300cee5cf01',
    '5d2f05256f4d',
    'da79e0980743',
    'af1a33a48b75',
    'ad8ca0d48e31',
    'c5985e33217d',
    '10f8dad3c1f2',
    '307068bf9aab',
    '1b16a9eff203',
    '709dd8509dc6',
    'd82cac0d4d46',
    '8e7898598123',
    '1297caab6c95',
    '86036b24b1c3',
    'ecdb33e53719',
    '1f5034a70785',
  ]);
});

/** What `woo-salesforce start` prints for people, and its exit code. */
async function startedOn(location: StateLocation) {
  const place: Record<string, string> =
    location.kind === 'directory'
      ? { DATA_DIR: location.path }
      : { DATABASE_URL: location.url.reveal() };
  const signIn = {
    SF_LOGIN_URL: 'http://127.0.0.1:9',
    SF_CLIENT_ID: 'id',
    SF_CLIENT_SECRET: 'secret',
  };
  const bin = join(import.meta.dirname, '../../bin/woo-salesforce.js');
  const service = spawn(process.execPath, [bin, 'start'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...signIn, ...place },
  });
  let printed = '';
  service.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = (await once(service, 'close')) as [number | null];
  return { code, printed };
}

async function expectLinks(state: DurableState): Promise<void> {
  const links = await state.links(order, ['main:1', 'main:2', 'main:3', 'main:4']);
  const shown = [...links.values()].map(({ key, recordId, state: now, hash }) => [
    key,
    recordId,
    now,
    hash,
  ]);
  expect(shown.sort()).toEqual([
    ['main:1', 'a01000000000001AAA', 'verified', 'hash of order 1'],
    ['main:2', 'a01000000000002AAA', 'verified', null],
    ['main:3', 'a01000000000003AAA', 'unverified', null],
    ['main:4', 'a01000000000004AAA', 'soft_deleted', null],
  ]);
  expect([...links.values()].filter(isUncertain).map(({ key }) => key)).toEqual(['main:2']);
  const items = await state.children('Woo_Order_Item__c', ['main:3']);
  expect(items.get('main:3')).toEqual([
    {
      object: 'Woo_Order_Item__c',
      key: 'main:11',
      recordId: 'a02000000000011AAA',
      state: 'unverified',
      hash: null,
      parentKey: 'main:3',
      byId: false,
    },
  ]);
  const shared = await state.links('Contact', ['second:7']);
  expect(shared.get('second:7')).toMatchObject({
    state: 'verified',
    hash: 'hash of customer 7',
    byId: true,
  });
  // Whatever is read next is newer, be the time of what was read before one of a clock that was ahead.
  const newer = { object: order, key: 'main:1', recordId: 'a01000000000001AAA', parentKey: null };
  const readNumber = await state.beginRead();
  expect(readNumber).toBeGreaterThan(0);
  const written = { ...newer, state: 'verified', hash: 'newer', byId: false, readNumber } as const;
  expect(await state.didWrite([written], [])).toEqual([]);
  expect((await state.links(order, ['main:1'])).get('main:1')?.hash).toBe('newer');
  expect(await state.cursor('main', 'orders')).toEqual({ at: '2026-03-01T10:00:00', id: 1 });
}

async function expectTwoWay({ twoWay, images }: DurableState): Promise<void> {
  expect((await twoWay.syncBases('Product2', ['main:21'])).get('main:21')).toMatchObject({
    recordId: '01t000000000021AAA',
    base: { Name: ['Mug', 'Mug'] },
    pending: { Price: ['5', '6'] },
  });
  expect(await twoWay.dirty(['main:21'])).toEqual(new Map([['main:21', 2]]));
  expect([...(await twoWay.begunCreations([creation])).keys()]).toEqual([creation]);
  expect(await images.media('main', ['ab12'])).toEqual(new Map([['ab12', 31]]));
  expect(await images.fileOf('ab12')).toMatchObject({ documentId: document, versionId: version });
  expect(await images.usersOf([document])).toEqual(['main:21']);
}

async function expectQueue({ queue, issues }: Queue): Promise<void> {
  const backlog = (await queue.backlog()).map(({ store, resource, waiting, active }) => [
    store,
    resource,
    waiting + active,
  ]);
  // Of the three orders one had failed, and one was being worked on.
  expect(backlog.sort()).toEqual([
    ['main', 'order', 2],
    ['main', 'product', 2],
    ['second', 'customer', 1],
  ]);
  const claimed = await queue.claim({ store: 'main', resource: 'product' }, 10);
  expect(claimed.map(({ key }) => key).sort()).toEqual(['main:21', creation]);
  const found = await issues.find({ store: 'main' }, 10);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    key: `${order} main:1`,
    code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    attempts: 1,
    wooValue: '-1',
    change: { resource: 'order', key: 'main:1' },
    absorbedBy: null,
  });
  await issues.queueDue();
  expect(await queue.countOpen([{ resource: 'order', key: 'main:1' }])).toBe(1);
}
