import { describe, expect, it } from 'vitest';
import { LEAST_IN_BULK } from '../../../src/ports/change-queue.ts';
import { GROUPING } from '../../../src/sync/report/issue-group.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { failure, HOUR, keys, lane, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('changes in bulk in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('lets those in bulk wait for all others, and leaves them where they are until they are wanted', async () => {
    await tried.queue.add([order('bulk:1'), order('bulk:2'), order('bulk:3')], 'bulk');
    await tried.pass(1000);
    await tried.queue.add([order('bulk:4')]);
    expect(await tried.backlog('bulk')).toMatchObject([{ waiting: 4 }]);
    expect(keys(await tried.queue.claim(lane('bulk'), 100, 'single'))).toEqual(['bulk:4']);
    expect(await tried.queue.claim(lane('bulk'), 100, 'single')).toEqual([]);
    await tried.queue.add([order('bulk:5')]);
    const both = await tried.claimed('bulk', 2);
    expect(keys(both).sort()).toEqual(['bulk:1', 'bulk:5'].sort());
    await tried.queue.release(both);
    expect(keys(await tried.queue.claim(lane('bulk'), 100, 'single'))).toEqual(['bulk:5']);
    expect(keys(await tried.claimed('bulk')).sort()).toEqual(['bulk:1', 'bulk:2', 'bulk:3']);
  });

  it('lets one in bulk wait no longer that comes in another way, and none that comes in bulk again', async () => {
    await tried.queue.add(
      [1, 2, 3, 4].map((id) => order(`hand:${id}`)),
      'bulk',
    );
    await tried.queue.add([order('hand:2'), order('hand:5')]);
    await tried.queue.finish({ ...nothing, jobs: [], followUps: [order('hand:3')] });
    await tried.queue.add([order('hand:2'), order('hand:4')], 'bulk');
    const single = await tried.queue.claim(lane('hand'), 100, 'single');
    expect(keys(single).sort()).toEqual(['hand:2', 'hand:3', 'hand:5']);
    await tried.queue.add([order('hand:2')], 'bulk');
    await tried.queue.release(single);
    const again = await tried.queue.claim(lane('hand'), 100, 'single');
    expect(keys(again).sort()).toEqual(['hand:2', 'hand:3', 'hand:5']);
  });

  it('says apart how old the oldest in bulk is', async () => {
    const before = Date.now();
    await tried.queue.add([order('apart:1')], 'bulk');
    const [bulk] = await tried.backlog('apart');
    expect(bulk).toMatchObject({ waiting: 1, oldest: null });
    expect(Math.abs(Number(bulk?.oldestBulk) - before)).toBeLessThan(HOUR);
    await tried.queue.add([order('apart:2')]);
    expect((await tried.backlog('apart'))[0]?.oldest).not.toBeNull();
    await tried.queue.finish({
      ...nothing,
      jobs: await tried.queue.claim(lane('apart'), 100, 'single'),
    });
    expect(await tried.backlog('apart')).toMatchObject([{ waiting: 1, oldest: null }]);
    await tried.queue.finish({ ...nothing, jobs: await tried.claimed('apart') });
    expect(await tried.backlog('apart')).toMatchObject([{ oldest: null, oldestBulk: null }]);
  });

  it('has very many that are tried again at once wait in bulk, so that what the shop tells passes them', async () => {
    const { queue, issues } = tried;
    const failures = Array.from({ length: LEAST_IN_BULK }, (_, at) => failure(`many:${at + 1}`));
    await tried.run('many:9999', { failures: failures.slice(1) });
    await issues.queueAll('many');
    const first = await queue.claim(lane('many'), 1, 'single');
    expect(first).toHaveLength(1);
    await queue.finish({
      ...nothing,
      jobs: [...first, ...(await tried.claimed('many', LEAST_IN_BULK))],
    });
    await tried.run('many:9999', { failures });
    await issues.queueAll('many');
    expect(await queue.claim(lane('many'), 1, 'single')).toEqual([]);
    const waiting = (await tried.backlog('many')).filter(({ resource }) => resource === 'order');
    expect(waiting).toMatchObject([{ waiting: LEAST_IN_BULK, oldest: null }]);
  });

  it('has equal failures that are due again wait in bulk, and others not', async () => {
    const { queue, issues } = tried;
    const failures = Array.from({ length: GROUPING.least }, (_, at) => failure(`equal:${at + 1}`));
    await tried.run('equal:9999', { failures });
    await tried.run('equal:999', { failures: [failure('equal:77', { code: 'RECORD_BROKE' })] });
    await issues.group(GROUPING);
    await tried.pass(HOUR);
    await issues.queueDue();
    expect(keys(await queue.claim(lane('equal'), 100, 'single'))).toEqual(['equal:77']);
    expect(await tried.claimed('equal')).toHaveLength(GROUPING.least);
  });
});
