import { describe, expect, it } from 'vitest';
import { openQueue } from '../../../src/state/queue/queue.ts';
import { openState } from '../../../src/state/state.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { GROUPING, isOfPart } from '../../../src/sync/report/issue-group.ts';
import { engines } from '../support/engines.ts';
import { queuePlaces } from '../support/queue-places.ts';
import { failure, HOUR, keys, nothing, order } from '../support/queued-orders.ts';
import { openedBefore } from '../support/tried-queue.ts';

const groupKey = (store: string) => `group:order:Woo_Order__c:${store}#REQUIRED_FIELD_MISSING.Name`;

it.each(engines)('stands for equal failures over a restart, in $name', async ({ start }) => {
  const engine = await start();
  const open = async () => {
    const state = await openState(engine.location);
    const queue = await openQueue(state, { onProblem: () => undefined });
    const close = async () => {
      await queue.close();
      await state.close();
    };
    return { ...queue, close };
  };
  const failures = Array.from({ length: 20 }, (_, at) => failure(`main:${at + 1}`));
  const before = await open();
  await before.queue.finish({ ...nothing, failures });
  await before.issues.group(GROUPING);
  await before.issues.markReported(await before.issues.unreported(99));
  await before.close();
  const after = await open();
  await after.issues.group(GROUPING);
  expect(await after.issues.unreported(99)).toEqual([]);
  await after.queue.finish({ ...nothing, seen: [{ object: 'Woo_Order__c', key: 'main:1' }] });
  await after.issues.group(GROUPING);
  const said = await after.issues.unreported(99);
  const stillOpen = said.filter(({ state }) => state === 'open');
  expect(stillOpen.map(({ recordKey }) => recordKey)).not.toContain('main:1');
  expect(stillOpen).toHaveLength(19);
  await after.close();
  await engine.stop();
});

