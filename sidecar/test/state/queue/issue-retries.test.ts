import { describe, expect, it } from 'vitest';
import { queuePlaces } from '../support/queue-places.ts';
import { failure, HOUR, keys, MINUTE, nothing } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('retries of issues in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('tries a record again less and less often, and then not any more', async () => {
    for (const wait of [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR]) {
      await tried.run('slow:1', { failures: [failure('slow:1')] });
      await tried.pass(wait - 30_000);
      await tried.issues.queueDue();
      expect(await tried.claimed('slow')).toEqual([]);
      await tried.pass(31_000);
      await tried.issues.queueDue();
      const jobs = await tried.claimed('slow');
      expect(keys(jobs)).toEqual(['slow:1']);
      await tried.queue.release(jobs);
    }
    await tried.run('slow:1', { failures: [failure('slow:1')] });
    await tried.pass(1000 * HOUR);
    await tried.issues.queueDue();
    expect(await tried.claimed('slow')).toEqual([]);
    expect(await tried.openOf('slow')).toBe(1);
  });

  it('tries again every hour, or never, as the failure says; once per failure', async () => {
    const hourly = failure('retry:1', { retry: 'hourly' });
    const never = failure('retry:2', { retry: 'never' });
    const without = failure('retry:3', { change: null });
    for (let round = 0; round < 8; round += 1) {
      await tried.run('retry:9', { failures: [hourly, never, without] });
      await tried.pass(HOUR + 1000);
      await tried.issues.queueDue();
      const jobs = await tried.claimed('retry');
      expect(keys(jobs)).toEqual(['retry:1']);
      await tried.pass(30 * MINUTE);
      await tried.issues.queueDue();
      await tried.queue.finish({ ...nothing, jobs, failures: [hourly] });
      expect(await tried.claimed('retry')).toEqual([]);
    }
  });

  it('does not try again what was resolved', async () => {
    await tried.run('done:1', { failures: [failure('done:1')] });
    await tried.run('done:1');
    await tried.pass(HOUR);
    await tried.issues.queueDue();
    await tried.issues.queueAll('done');
    expect(await tried.claimed('done')).toEqual([]);
  });

  it('queues the records of all open issues of a store', async () => {
    const never = { retry: 'never' } as const;
    const failures = ['all:1', 'all:2'].map((key) => failure(key, never));
    await tried.run('all:9', { failures: [...failures, failure('all:3', { change: null })] });
    await tried.run('else:9', { failures: [failure('else:1', never)] });
    await tried.issues.queueAll('all');
    expect(keys(await tried.claimed('all')).sort()).toEqual(['all:1', 'all:2']);
    expect(await tried.claimed('else')).toEqual([]);
  });
});
