import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CREATES_AND_ASKS, describeDecisions, polls } from './decisions.ts';
import { describeCreations } from './creations.ts';
import { EditWorld } from './edit-world.ts';
import { eventually } from './eventually.ts';
import { controlOf, itLocally } from './journeys.ts';
import { idle } from './live-world.ts';
import { statePlaces } from './state-places.ts';

/** Longer than a test looks at it: an answer that the service does not live to see. */
const NEVER_MS = 900_000;
const HOUR = 3600;

/*
 * Products are edited in Salesforce while messages, the shop and the service have misfortunes, in one world: the
 * tests follow each other.
 */
describe.each(statePlaces)(
  'products edited in Salesforce, with the state in $name',
  ({ open, isFirst }) => {
    let edits: EditWorld;
    beforeAll(async () => {
      edits = await EditWorld.open(open);
    });
    afterAll(async () => {
      await edits.close();
    });
    it('change in the shop by themselves, in one call, and that is the end of it', () =>
      arrives(edits));
    it('are variations too', () => variation(edits));
    itLocally(
      'fault 1: of which one message comes five times at once are written once',
      'messages cannot be doubled',
      () => duplicated(edits),
    );
    itLocally(
      'fault 3: whose message comes again though all is done are not written again',
      'messages cannot be sent again',
      () => resent(edits),
    );
    itLocally(
      'fault 6: whose older message comes after the newer one are as they are in Salesforce',
      'messages cannot be held back',
      () => reordered(edits),
    );
    it('fault 2, 36: of which the shop refuses one are changed but for that one, which is an issue', () =>
      oneRefused(edits));
    itLocally(
      'fault 7: that are deleted before the message is sent stay in the shop',
      'messages cannot be held back',
      () => deleted(edits),
    );
    it('and made there are not made in the shop, as the mapping ships', () => notMade(edits));
    itLocally(
      'fault 4: of which the service was told and died before it did anything are changed once',
      'messages cannot be sent again',
      () => killedBeforeWork(edits),
    );
    it('fault 5: which the shop has and the service has not marked are in step, also where they were changed back meanwhile', () =>
      killedAfterWrite(edits));
    it('while we are down, and the state is lost, are decided as any conflict, and both values are kept', () =>
      forgotten(edits));
    it('fault 11: while we are down come at once, in the order of the record; where the clock can be set, for 23 hours', () =>
      down(edits));
    itLocally(
      'fault 12: of which the messages were dropped after a day are found by the sweep',
      'the clock cannot be set',
      () => dropped(edits),
    );
    describeCreations(() => edits);
    describeDecisions(() => edits);
    if (isFirst) {
      it('arrive without a public address too, since Salesforce is asked', () => polls(edits));
    }
  },
);

async function arrives(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  const before = edits.batches;
  await edits.edit({
    Id,
    Name: 'Tea & "mug"',
    Woo_Regular_Price__c: 12.5,
    Woo_Status__c: 'private',
  });
  await edits.inShop(product.id, {
    name: 'Tea &amp; "mug"',
    regular_price: '12.5',
    status: 'private',
  });
  await edits.quiet();
  expect(edits.batches).toBe(before + 1);
  expect(await edits.live.inOrg('Product2', product.id, ['Name'])).toMatchObject({
    Name: 'Tea & "mug"',
  });
}

async function variation(edits: EditWorld): Promise<void> {
  const [one] = edits.world.store.shop.variations.all().map((entry) => entry.read());
  if (one === undefined) throw new Error('the shop has no variation');
  await idle(edits.service);
  await edits.edit({ Id: await edits.recordOf(one.id), Woo_Regular_Price__c: 77.25 });
  await eventually(() => {
    expect(edits.world.store.shop.variations.get(one.id)?.read()).toMatchObject({
      regular_price: '77.25',
    });
  });
}