describe.each(queuePlaces)('issues that stand for equal failures in $name', ({ open }) => {
  const tried = openedBefore(open);
  const states = async (store: string) =>
    (await tried.unsaid(store)).map((one) => `${one.state} ${one.absorbedBy ?? 'alone'}`);

  it('has one issue stand for twenty equal failures, and closes those that were said', async () => {
    await tried.flood('flood', 19);
    await tried.issues.group(GROUPING);
    expect(await states('flood')).toEqual(Array(19).fill('open alone'));
    await tried.issues.markReported((await tried.unsaid('flood')).slice(0, 5));
    await tried.run('flood:20', { failures: [failure('flood:20', { retry: 'hourly' })] });
    await tried.issues.group(GROUPING);
    const said = await tried.unsaid('flood');
    const group = said.find(({ key }) => key === groupKey('flood'));
    expect(group).toMatchObject({ state: 'open', store: 'flood', code: 'REQUIRED_FIELD_MISSING' });
    expect(group?.reason).toMatch(
      /^20 records .* at Woo_Order__c\.Name: REQUIRED_FIELD_MISSING\.\n/,
    );
    const named = /Among them: (.*)\./.exec(group?.reason ?? '')?.[1]?.split(', ');
    expect(named).toHaveLength(5);
    expect(named?.every((key) => /^flood:\d+$/.test(key))).toBe(true);
    expect(said.filter(({ absorbedBy }) => absorbedBy === groupKey('flood'))).toHaveLength(5);
    expect(said).toHaveLength(6);
    expect(await tried.openOf('flood')).toBe(1);
    const causesBut = async (...ignored: string[]) =>
      (await tried.issues.causes(['group:'], ignored)).filter((one) => one.store === 'flood');
    const causes = await causesBut();
    expect(causes).toMatchObject([
      { resource: 'order', code: 'REQUIRED_FIELD_MISSING', count: 20, toDecide: false },
    ]);
    expect(Number(causes[0]?.oldest)).not.toBeNaN();
    const [ignored = ''] = said.flatMap(({ key, absorbedBy }) => (absorbedBy === null ? [] : key));
    expect(await causesBut(ignored)).toMatchObject([{ count: 19 }]);
    // Who ignores the issue that stands for them ignores them all.
    expect(await causesBut(groupKey('flood'))).toEqual([]);
    await tried.issues.markReported(said);
    await tried.issues.group(GROUPING);
    expect(await tried.unsaid('flood')).toEqual([]);
  });

  it('groups anew by whatever of an issue has changed, and what came while it was at work', async () => {
    await tried.flood('anew', 20);
    await tried.issues.group(GROUPING);
    expect(await tried.openOf('anew')).toBe(1);
    for (const [at, over] of [
      { code: 'ANOTHER' },
      { field: 'Other__c' },
      { wooValue: 'of the shop' },
      { salesforceValue: 'of the org' },
    ].entries()) {
      const key = 'anew:1';
      await tried.run(key, { failures: [failure(key, { retry: 'hourly', ...over })] });
      await tried.issues.group(GROUPING);
      expect([at, await tried.openOf('anew')]).toEqual([at, 20]);
      await tried.run(key, { failures: [failure(key, { retry: 'hourly' })] });
      await tried.issues.group(GROUPING);
      expect([at, await tried.openOf('anew')]).toEqual([at, 1]);
    }
    const [one] = await tried.issues.find({ store: 'anew', keys: [failure('anew:2').key] }, 1);
    await tried.issues.resolve(one === undefined ? [] : [one]);
    await tried.issues.group(GROUPING);
    expect(await tried.openOf('anew')).toBe(19);
    await Promise.all([
      tried.run('anew:2', { failures: [failure('anew:2', { retry: 'hourly' })] }),
      tried.issues.group(GROUPING),
    ]);
    await tried.issues.group(GROUPING);
    expect(await tried.openOf('anew')).toBe(1);
  });

  it('goes on to try the records that an issue stands for, and finds them by it', async () => {
    await tried.flood('tries', 20);
    await tried.issues.group(GROUPING);
    await tried.issues.markReported(await tried.unsaid('tries'));
    expect(await tried.issues.changesOf([groupKey('tries')])).toHaveLength(20);
    expect(await tried.issues.find({ withGroup: groupKey('tries') }, 99)).toHaveLength(21);
    expect(await tried.issues.find({ keys: [groupKey('tries')] }, 99)).toHaveLength(1);
    expect(await tried.issues.find({ changeKeys: ['tries:7'] }, 9)).toHaveLength(1);
    await tried.pass(HOUR + 1000);
    await tried.issues.queueDue();
    const jobs = await tried.claimed('tries');
    expect(jobs).toHaveLength(20);
    await tried.queue.finish({ ...nothing, jobs, failures: [] });
    await tried.issues.group(GROUPING);
    const over = await tried.unsaid('tries');
    expect(over.every(({ state }) => state === 'resolved')).toBe(true);
    expect(over.map(({ key }) => key)).toContain(groupKey('tries'));
    expect(await tried.openOf('tries')).toBe(0);
  });

  it('has each stand for itself again when they are fewer, or fail in another way', async () => {
    await tried.flood('fewer', 20);
    await tried.issues.group(GROUPING);
    await tried.issues.markReported(await tried.unsaid('fewer'));
    await tried.run('fewer:1', { failures: [failure('fewer:1', { code: 'ANOTHER' })] });
    await tried.issues.group(GROUPING);
    const said = await tried.unsaid('fewer');
    expect(said.find(({ key }) => key === groupKey('fewer'))?.state).toBe('resolved');
    expect(
      said.filter(({ state, absorbedBy }) => state === 'open' && absorbedBy === null),
    ).toHaveLength(20);
    await tried.issues.markReported(said);
    expect(await tried.unsaid('fewer')).toEqual([]);
    expect(await tried.openOf('fewer')).toBe(20);
  });

  it('says news of how many there are, and nothing where only attempts are more', async () => {
    await tried.flood('count', 20);
    await tried.issues.group(GROUPING);
    await tried.issues.markReported(await tried.unsaid('count'));
    await tried.flood('count', 20);
    await tried.issues.group(GROUPING);
    expect(await tried.unsaid('count')).toEqual([]);
    await tried.flood('count', 22);
    await tried.issues.group(GROUPING);
    const said = await tried.unsaid('count');
    expect(keys(said)).toEqual([groupKey('count')]);
    expect(said[0]?.reason).toMatch(/^22 records/);
  });

  it('counts no failures of other stores, fields and codes, nor what needs a decision for each', async () => {
    await tried.flood('alike', 10);
    await tried.flood('unlike', 10);
    await tried.flood('alike', 10, { field: null });
    for (const over of [{ kind: 'conflict', wooValue: 'a' }, { kind: 'ambiguous' }] as const)
      await tried.flood(over.kind, 25, over);
    await tried.flood('orphaned', 25, { salesforceValue: 'orphaned:1' });
    await tried.flood('standing', 25, { resource: null, kind: 'setup' });
    const held = Array.from({ length: 25 }, (_, at) =>
      failure(`held:${at + 1}`, { key: `setup:Woo_Object_Mapping__mdt:M${at}`, kind: 'setup' }),
    );
    await tried.queue.finish({ ...nothing, failures: held });
    await tried.issues.group(GROUPING);
    const open = await tried.issues.find({ prefix: 'group:' }, 99);
    const stores = ['alike', 'unlike', 'conflict', 'ambiguous', 'orphaned', 'standing', 'held'];
    expect(open.filter(({ store }) => stores.includes(store))).toEqual([]);
  });
});

