import { describe, expect, it } from 'vitest';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { failure, HOUR, nothing } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('what is said of issues in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('says an open issue anew after a month, with no news and once', async () => {
    await tried.run('old:1', { failures: [failure('old:1')] });
    await tried.issues.markReported(await tried.unsaid('old'));
    await tried.pass(29 * 24 * HOUR);
    expect(await tried.unsaid('old')).toEqual([]);
    await tried.pass(24 * HOUR + 1000);
    expect(await tried.unsaid('old')).toMatchObject([{ attempts: 1, state: 'open' }]);
    await tried.issues.markReported(await tried.unsaid('old'));
    expect(await tried.unsaid('old')).toEqual([]);
  });

  it('counts no attempt of a conflict that was decided, which is said before it is written and again behind that', async () => {
    const decided = { code: 'CONFLICT_DECIDED', kind: 'conflict', retry: 'never' } as const;
    for (const over of [decided, decided, {}, {}])
      await tried.run('decide:1', { failures: [failure('decide:1', over)] });
    expect(await tried.unsaid('decide')).toMatchObject([{ attempts: 3 }]);
  });

  it('says an issue once, then its news at once and mere attempts once an hour', async () => {
    const fail = (over: Partial<IssueSeen> = {}) =>
      tried.run('say:1', { failures: [failure('say:1', over)] });
    const say = async () => tried.issues.markReported(await tried.unsaid('say'));
    await fail();
    expect(await tried.unsaid('say')).toHaveLength(1);
    await say();
    expect(await tried.unsaid('say')).toEqual([]);
    await fail();
    expect(await tried.unsaid('say')).toEqual([]);
    await tried.pass(HOUR + 1000);
    expect((await tried.unsaid('say'))[0]).toMatchObject({ attempts: 2 });
    await say();
    await fail({ reason: 'Another one.' });
    expect((await tried.unsaid('say'))[0]).toMatchObject({ attempts: 3, reason: 'Another one.' });
    await say();
    await fail({ code: 'ANOTHER', reason: 'Another one.' });
    expect((await tried.unsaid('say'))[0]).toMatchObject({ code: 'ANOTHER' });
    await say();
    await tried.run('say:1');
    expect((await tried.unsaid('say'))[0]).toMatchObject({ state: 'resolved' });
    await say();
    expect(await tried.unsaid('say')).toEqual([]);
    await fail();
    expect((await tried.unsaid('say'))[0]).toMatchObject({ attempts: 1, state: 'open' });
  });

  it('says a conflict again at once when either side holds another value', async () => {
    const name = { code: 'CONFLICT_OPEN', kind: 'conflict' } as const;
    const differ = async (wooValue: string | null, salesforceValue: string | null) => {
      const values = { ...name, wooValue, salesforceValue };
      await tried.run('both:1', { failures: [failure('both:1', values)] });
      const said = await tried.unsaid('both');
      await tried.issues.markReported(said);
      return said.map((issue) => [issue.wooValue, issue.salesforceValue]);
    };
    expect(await differ('Mug', 'Cup')).toEqual([['Mug', 'Cup']]);
    expect(await differ('Mug', 'Cup')).toEqual([]);
    expect(await differ('Mug', 'Jug')).toEqual([['Mug', 'Jug']]);
    expect(await differ(null, 'Jug')).toEqual([[null, 'Jug']]);
    expect(await differ(null, 'Jug')).toEqual([]);
    expect(await differ('Pot', 'Jug')).toEqual([['Pot', 'Jug']]);
  });

  it('does not take an older word for the newest', async () => {
    await tried.run('word:1', { failures: [failure('word:1')] });
    const first = await tried.unsaid('word');
    await tried.run('word:1');
    await tried.issues.markReported(first);
    const [resolved] = await tried.unsaid('word');
    expect(resolved).toMatchObject({ state: 'resolved' });
    expect(resolved?.version).toBeGreaterThan(first[0]?.version ?? Infinity);
  });

  it('tells whether there is news of issues', async () => {
    expect(await tried.queue.finish({ ...nothing, failures: [failure('news:1')] })).toBe(true);
    const object = failure('news:1').object;
    const seen = (key: string) => tried.queue.finish({ ...nothing, seen: [{ object, key }] });
    expect(await seen('news:2')).toBe(false);
    expect(await seen('news:1')).toBe(true);
    expect(await seen('news:1')).toBe(false);
  });

  it('hands out those that came and went unsaid last, so that what stands open is closed before', async () => {
    await tried.run('went:1', { failures: [failure('went:1')] });
    await tried.run('went:1');
    await tried.run('went:2', { failures: [failure('went:2')] });
    await tried.issues.markReported(
      (await tried.unsaid('went')).filter(({ recordKey }) => recordKey === 'went:2'),
    );
    await tried.run('went:2');
    await tried.run('went:3', { failures: [failure('went:3')] });
    const keys = (await tried.unsaid('went')).map(({ recordKey }) => recordKey);
    expect(keys).toEqual(['went:2', 'went:3', 'went:1']);
  });

  it('hands out no more issues than asked for', async () => {
    const many = Array.from({ length: 5 }, (_, n) => failure(`most:${n + 1}`));
    await tried.run('most:9', { failures: many });
    expect(await tried.issues.unreported(3)).toHaveLength(3);
  });
});