async function duplicated(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  const before = edits.batches;
  const { notifications } = await edits.outbound('duplicate', { times: 5, parallel: true });
  await edits.edit({ Id, Name: 'Told five times' });
  await edits.inShop(product.id, { name: 'Told five times' });
  const done = await edits.told();
  expect(done.notifications).toMatchObject({ delivered: notifications.delivered + 1, dropped: 0 });
  expect(edits.batches).toBe(before + 1);
  await edits.outbound('duplicate', { times: 1 });
}

async function resent(edits: EditWorld): Promise<void> {
  const before = edits.batches;
  const { notifications } = await edits.outbound('resend');
  expect(notifications.delivered).toBe(0);
  expect((await edits.told()).notifications.delivered).toBeGreaterThan(2);
  expect(edits.batches).toBe(before);
}

async function reordered(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  await edits.outbound('hold');
  for (const Name of ['First', 'Second', 'Third']) await edits.edit({ Id, Name });
  await edits.outbound('reorder');
  await edits.outbound('release');
  await edits.inShop(product.id, { name: 'Third' });
  await edits.quiet();
  await edits.inShop(product.id, { name: 'Third' });
}

async function oneRefused(edits: EditWorld): Promise<void> {
  const [first, refused, last] = [await edits.fresh(), await edits.fresh(), await edits.fresh()];
  const Ids = await Promise.all([first, refused, last].map(({ id }) => edits.recordOf(id)));
  const [a = '', b = '', c = ''] = Ids;
  await edits.edit(
    { Id: a, Name: 'Before it' },
    { Id: b, StockKeepingUnit: first.sku, Name: 'Refused' },
    { Id: c, Name: 'After it' },
  );
  await edits.inShop(first.id, { name: 'Before it' });
  await edits.inShop(last.id, { name: 'After it' });
  const soql = `SELECT State__c, Code__c, Record_Id__c, What_To_Do__c, Reason__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${refused.id}#shop'`;
  await eventually(async () => {
    expect(await edits.world.orgRow(soql)).toMatchObject({
      State__c: 'open',
      Code__c: 'SHOP_REFUSED',
      Record_Id__c: b,
      Reason__c: expect.stringContaining('product_invalid_sku') as string,
      What_To_Do__c: expect.stringMatching(/Correct the field/) as string,
    });
  });
  await edits.inShop(refused.id, { name: refused.name, sku: refused.sku });
  await edits.edit({ Id: b, StockKeepingUnit: `${refused.sku}-2` });
  await edits.inShop(refused.id, { name: 'Refused', sku: `${refused.sku}-2` });
  await eventually(async () => {
    expect(await edits.world.orgRow(soql)).toMatchObject({ State__c: 'resolved' });
  });
}

async function deleted(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  await edits.outbound('hold');
  await edits.edit({ Id, Name: 'Never told' });
  await edits.world.admin.sobject('Product2').destroy(Id);
  await edits.outbound('release');
  await edits.quiet();
  await edits.inShop(product.id, { name: product.name, status: product.status });
  // It is still in the shop, so the next change there makes its record anew.
  edits.world.store.edits.updateProduct(product.id, { name: 'Changed in the shop' });
  const made = await edits.live.arrives('Product2', product.id, { Name: 'Changed in the shop' });
  expect(made).not.toBe(Id);
}

async function notMade(edits: EditWorld): Promise<void> {
  const before = edits.products.length;
  await edits.create({ Name: 'Not for the shop' });
  await edits.quiet();
  expect(edits.products.length).toBe(before);
}

async function killedBeforeWork(edits: EditWorld): Promise<void> {
  const { store } = edits.world;
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  const before = edits.batches;
  store.faults.add({ kind: 'slow_answer', on: 'GET products', times: 1, milliseconds: NEVER_MS });
  await edits.edit({ Id, Name: 'Told before the end' });
  await eventually(() => store.faults.list().length === 0);
  await edits.kill();
  await edits.inShop(product.id, { name: product.name });
  await edits.start();
  // As if the acknowledgement had been lost.
  await edits.outbound('resend');
  await edits.inShop(product.id, { name: 'Told before the end' });
  await edits.quiet();
  expect(edits.batches).toBe(before + 1);
}