describe.each(queuePlaces)('parts of an order that is refused, in $name', ({ open }) => {
  const tried = openedBefore(open);
  /** Items `1` and so on of an order, which cannot be without it; the refund is one more part. */
  const waiting = (orderKey: string, ...names: readonly string[]) =>
    names.map((name) => {
      const [store = ''] = orderKey.split(':');
      const resource = name.startsWith('r') ? ('refund' as const) : ('order_item' as const);
      return failure(`${store}:${name}`, {
        key: `${resource} ${orderKey} ${name}`,
        resource,
        object: 'Part__c',
        field: 'Order__c',
        code: 'PARENT_MISSING',
        reason: 'It is not there.',
        change: order(orderKey),
      });
    });
  const parts = ['1', '2', '3', '4', '5', 'r6', 'r7'];
  const said = async (store: string) => {
    await tried.issues.group(GROUPING);
    const all = await tried.unsaid(store);
    await tried.issues.markReported(all);
    return all.filter(({ state, absorbedBy }) => state === 'open' && absorbedBy === null);
  };
  const shown = async (store: string) =>
    (await said(store)).map(({ key, parts: those }) => [key, those.length]);
  const refused = failure;

  it('are part of its issue, which names them, and heal as one', async () => {
    const failures = [refused('one:1'), ...waiting('one:1', ...parts)];
    await tried.run('one:1', { failures });
    const [issue, ...more] = await said('one');
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ recordKey: 'one:1', code: 'REQUIRED_FIELD_MISSING' });
    expect(issue?.parts.toSorted()).toEqual([
      'order_item one:1',
      'order_item one:2',
      'order_item one:3',
      'order_item one:4',
      'order_item one:5',
      'refund one:r6',
      'refund one:r7',
    ]);
    expect(await tried.openOf('one')).toBe(1);
    expect(await tried.issues.changesOf([String(issue?.key)])).toEqual([order('one:1')]);
    await tried.issues.queueDue();
    const lookedAt = [
      { resource: 'order', object: 'Woo_Order__c' },
      { resource: 'order_item', object: 'Part__c' },
      { resource: 'refund', object: 'Part__c' },
    ] as const;
    await tried.run('one:1', { lookedAt });
    await tried.issues.group(GROUPING);
    const over = await tried.unsaid('one');
    expect(over.map(({ state }) => state)).toContain('resolved');
    expect(over.filter(({ state }) => state === 'open')).toEqual([]);
    expect(await tried.openOf('one')).toBe(0);
  });

  it('say news where they come or go, and none where nothing has changed', async () => {
    await tried.run('news:1', { failures: [refused('news:1'), ...waiting('news:1', '1')] });
    expect(await shown('news')).toEqual([['Woo_Order__c news:1', 1]]);
    await tried.run('news:1', { failures: [refused('news:1'), ...waiting('news:1', '1')] });
    expect(await shown('news')).toEqual([]);
    await tried.run('news:1', { failures: [refused('news:1'), ...waiting('news:1', '1', 'r2')] });
    expect(await shown('news')).toEqual([['Woo_Order__c news:1', 2]]);
  });

  it('that are refused for a reason of their own, or wait for another order, stand for themselves', async () => {
    const [own, ...others] = [...waiting('own:1', '1', '2'), ...waiting('own:8', '81')];
    const failures = [
      refused('own:1'),
      ...[own].flatMap((one) => one ?? []).map((one) => ({ ...one, code: 'STRING_TOO_LONG' })),
      ...others,
    ];
    await tried.run('own:1', { failures });
    expect((await shown('own')).toSorted()).toEqual([
      ['Woo_Order__c own:1', 1],
      ['order_item own:1 1', 0],
      ['order_item own:8 81', 0],
    ]);
    // Nor are they hidden by a conflict about an order that is there, or once their order is not refused any more.
    const conflict = refused('own:8', { kind: 'conflict' });
    await tried.run('own:8', { failures: [conflict, ...waiting('own:8', '81')] });
    expect(await shown('own')).toEqual([['Woo_Order__c own:8', 0]]);
    await tried.run('own:1', {
      seen: [{ object: 'Woo_Order__c', key: 'own:1' }],
      failures: others,
    });
    expect((await shown('own')).toSorted()).toEqual([['order_item own:1 2', 0]]);
  });

  it('are counted by the issue that stands for many such orders, and are ignored with it', async () => {
    const orders = Array.from({ length: 20 }, (_, at) => `many:${at + 100}`);
    const failures = orders.flatMap((key) => [refused(key), ...waiting(key, `${key.slice(5)}0`)]);
    await tried.run('many:100', { failures });
    const [group, ...more] = await said('many');
    expect(more).toEqual([]);
    expect(group).toMatchObject({ key: groupKey('many') });
    expect(group?.reason).toMatch(/^20 records \(order\)/);
    expect(await tried.openOf('many')).toBe(1);
    expect(await tried.issues.changesOf([groupKey('many')])).toHaveLength(20);
    const causes = await tried.issues.causes(['group:'], [groupKey('many')]);
    expect(causes.filter(({ store }) => store === 'many')).toEqual([]);
  });
});

