import { expect, it } from 'vitest';

import type { ProductRecord } from '../../local/store/core/records.ts';
import type { EditWorld } from './edit-world.ts';
import { eventually } from './eventually.ts';
import { controlOf, itLocally } from './journeys.ts';

const NEVER_MS = 900_000;

/** Products that are made in Salesforce, where the mapping makes them in the shop. */
export function describeCreations(world: () => EditWorld): void {
  it('made there are one draft in the shop, which knows its record, and the record its key', () =>
    made(world()));
  it('made there are one product, where the service dies when the shop has it and has not said so', () =>
    killedUnanswered(world()));
  itLocally(
    'made there are one product, where the service dies when its key is not in Salesforce yet',
    'no record can be locked for as long as it takes',
    () => killedUnkeyed(world()),
  );
  itLocally(
    'with the SKU of a product that is nobody’s adopt it',
    'the shop’s product would be loaded first',
    () => adopted(world()),
  );
  it('with the SKU of a product that has a record are an issue that names both', () =>
    taken(world()));
}

function madeOf(edits: EditWorld, recordId: string): readonly ProductRecord[] {
  return edits.products.filter(({ meta_data }) =>
    meta_data.some(({ key, value }) => key === '_salesforce_id' && value === recordId),
  );
}

/** Waits until the record has one product, and carries its key. */
async function isOne(edits: EditWorld, recordId: string): Promise<ProductRecord> {
  const product = await eventually(async () => {
    const [one, ...more] = madeOf(edits, recordId);
    if (one === undefined) throw new Error('no product was made');
    expect(more).toEqual([]);
    const row = await edits.world.orgRow(
      `SELECT Woo_Key__c FROM Product2 WHERE Id = '${recordId}'`,
    );
    expect(row).toMatchObject({ Woo_Key__c: `main:${one.id}` });
    return one;
  });
  await edits.quiet();
  expect(madeOf(edits, recordId)).toHaveLength(1);
  return product;
}

async function made(edits: EditWorld): Promise<void> {
  const sku = 'MADE-1';
  const id = await edits.create({
    Name: 'Made & kept',
    Woo_Regular_Price__c: 9.9,
    StockKeepingUnit: sku,
  });
  expect(await isOne(edits, id)).toMatchObject({
    name: 'Made &amp; kept',
    status: 'draft',
    regular_price: '9.9',
    sku,
  });
}

async function killedUnanswered(edits: EditWorld): Promise<void> {
  const { store } = edits.world;
  store.faults.add({
    kind: 'slow_answer',
    on: 'POST products/batch',
    times: 1,
    milliseconds: NEVER_MS,
  });
  const id = await edits.create({ Name: 'Made and not told' });
  await eventually(() => madeOf(edits, id).length === 1);
  await edits.kill();
  await edits.start();
  await isOne(edits, id);
}

async function killedUnkeyed(edits: EditWorld): Promise<void> {
  const org = controlOf(edits.world);
  await edits.outbound('hold');
  const id = await edits.create({ Name: 'Made and not keyed' });
  // Longer than the service lives to see.
  org.data.faults.add({ kind: 'row_lock', object: 'Product2', times: 100 });
  await edits.outbound('release');
  await eventually(() => madeOf(edits, id).length === 1);
  await edits.kill();
  await edits.start();
  await isOne(edits, id);
}

async function adopted(edits: EditWorld): Promise<void> {
  const { store } = edits.world;
  await edits.quiet();
  store.webhooks.outbox.hold();
  const sku = 'ADOPTED-1';
  const { id } = await edits.makeInShop({ name: 'Nobody’s', sku, status: 'publish' });
  const recordId = await edits.create({ Name: 'Somebody’s', StockKeepingUnit: sku });
  expect(await edits.recordOf(id)).toBe(recordId);
  store.webhooks.outbox.release();
  await edits.quiet();
  expect(edits.products.filter((product) => product.sku === sku)).toHaveLength(1);
  expect(await edits.recordOf(id)).toBe(recordId);
}

async function taken(edits: EditWorld): Promise<void> {
  const owner = await edits.fresh();
  const ownerId = await edits.recordOf(owner.id);
  const before = edits.products.length;
  const id = await edits.create({ Name: 'Second of its SKU', StockKeepingUnit: owner.sku });
  const soql = `SELECT Code__c, Reason__c, State__c FROM Woo_Sync_Issue__c WHERE Record_Id__c = '${id}'`;
  await eventually(async () => {
    expect(await edits.world.orgRow(soql)).toMatchObject({
      Code__c: 'CREATE_SKU_TAKEN',
      State__c: 'open',
      Reason__c: expect.stringMatching(new RegExp(`${owner.id}.*${ownerId}`)) as string,
    });
  });
  expect(edits.products.length).toBe(before);
}