async function killedAfterWrite(edits: EditWorld): Promise<void> {
  const { store } = edits.world;
  const kept = await edits.fresh();
  const back = await edits.fresh();
  const [a, b] = [await edits.recordOf(kept.id), await edits.recordOf(back.id)];
  store.faults.add({
    kind: 'slow_answer',
    on: 'POST products/batch',
    times: 1,
    milliseconds: NEVER_MS,
  });
  await edits.edit(
    { Id: a, Name: 'Written and not marked' },
    { Id: b, Name: 'Written and taken back' },
  );
  await edits.inShop(back.id, { name: 'Written and taken back' });
  await edits.inShop(kept.id, { name: 'Written and not marked' });
  await edits.kill();
  await edits.edit({ Id: b, Name: back.name });
  await edits.start();
  await edits.inShop(back.id, { name: back.name });
  await edits.quiet();
  await edits.inShop(kept.id, { name: 'Written and not marked' });
  await edits.live.arrives('Product2', kept.id, { Name: 'Written and not marked' });
  await edits.live.arrives('Product2', back.id, { Name: back.name });
}

async function forgotten(edits: EditWorld): Promise<void> {
  const { world, live } = edits;
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  await edits.stop();
  await edits.edit({ Id, Name: 'Typed meanwhile' });
  await edits.forget();
  await edits.start();
  const values = { Woo_Value__c: product.name, Salesforce_Value__c: 'Typed meanwhile' };
  await eventually(async () => {
    const soql = `SELECT State__c, Code__c, Woo_Value__c, Salesforce_Value__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${product.id}#Name'`;
    const issue = { State__c: 'resolved', Code__c: 'CONFLICT_DECIDED', ...values };
    expect(await world.orgRow(soql)).toMatchObject(issue);
  });
  await live.arrives('Product2', product.id, { Name: product.name });
}

async function down(edits: EditWorld): Promise<void> {
  if (edits.world.isTold) await downForADay(edits);
  else await whileDown(edits);
}

async function downForADay(edits: EditWorld): Promise<void> {
  const { requestLog } = controlOf(edits.world);
  const { notifications } = await edits.told();
  let before = 0;
  await whileDown(edits, async () => {
    await edits.outbound('clock', { advance_seconds: 23 * HOUR });
    before = requestLog.totals().billed;
  });
  const after = await edits.told();
  expect(after.notifications).toMatchObject({
    delivered: notifications.delivered + 4,
    dropped: notifications.dropped,
  });
  expect(requestLog.totals().billed - before, 'API calls').toBeLessThan(20);
}

/** @param passes what comes before the service is there again */
async function whileDown(
  edits: EditWorld,
  passes: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const [one, other] = [await edits.fresh(), await edits.fresh()];
  const [a, b] = [await edits.recordOf(one.id), await edits.recordOf(other.id)];
  await edits.stop();
  await edits.edit({ Id: a, Name: 'Morning' }, { Id: b, Name: 'Other morning' });
  await edits.edit({ Id: a, Name: 'Evening' }, { Id: b, Name: 'Other evening' });
  // The rules of the next tests, for the start reads them.
  await edits.world.deploy(...CREATES_AND_ASKS);
  await passes();
  await edits.start();
  await edits.inShop(one.id, { name: 'Evening' });
  await edits.inShop(other.id, { name: 'Other evening' });
}

async function dropped(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  await edits.stop();
  await edits.edit({ Id, Name: 'Told by nobody' });
  await edits.outbound('clock', { advance_seconds: 25 * HOUR });
  await eventually(async () => {
    expect((await edits.outbound('retry')).notifications).toMatchObject({ waiting: 0, sending: 0 });
  });
  expect((await edits.outbound('totals')).notifications.dropped).toBeGreaterThan(0);
  await edits.inShop(product.id, { name: product.name });
  await edits.start();
  await edits.inShop(product.id, { name: 'Told by nobody' });
  await edits.service.waitForLog(({ msg }) => msg === 'sweep of Salesforce');
}