describe.each(queuePlaces)('variations of a product that is refused, in $name', ({ open }) => {
  const tried = openedBefore(open);
  const product = (key: string): ChangeEvent => ({ resource: 'product', key });
  const refused = (recordKey: string, over: Partial<IssueSeen> = {}) =>
    failure(recordKey, {
      key: `Product2 ${recordKey}`,
      resource: 'product',
      object: 'Product2',
      change: product(recordKey),
      ...over,
    });
  /** Of the product with that key. */
  const variation = (recordKey: string, wholeKey: string, over: Partial<IssueSeen> = {}) =>
    refused(recordKey, { code: 'PARENT_MISSING', field: 'Parent__c', wholeKey, ...over });
  const shown = async (store: string) => {
    await tried.issues.group(GROUPING);
    const all = await tried.unsaid(store);
    await tried.issues.markReported(all);
    const alone = all.filter(({ state, absorbedBy }) => state === 'open' && absorbedBy === null);
    return alone.map(({ key, parts }) => [key, parts.toSorted()]).sort();
  };

  it('are part of its issue, which names them; those refused for a reason of their own are not', async () => {
    const own = variation('p:13', 'p:1', { code: 'STRING_TOO_LONG' });
    const other = variation('p:81', 'p:8');
    const parts = [variation('p:11', 'p:1'), variation('p:12', 'p:1')];
    await tried.run('p:99', { failures: [refused('p:1'), ...parts, own, other] });
    expect(await shown('p')).toEqual([
      ['Product2 p:1', ['product p:11', 'product p:12']],
      ['Product2 p:13', []],
      ['Product2 p:81', []],
    ]);
    expect(await tried.openOf('p')).toBe(3);
    const again = await tried.issues.changesOf(['Product2 p:1']);
    expect(again.map(({ key }) => key).sort()).toEqual(['p:1', 'p:11', 'p:12']);
  });

  it('are looked at as soon as it is written, and heal', async () => {
    const parts = [variation('heal:11', 'heal:1'), variation('heal:12', 'heal:1')];
    await tried.run('heal:99', {
      failures: [refused('heal:1'), ...parts, variation('heal:81', 'heal:8')],
    });
    await tried.issues.group(GROUPING);
    await tried.queue.add([product('heal:1')]);
    const lane = { store: 'heal', resource: 'product' } as const;
    const jobs = await tried.queue.claim(lane, 9);
    expect(jobs.map(({ key }) => key)).toEqual(['heal:1']);
    await tried.queue.finish({ ...nothing, jobs, seen: [{ object: 'Product2', key: 'heal:1' }] });
    const next = await tried.queue.claim(lane, 9);
    expect(next.map(({ key }) => key).sort()).toEqual(['heal:11', 'heal:12']);
    const seen = next.map(({ key }) => ({ object: 'Product2', key }));
    await tried.queue.finish({ ...nothing, jobs: next, seen });
    expect(await tried.openOf('heal')).toBe(1);
    expect(await tried.queue.claim(lane, 9)).toEqual([]);
  });

  it('are counted by the issue that stands for many such products, and are ignored with it', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => at + 100);
    const failures = ids.flatMap((id) => [
      refused(`flood:${id}`),
      variation(`flood:${id}1`, `flood:${id}`),
    ]);
    await tried.run('flood:99', { failures });
    const group = 'group:product:Product2:flood#REQUIRED_FIELD_MISSING.Name';
    expect(await shown('flood')).toEqual([[group, []]]);
    const parts = await tried.issues.find({ withGroup: group }, 99);
    const ofPart = parts.filter((issue) => isOfPart(issue)).map(({ recordKey }) => recordKey);
    expect(ofPart.toSorted()).toEqual(ids.map((id) => `flood:${id}1`));
    expect(await tried.issues.causes(['group:'], [group])).not.toContainEqual(
      expect.objectContaining({ store: 'flood' }),
    );
  });

  it('are twenty of a kind where their products are not refused', async () => {
    const failures = Array.from({ length: 20 }, (_, at) =>
      variation(`alone:${at + 100}`, 'alone:1'),
    );
    await tried.run('alone:99', { failures });
    const group = 'group:product:Product2:alone#PARENT_MISSING.Parent__c';
    expect(await shown('alone')).toEqual([[group, []]]);
    const members = await tried.issues.find({ withGroup: group }, 99);
    expect(members.filter((issue) => isOfPart(issue))).toEqual([]);
  });
});
