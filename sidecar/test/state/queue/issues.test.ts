import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../../src/errors/catalogue.ts';
import type { IssueStore } from '../../../src/ports/issues.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { failure, HOUR, keys, MINUTE, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

describe.each(queuePlaces)('issues in $name', ({ open }) => {
  const tried = openedBefore(open);

  it('opens an issue, counts its attempts, and closes it when its job is settled', async () => {
    await tried.run('issue:1', { failures: [failure('issue:1')] });
    await tried.run('issue:2', { failures: [failure('issue:2')] });
    await tried.pass(MINUTE);
    await tried.run('issue:1', { failures: [failure('issue:1', { recordId: 'a01' })] });
    const [second, first] = (await tried.unsaid('issue')).sort((a, b) => a.attempts - b.attempts);
    expect(second).toMatchObject({ ...failure('issue:2'), attempts: 1, state: 'open' });
    expect(first).toMatchObject({ ...failure('issue:1'), recordId: 'a01', attempts: 2 });
    const { firstSeen, lastSeen } = first ?? {};
    expect(Number(lastSeen) - Number(firstSeen)).toBeGreaterThanOrEqual(MINUTE);
    expect(await tried.openOf('issue')).toBe(2);
    await tried.run('issue:1');
    expect(await tried.openOf('issue')).toBe(1);
  });

  it('closes what was seen, by object and key, and nothing that failed again', async () => {
    const parts = ['seen:1', 'seen:2', 'seen:3'].map((key) => failure(key, { change: null }));
    const account = failure('seen:1', { key: 'Account seen:1', object: 'Account', change: null });
    await tried.run('seen:9', { failures: [...parts, account] });
    const seen = ['seen:1', 'seen:2'].map((key) => ({ object: 'Woo_Order__c', key }));
    await tried.run('seen:9', { seen, failures: [failure('seen:2', { change: null })] });
    const states = (await tried.unsaid('seen')).map(({ key, state }) => `${key} ${state}`);
    expect(states.sort()).toEqual([
      'Account seen:1 open',
      'Woo_Order__c seen:1 resolved',
      'Woo_Order__c seen:2 open',
      'Woo_Order__c seen:3 open',
    ]);
  });

  it('resolves issues with a reason, but for those that have failed again since', async () => {
    await tried.run('over:1', { failures: [failure('over:1'), failure('over:2')] });
    const read = await tried.issues.find({ store: 'over' }, 9);
    await tried.run('over:9', { failures: [failure('over:2')] });
    const said = { code: 'ISSUE_NOT_MAPPED', reason: 'Nothing \0 maps it.', cure: 'None.' };
    expect(await tried.issues.resolve(read.map((issue) => ({ ...issue, ...said })))).toBe(1);
    expect(await tried.issues.resolve([])).toBe(0);
    const [first, second] = (await tried.unsaid('over')).sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(first).toMatchObject({ state: 'resolved', code: said.code, cure: said.cure });
    expect(first?.version).toBe((read[0]?.version ?? 0) + 1);
    expect(second).toMatchObject({ state: 'open', code: failure('over:2').code, attempts: 2 });
    await tried.pass(HOUR);
    await tried.issues.queueDue();
    expect(keys(await tried.claimed('over'))).toEqual(['over:2']);
  });

  it('takes the last of two failures of one issue, and reasons with odd characters', async () => {
    const odd = { reason: 'nul \0 and half a pair \ud800' };
    await tried.run('odd:1', {
      failures: [failure('odd:1', { code: 'FIRST' }), failure('odd:1', odd)],
    });
    expect(await tried.unsaid('odd')).toHaveLength(1);
    expect((await tried.unsaid('odd'))[0]?.code).toBe('REQUIRED_FIELD_MISSING');
  });

  it('opens a resolved issue again: attempts go on, first seen is new', async () => {
    await tried.run('again:1', { failures: [failure('again:1')] });
    await tried.pass(HOUR);
    await tried.run('again:1');
    await tried.run('again:1', { failures: [failure('again:1')] });
    const [issue] = await tried.unsaid('again');
    expect(issue).toMatchObject({ state: 'open', attempts: 2 });
    expect(issue?.firstSeen).toEqual(issue?.lastSeen);
  });

  it('closes a conflict with what became of it, and with what both hold by now', async () => {
    const open = { code: 'CONFLICT_OPEN', kind: 'conflict', cure: 'Decide.' } as const;
    const values = { wooValue: 'Mug', salesforceValue: 'Cup' };
    const over = {
      code: 'CONFLICT_OVER',
      reason: 'Both hold the same.',
      cure: 'None.',
      wooValue: 'Cup',
      salesforceValue: 'Cup',
    };
    const failures = [1, 2, 3].map((n) => failure(`ended:${n}`, { ...open, ...values }));
    await tried.run('ended:9', { failures });
    const seen = ['ended:1', 'ended:2'].map((key) => ({ object: 'Woo_Order__c', key }));
    // What is settled closes only with its record, and a record that is in no conflict opens none.
    const settled = ['ended:1', 'ended:3', 'ended:4'].map((key) => failure(key, over));
    await tried.run('ended:9', { seen, settled });
    const [first, second, third] = (await tried.unsaid('ended')).sort((a, b) =>
      a.key < b.key ? -1 : 1,
    );
    expect(first).toMatchObject({ ...over, state: 'resolved', kind: 'conflict' });
    // Where nobody says more, the catalogue does.
    const { meaning, cure } = explanationOf('CONFLICT_OVER') ?? {};
    expect(second).toMatchObject({ code: 'CONFLICT_OVER', state: 'resolved', ...values, cure });
    expect(second?.reason).toBe(meaning);
    expect(third).toMatchObject({ ...open, ...values, state: 'open' });
    expect(await tried.issues.find({ keys: ['Woo_Order__c ended:4'] }, 9)).toEqual([]);
  });

  it('tells which issues it knows, open ones and resolved ones that were not said yet', async () => {
    const [one, two] = [failure('known:1'), failure('known:2')];
    await tried.run('known:9', { failures: [one, two] });
    await tried.issues.markReported(await tried.unsaid('known'));
    await tried.run('known:2');
    const asked = [one.key, two.key, 'order:Woo_Order__c:known:3'];
    expect(await tried.issues.known(asked)).toEqual(new Set([one.key, two.key]));
    await tried.issues.markReported(await tried.unsaid('known'));
    expect(await tried.issues.known(asked)).toEqual(new Set([one.key]));
    expect(await tried.issues.known([])).toEqual(new Set());
  });

  it('finds open issues by what is asked, in pages', async () => {
    const failures = ['find:1', 'find:2', 'find:3'].map((key) => failure(key));
    const item = failure('find:31', { change: order('find:3') });
    await tried.run('find:9', {
      failures: [...failures, item, failure('find:4', { change: null })],
    });
    await tried.run('find:2');
    const found = async (...requestedParents: Parameters<IssueStore['find']>) =>
      (await tried.issues.find(...requestedParents)).map(({ recordKey }) => recordKey);
    const all = ['find:1', 'find:3', 'find:31', 'find:4'];
    expect(await found({ store: 'find' }, 9)).toEqual(all);
    expect(await found({ store: 'find' }, 2)).toEqual(all.slice(0, 2));
    expect(await found({ store: 'find', after: 'Woo_Order__c find:3' }, 9)).toEqual(all.slice(2));
    expect(await found({ changeKeys: ['find:3', 'find:2'] }, 9)).toEqual(['find:3', 'find:31']);
    expect(await found({ keys: [item.key, failure('find:2').key] }, 9)).toEqual(['find:31']);
    expect(await found({ keys: [] }, 9)).toEqual([]);
  });
});
