import { describe, expect, it } from 'vitest';
import { queuePlaces } from '../support/queue-places.ts';
import { HOUR, keys, lane, lookedAt, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';
import { verified } from '../../support/links.ts';

describe.each(queuePlaces)('claims of jobs in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('keeps one job per key, and hands out the oldest first', async () => {
    await tried.queue.add([order('coal:1')]);
    await tried.pass(1000);
    await tried.queue.add([order('coal:2'), order('coal:1'), order('coal:2')]);
    await tried.pass(1000);
    await tried.queue.add([order('coal:3')]);
    expect(keys(await tried.claimed('coal', 2))).toEqual(['coal:1', 'coal:2']);
    expect(keys(await tried.claimed('coal'))).toEqual(['coal:3']);
    expect(await tried.claimed('coal')).toEqual([]);
  });

  it('hands out those that came together in the same order each time', async () => {
    const together = Array.from({ length: 12 }, (_, at) => `ties:${at + 10}`);
    await tried.queue.add(together.map(order));
    expect(keys(await tried.claimed('ties'))).toEqual(together);
  });

  it('holds back a newer change event of a key until its job is settled', async () => {
    await tried.queue.add([order('busy:1')]);
    const jobs = await tried.claimed('busy');
    await tried.queue.add([order('busy:1'), order('busy:2')]);
    expect(keys(await tried.claimed('busy'))).toEqual(['busy:2']);
    await tried.queue.finish({ ...nothing, jobs });
    expect(keys(await tried.claimed('busy'))).toEqual(['busy:1']);
  });

  it('takes settled jobs off and adds what is to be looked at next', async () => {
    await tried.run('next:1', { followUps: [order('next:2'), order('next:1')] });
    expect(keys(await tried.claimed('next')).sort()).toEqual(['next:1', 'next:2']);
  });

  it('releases jobs no younger than they were, but for keys that wait already', async () => {
    await tried.queue.add([order('back:1'), order('back:2')]);
    const jobs = await tried.claimed('back');
    await tried.pass(HOUR);
    await tried.queue.add([order('back:2'), order('back:3')]);
    await tried.queue.release(jobs);
    const again = await tried.claimed('back');
    expect(keys(again).sort()).toEqual(['back:1', 'back:2', 'back:3']);
    expect(again[0]?.reportedAt).toEqual(jobs[0]?.reportedAt);
    await tried.queue.release(jobs);
    expect(await tried.claimed('back')).toEqual([]);
  });

  it('keeps the rounds of our own work until somebody else asks, through outages too', async () => {
    const rounds = { count: 3, since: '2026-03-01T10:00:00.000Z' };
    const own = [
      { ...order('rounds:1'), rounds },
      { ...order('rounds:2'), rounds },
    ];
    await tried.run('rounds:9', { followUps: own });
    await tried.queue.add([order('rounds:2')]);
    const jobs = await tried.claimed('rounds');
    expect(jobs.map((job) => [job.key, job.rounds?.count]).sort()).toEqual([
      ['rounds:1', 3],
      ['rounds:2', undefined],
    ]);
    await tried.queue.release(jobs);
    const again = await tried.claimed('rounds');
    expect(again.map((job) => [job.key, job.rounds]).sort()).toEqual([
      ['rounds:1', rounds],
      ['rounds:2', undefined],
    ]);
    // What people report is not counted among them because our own work asks too.
    await tried.queue.add([order('rounds:1')]);
    await tried.queue.finish({ ...nothing, jobs: again, followUps: own });
    const last = await tried.claimed('rounds');
    expect(last.map((job) => [job.key, job.rounds?.count]).sort()).toEqual([
      ['rounds:1', undefined],
      ['rounds:2', 3],
    ]);
    await tried.queue.finish({ ...nothing, jobs: last });
  });

  it('settles, keeps and releases jobs of several queues at once', async () => {
    const changed = ['lane-a:1', 'lane-b:1', 'lane-b:2'].map(order);
    await tried.queue.add(changed);
    const all = [...(await tried.claimed('lane-a')), ...(await tried.claimed('lane-b'))];
    await tried.queue.heartbeat(all);
    await tried.queue.release(all);
    const again = [...(await tried.claimed('lane-a')), ...(await tried.claimed('lane-b'))];
    expect(keys(again).sort()).toEqual(keys(changed));
    await tried.queue.finish({ ...nothing, jobs: again });
    expect([...(await tried.backlog('lane-a')), ...(await tried.backlog('lane-b'))]).toEqual([
      { ...lane('lane-a'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
      { ...lane('lane-b'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
    ]);
  });

  it('queues again what another process took over, and forgets what was written', async () => {
    const saved = {
      object: 'Woo_Order__c',
      recordId: 'a',
      ...verified('h'),
      byId: false,
      readNumber: 1,
    };
    const item = { ...saved, object: 'Item', key: 'lost:7', parentKey: 'lost:1' };
    const other = { ...saved, key: 'lost:2', parentKey: null };
    const customer = { ...saved, object: 'Contact', key: 'lost:1', parentKey: null };
    await tried.state.didWrite(
      [{ ...saved, key: 'lost:1', parentKey: null }, item, other, customer],
      [],
    );
    const hashes = async (object: string, ...of: string[]) => {
      const links = await tried.state.links(object, of);
      return of.map((key) => links.get(key)?.hash);
    };
    await tried.queue.add([order('lost:1')]);
    const jobs = await tried.claimed('lost');
    await tried.lapse();
    const taken = await tried.claimed('lost');
    expect(keys(taken)).toEqual(['lost:1']);
    const writtenTo = [
      ...lookedAt,
      { resource: 'order_item', object: 'Item' },
      { resource: 'customer', object: 'Contact' },
    ] as const;
    await tried.queue.finish({ ...nothing, jobs, writtenTo });
    expect(await hashes('Woo_Order__c', 'lost:1', 'lost:2')).toEqual([null, 'h']);
    expect(await hashes('Item', 'lost:7')).toEqual([null]);
    // The customer 1 is another record than the order 1.
    expect(await hashes('Contact', 'lost:1')).toEqual(['h']);
    expect(await tried.claimed('lost')).toEqual([]);
    await tried.queue.release(jobs);
    await tried.queue.finish({ ...nothing, jobs: taken });
    expect(keys(await tried.claimed('lost'))).toEqual(['lost:1']);
    // Where nobody says what was written, anything with the key may have been.
    await tried.queue.finish({ ...nothing, jobs });
    expect(await hashes('Contact', 'lost:1')).toEqual([null]);
  });

  it('goes on from the fewest rounds of those that ask for a record, which have news of it', async () => {
    const rounds = (count: number) => ({ count, since: '2026-03-01T10:00:00.000Z' });
    const asked = (first: number, second: number, third: number) => [
      { ...order('fewest:1'), rounds: rounds(first) },
      { ...order('fewest:2'), rounds: rounds(second) },
      { ...order('fewest:3'), rounds: rounds(third) },
    ];
    await tried.queue.finish({ ...nothing, jobs: [], followUps: asked(12, 1, 4) });
    await tried.queue.add([order('fewest:3')]);
    await tried.queue.finish({ ...nothing, jobs: [], followUps: asked(1, 12, 4) });
    const jobs = await tried.claimed('fewest');
    expect(jobs.map((job) => [job.key, job.rounds?.count]).sort()).toEqual([
      ['fewest:1', 1],
      ['fewest:2', 1],
      ['fewest:3', undefined],
    ]);
    await tried.queue.finish({ ...nothing, jobs });
  });

  it('counts the rounds of what another process took over, and of what was never counted', async () => {
    // Of the same hour by any clock of these tests, which pass hours.
    const rounds = { count: 3, since: '2999-01-01T00:00:00.000Z' };
    await tried.run('over:9', { followUps: [{ ...order('over:1'), rounds }] });
    await tried.queue.add([order('over:2')]);
    const jobs = await tried.claimed('over');
    await tried.lapse();
    const taken = await tried.claimed('over');
    // Who took over has them looked at again too; whoever ends last begins no count anew.
    const next = [3, 0].map((count, at) => ({
      ...order(`over:${at + 1}`),
      rounds: { ...rounds, count: count + 1 },
    }));
    await tried.queue.finish({ ...nothing, jobs: taken, followUps: next });
    await tried.queue.finish({ ...nothing, jobs });
    const waiting = await tried.claimed('over');
    const counts = (of: typeof waiting) => of.map((job) => [job.key, job.rounds?.count]).sort();
    expect(counts(waiting)).toEqual([
      ['over:1', 4],
      ['over:2', 1],
    ]);
    await tried.lapse();
    const again = await tried.claimed('over');
    await tried.queue.finish({ ...nothing, jobs: waiting });
    await tried.queue.finish({ ...nothing, jobs: again });
    const last = await tried.claimed('over');
    expect(counts(last)).toEqual([
      ['over:1', 5],
      ['over:2', 2],
    ]);
    expect(last.find(({ key }) => key === 'over:1')?.rounds?.since).toBe(rounds.since);
    await tried.queue.finish({ ...nothing, jobs: last });
  });

  it('hands out one job of a key at a time, also where a dead process has left one', async () => {
    await tried.queue.add(['one:1', 'one:2'].map(order));
    expect(keys(await tried.claimed('one')).sort()).toEqual(['one:1', 'one:2']);
    await tried.queue.add([order('one:1')]);
    await tried.lapse();
    const [first, ...others] = [await tried.claimed('one'), await tried.claimed('one')];
    expect(keys(first).sort()).toEqual(['one:1', 'one:2']);
    expect(others).toEqual([[]]);
    await tried.queue.finish({ ...nothing, jobs: first });
    const last = await tried.claimed('one');
    expect(keys(last)).toEqual(['one:1']);
    await tried.queue.finish({ ...nothing, jobs: last });
  });

  it('does nothing for nothing', async () => {
    await tried.queue.add([]);
    await tried.queue.heartbeat([]);
    await tried.queue.release([]);
    await tried.queue.finish(nothing);
    await tried.issues.markReported([]);
    expect(await tried.claimed('none')).toEqual([]);
  });
});
