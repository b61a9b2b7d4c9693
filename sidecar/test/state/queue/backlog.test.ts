import { describe, expect, it } from 'vitest';
import { queuePlaces } from '../support/queue-places.ts';
import { HOUR, lane, MINUTE, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('the backlog in $name', ({ open }) => {
  const tried = openedBefore(open);

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
