import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import type { Backfilled } from './sidecar-runs.ts';
import { openWorld, type World } from './support.ts';

const OBJECTS = [
  'Account',
  'Contact',
  'Product2',
  'Woo_Order__c',
  'Woo_Order_Item__c',
  'Woo_Refund__c',
];

let world: World;

beforeAll(async () => {
  world = await openWorld(120);
  expect((await world.backfill()).code).toBe(0);
});

afterAll(async () => {
  await world.close();
});

/** A backfill that remembers nothing, and how often it wrote. */
async function forgetful(): Promise<Backfilled & { readonly writes: number }> {
  rmSync(world.env['DATA_DIR'] ?? '', { recursive: true });
  return counted();
}

async function counted(): Promise<Backfilled & { readonly writes: number }> {
  const before = world.org.requestLog.totals().writes;
  const ran = await world.backfill();
  expect(ran.code, ran.stderr).toBe(0);
  return { ...ran, writes: world.org.requestLog.totals().writes - before };
}

/** Composite calls of a run that has nothing to write. */
async function calls(): Promise<number> {
  const sofar = () => world.org.requestLog.totals().byKind.composite ?? 0;
  const before = sofar();
  expect((await counted()).writes).toBe(0);
  return sofar() - before;
}

function outcomes({ results }: Backfilled) {
  const reports = results.flatMap(({ mappings }) => mappings);
  const sum = (what: 'created' | 'updated' | 'removed' | 'adopted' | 'failed') =>
    reports.reduce((all, report) => all + report[what], 0);
  return {
    created: sum('created'),
    updated: sum('updated'),
    removed: sum('removed'),
    adopted: sum('adopted'),
    failed: sum('failed'),
  };
}

const NOTHING = { created: 0, updated: 0, removed: 0, adopted: 0, failed: 0 };

/** When each record was last written, by id. */
async function stamps(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const object of OBJECTS) {
    const soql = `SELECT Id, SystemModstamp FROM ${object}`;
    const { records } = await world.admin.query<{ Id: string; SystemModstamp: string }>(soql, {
      autoFetch: true,
      maxFetch: 100_000,
    });
    for (const { Id, SystemModstamp } of records) found.set(Id, SystemModstamp);
  }
  return found;
}

/** Ids of records that were written, made or removed since. */
async function touchedSince(before: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const after = await stamps();
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (id) => before.get(id) !== after.get(id),
  );
}

async function idOf(object: string, id: number): Promise<string> {
  const soql = `SELECT Id FROM ${object} WHERE Woo_Key__c = 'main:${id}'`;
  const [row] = (await world.admin.query<{ Id: string }>(soql)).records;
  if (!row) throw new Error(`${object} main:${id} is not in the org`);
  return row.Id;
}

function completed(fits: (order: OrderRecord) => boolean): OrderRecord {
  for (const entry of world.store.shop.orders.all()) {
    const order = entry.read();
    if (order.status === 'completed' && fits(order)) return order;
  }
  throw new Error('the store has no such order');
}

describe('a state that was lost', () => {
  it('comes back with nothing written, and the run after that compares nothing', async () => {
    const usual = await calls();
    const before = await stamps();
    expect(before.size).toBeGreaterThan(400);
    const ran = await forgetful();
    expect(ran.writes).toBe(0);
    expect(outcomes(ran)).toEqual(NOTHING);
    expect(await touchedSince(before)).toEqual([]);
    expect(await calls(), 'as many calls as before it was lost').toBe(usual);
  });

  it('makes exactly the record be written that the shop has changed', async () => {
    const { id } = completed(() => true);
    const before = await stamps();
    world.store.edits.updateOrder(id, { customer_note: 'By the back door' }, { modified: null });
    const ran = await forgetful();
    expect(outcomes(ran)).toEqual({ ...NOTHING, updated: 1 });
    expect(await touchedSince(before)).toEqual([await idOf('Woo_Order__c', id)]);
  });

  it('does not bring back the item and the refund that the shop has removed', async () => {
    const { id, line_items } = completed((order) => order.line_items.length > 1);
    const refund = world.store.edits.addRefund(id, '1.00');
    expect((await world.backfill()).code).toBe(0);
    const [first, ...others] = line_items;
    const doomed = [
      await idOf('Woo_Order_Item__c', first?.id ?? 0),
      await idOf('Woo_Refund__c', refund.id),
    ];
    world.store.edits.deleteRefund(refund.id);
    world.store.edits.updateOrder(id, { line_items: others });
    const ran = await forgetful();
    expect(outcomes(ran)).toMatchObject({ removed: 2, created: 0, failed: 0 });
    const left = await stamps();
    expect(doomed.filter((one) => left.has(one))).toEqual([]);
  });

  it('takes the flag off a product that came back meanwhile', async () => {
    const product = world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .find(({ type, status }) => type === 'simple' && status === 'publish');
    const id = product?.id ?? 0;
    const active = async () =>
      (await world.admin.query(`SELECT IsActive FROM Product2 WHERE Woo_Key__c = 'main:${id}'`))
        .records[0]?.['IsActive'] as unknown;
    world.store.edits.trashProduct(id);
    expect((await world.backfill()).of('Product').removed).toBe(1);
    expect(await active()).toBe(false);
    expect((await forgetful()).writes, 'it is flagged already').toBe(0);
    world.store.edits.restoreProduct(id);
    const ran = await forgetful();
    expect(outcomes(ran)).toEqual({ ...NOTHING, updated: 1 });
    expect(await active()).toBe(true);
  });
});
