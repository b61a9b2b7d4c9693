import { describe, expect, it } from 'vitest';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import { RESOURCES, RESOURCE_NAMES } from '../../../src/mapping/model/resources.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { HOUR, MINUTE, keys, lane, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('the backlog in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('clears which orders are due once they are queued, and of no other record', async () => {
    const { origins } = tried.state;
    const one = {
      marks: ['a'],
      modified: 5,
      isHeld: true,
      isAnother: true,
      ordersDue: true,
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

  it('tells queues apart, whatever signs the key of a store has', async () => {
    const stores = ['tell', 'Tell', 'tell.2', 'tell 2', 'tell/2', 'tell-é😀', "tell';--"];
    for (const store of stores)
      await tried.queue.add([order(`${store}:1`), { resource: 'product', key: `${store}:1` }]);
    await tried.queue.add([{ resource: 'product', key: 'tell:2' }]);
    expect(await tried.claimed('tell')).toHaveLength(1);
    const found = (await tried.queue.backlog()).filter(({ store }) => stores.includes(store));
    const counts = found.map(({ store, resource, waiting, active }) =>
      [store, resource, waiting, active].join('|'),
    );
    const expected = stores.flatMap((store) => [
      `${store}|order|${store === 'tell' ? '0|1' : '1|0'}`,
      `${store}|product|${store === 'tell' ? 2 : 1}|0`,
    ]);
    expect(counts.sort()).toEqual(expected.sort());
  });

  it('says how old the oldest job is, waiting or active, and lists empty queues', async () => {
    const before = Date.now();
    await tried.queue.add([order('old:1')]);
    const [job] = await tried.claimed('old');
    await tried.pass(HOUR);
    await tried.queue.add([order('old:2')]);
    const [both] = await tried.backlog('old');
    expect(both).toMatchObject({ waiting: 1, active: 1 });
    expect((both?.oldest?.getTime() ?? 0) - before).toBeLessThan(MINUTE);
    await tried.queue.finish({ ...nothing, jobs: job === undefined ? [] : [job] });
    await tried.queue.finish({ ...nothing, jobs: await tried.claimed('old') });
    expect(await tried.backlog('old')).toEqual([
      { ...lane('old'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
    ]);
  });

  it('counts the records that wait or are worked on, each once', async () => {
    const some = ['open:1', 'open:2', 'other:3'].map(order);
    expect(await tried.queue.countOpen(some)).toBe(0);
    await tried.queue.add(some);
    expect(await tried.queue.countOpen(some.slice(0, 2))).toBe(2);
    expect(await tried.queue.countOpen([{ resource: 'customer', key: 'open:1' }])).toBe(0);
    const jobs = await tried.claimed('open');
    await tried.queue.add([order('open:1')]);
    expect(await tried.queue.countOpen(some)).toBe(3);
    await tried.queue.finish({ ...nothing, jobs });
    expect(await tried.queue.countOpen(some)).toBe(2);
    await tried.run('other:3');
    expect(await tried.queue.countOpen(some)).toBe(1);
    expect(await tried.queue.countOpen([])).toBe(0);
  });
});
