import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { failure, keys, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

const among =
  (...held: readonly string[]) =>
  (one: string) =>
    held.includes(one);

describe.each(queuePlaces)('changes for held mappings in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('keeps changes for held mappings apart from the backlog, each once, until one is mended', async () => {
    const product: ChangeEvent = { resource: 'product', key: 'kept:7' };
    const contact = { ...order('kept:1'), mapping: 'Contact' };
    const held = [contact, { ...order('kept:1'), mapping: 'Order' }, { ...product, mapping: 'P' }];
    await tried.run('kept:1', { held });
    await tried.run('kept:1', { held: [contact, { ...order('kept2:1'), mapping: 'P' }] });
    const waiting = async () => {
      const lanes = await tried.backlog('kept');
      return lanes.filter((one) => one.waiting > 0).map(({ resource }) => resource);
    };
    expect(await waiting()).toEqual([]);
    await tried.queue.queueHeld('kept', among('Contact', 'Order', 'P'));
    expect(await waiting(), 'while all are held').toEqual([]);
    await tried.queue.queueHeld('kept', among('Order', 'P'));
    expect(await waiting()).toEqual(['order']);
    const jobs = await tried.claimed('kept');
    expect(keys(jobs)).toEqual(['kept:1']);
    await tried.queue.finish({ ...nothing, jobs });
    await tried.queue.queueHeld('kept', among('Order', 'P'));
    expect(await waiting(), 'once').toEqual([]);
    const told: string[] = [];
    tried.queue.onAdded(({ store, resource }) => {
      if (store === 'kept') told.push(resource);
    });
    await tried.queue.queueHeld('kept', among());
    expect((await waiting()).sort()).toEqual(['order', 'product']);
    expect(told.sort()).toEqual(['order', 'product']);
    expect(await tried.backlog('kept2')).toEqual([]);
  });

  it('queues again more changes of held mappings than one transaction takes', async () => {
    const many = Array.from({ length: 1001 }, (_, at) => order(`many:${at + 1}`));
    await tried.run('many:1', { held: many.map((one) => ({ ...one, mapping: 'Order' })) });
    await tried.queue.queueHeld('many', among());
    expect(await tried.queue.countOpen(many)).toBe(1001);
  });

  it('leaves open what a job has not looked at: its mapping is held', async () => {
    const item = failure('held:11', {
      key: 'item held:11',
      resource: 'order_item',
      object: 'Woo_Order_Item__c',
      kind: 'conflict',
      change: order('held:1'),
    });
    const elsewhere = failure('held:1', { key: 'other held:1', object: 'Other__c' });
    await tried.run('held:9', { failures: [failure('held:1'), item, elsewhere] });
    await tried.run('held:1');
    const states = (await tried.unsaid('held')).map(({ key, state }) => `${key} ${state}`);
    expect(states.sort()).toEqual([
      'Woo_Order__c held:1 resolved',
      'item held:11 open',
      'other held:1 open',
    ]);
    await tried.run('held:1', { lookedAt: [item, elsewhere] });
    expect(await tried.openOf('held')).toBe(0);
  });
});
