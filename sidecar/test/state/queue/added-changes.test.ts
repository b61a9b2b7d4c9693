import { describe, expect, it } from 'vitest';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import { RESOURCE_NAMES, RESOURCES } from '../../../src/mapping/model/resources.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { keys, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('changes that are added in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('clears which orders are due once they are queued, and of no other record', async () => {
    const { origins } = tried.state;
    const one = {
      ...{ marks: ['a'], modified: 5 },
      ...{ isHeld: true, isAnother: true, ordersDue: true },
    };
    const due = ['due:1', 'due:2'];
    for (const resource of ['customer', 'product'] as const) {
      await origins.save(
        resource,
        due.map((key) => ({ ...one, key })),
      );
    }
    const ordersQueued = [{ resource: 'customer', key: 'due:1' }] as const;
    await tried.queue.finish({ ...nothing, followUps: [order('due:7')], ordersQueued });
    expect(keys(await tried.claimed('due'))).toEqual(['due:7']);
    const left = async (resource: 'customer' | 'product') =>
      [...(await origins.find(resource, due)).values()].filter(({ ordersDue }) => ordersDue);
    expect(keys(await left('customer'))).toEqual(['due:2']);
    expect(keys(await left('product')).toSorted()).toEqual(due);
  });

  it.each(RESOURCE_NAMES)('takes each key that a record of %s has', async (name) => {
    const resource = RESOURCES[name].comesWith;
    const types = ['page', 'event-type', 'main_2'];
    const records = types.flatMap((type) =>
      [{ id: 205 }, { slug: 'reduced-rate' }, { slug: '%e6%b6%88' }].map((record) => ({
        ...record,
        content_type: type,
      })),
    );
    const made = new Set(records.flatMap((record) => recordKey(name, record, `of_${name}`) ?? []));
    expect(made.size).toBeGreaterThan(0);
    await tried.queue.add([...made].map((key) => ({ resource, key })));
    const jobs = await tried.queue.claim({ store: `of_${name}`, resource }, 100);
    expect(keys(jobs).sort()).toEqual([...made].sort());
    await tried.queue.finish({ ...nothing, jobs });
  });

  it('takes the key of a record that the shop does not have yet', async () => {
    const key = newKey('new', { object: 'Product2', recordId: '01t000000000001AAA' });
    await tried.queue.add([{ resource: 'product', key }]);
    expect(keys(await tried.queue.claim({ store: 'new', resource: 'product' }, 10))).toEqual([key]);
  });

  it('refuses the key of a guest, without quoting it', async () => {
    const guest = tried.queue.add([order('guest:1'), order('guest:guest:ann@example.com')]);
    await expect(guest).rejects.toThrow(
      /^A change event needs the key of a record, <store>:<id>\.$/,
    );
    expect(await tried.claimed('guest')).toEqual([]);
  });

  it('calls back for each queue it adds to, unless quiet, and for what was taken over', async () => {
    const told: string[] = [];
    tried.queue.onAdded(({ store, resource }) => {
      if (store === 'told') told.push(resource);
    });
    await tried.queue.add([order('told:1')], 'quiet');
    expect(told).toEqual([]);
    await tried.queue.add([order('told:2'), { resource: 'customer', key: 'told:3' }]);
    expect(told.sort()).toEqual(['customer', 'order']);
    await tried.run('told:4', { followUps: [{ resource: 'product', key: 'told:5' }] });
    expect(told).toHaveLength(2);
    const jobs = await tried.queue.claim({ store: 'told', resource: 'product' }, 1);
    await tried.lapse();
    await tried.queue.finish({ ...nothing, jobs });
    expect(told.sort()).toEqual(['customer', 'order', 'product']);
  });
});
