import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import { describeDrafts } from './draft-orders.ts';
import { eventually } from './eventually.ts';
import { idle, type LiveWorld } from './live-world.ts';
import {
  editAsRep,
  type Fields,
  notesOf,
  openOrdersBack,
  type OrdersBackWorld,
} from './orders-back-world.ts';
import type { RunningService } from './service.ts';
import type { World } from './support.ts';

/*
 * Orders go back to the shop through the gateway of the org, as the recipe ships. The tests follow each other in one
 * world.
 */
let world: World;
let live: LiveWorld;
let service: RunningService;
let back: OrdersBackWorld;

beforeAll(async () => {
  back = await openOrdersBack(8);
  ({ world, live } = back);
  service = await live.start();
});

afterAll(async () => {
  await service.stop();
  await world.close();
});

/** A new order of the shop, once Salesforce has it. */
async function order(status: string): Promise<{ readonly id: number; readonly recordId: string }> {
  const like = world.store.shop.orders.all().at(-1)?.id ?? 0;
  const { id } = world.store.edits.addOrder(like, { status });
  const recordId = await live.arrives('Woo_Order__c', id, { Status__c: status });
  await idle(service);
  return { id, recordId };
}

const edit = (id: string, fields: Fields): Promise<void> => editAsRep(back, id, fields);

const inShop = (id: number, values: Partial<OrderRecord>): Promise<void> =>
  eventually(() => {
    expect(world.store.shop.orders.get(id)?.read()).toMatchObject(values);
  });

describe('an order that is edited in Salesforce', () => {
  it('changes in the shop, as the list says, with its tracking number', async () => {
    const { id, recordId } = await order('processing');
    await edit(recordId, { Status__c: 'completed', Tracking_Number__c: 'T1' });
    await inShop(id, { status: 'completed' });
    const metas = world.store.shop.orders.get(id)?.read().meta_data ?? [];
    expect(metas.filter(({ key }) => key === 'tracking_number')).toMatchObject([{ value: 'T1' }]);
    // What the shop makes of it comes back.
    await eventually(async () => {
      const row = await live.inOrg('Woo_Order__c', id, ['Completed_In_Woo__c']);
      expect(row?.['Completed_In_Woo__c']).not.toBeNull();
    });
  });

  it('has the status of the shop again where that is not on the list, and an issue that says so', async () => {
    const { id, recordId } = await order('processing');
    await edit(recordId, { Status__c: 'refunded' });
    await live.arrives('Woo_Order__c', id, { Status__c: 'processing' });
    await idle(service);
    expect(world.store.shop.orders.get(id)?.read()).toMatchObject({
      status: 'processing',
      refunds: [],
    });
    const issue = `SELECT Code__c, Field__c, Reason__c, What_To_Do__c, Record_Id__c FROM Woo_Sync_Issue__c WHERE Woo_Id__c = '${id}' AND State__c = 'open'`;
    const found = await eventually(async () => {
      const row = await world.orgRow(issue);
      expect(row).toBeDefined();
      return row;
    });
    expect(found).toMatchObject({
      Code__c: 'TO_WOO_TRANSITION',
      Field__c: 'Status__c',
      Record_Id__c: recordId,
    });
    expect(found?.['Reason__c']).toContain('processing may become completed, on-hold');
    expect(found?.['What_To_Do__c']).toContain('Woo Order Transition');
    // The next change of status that is taken ends it.
    await edit(recordId, { Status__c: 'completed' });
    await inShop(id, { status: 'completed' });
    await eventually(async () => (await world.orgRow(issue)) === undefined);
  });

  it('has a note for its buyer sent once, and a private one beside it', async () => {
    const { id, recordId } = await order('processing');
    const said = { Note_To_Customer__c: 'On its way', Private_Note__c: 'Called <b>back</b>' };
    await edit(recordId, said);
    await eventually(async () => {
      expect(await notesOf(world, id)).toHaveLength(2);
    });
    await edit(recordId, { Tracking_Number__c: 'T2' });
    await eventually(() => {
      const metas = world.store.shop.orders.get(id)?.read().meta_data ?? [];
      expect(metas.find(({ key }) => key === 'tracking_number')?.value).toBe('T2');
    });
    await idle(service);
    expect(await notesOf(world, id)).toMatchObject([
      { note: 'On its way', customer_note: true },
      { note: 'Called <b>back</b>', customer_note: false },
    ]);
  });

  it('of which both sides have changed the status is as the conflict rule says', async () => {
    const { id, recordId } = await order('processing');
    await idle(service);
    world.store.webhooks.outbox.hold();
    world.store.edits.updateOrder(id, { status: 'cancelled' });
    await edit(recordId, { Status__c: 'completed' });
    await live.arrives('Woo_Order__c', id, { Status__c: 'cancelled' });
    world.store.webhooks.outbox.release();
    await idle(service);
    expect(world.store.shop.orders.get(id)?.read().status).toBe('cancelled');
  });
});

describe('a draft order that a rep makes in Salesforce', () => {
  describeDrafts(() => ({
    ...back,
    restart: async () => {
      await service.kill();
      world.store.faults.clear();
      service = await live.start();
      return service;
    },
    idle: () => idle(service),
  }));
});
