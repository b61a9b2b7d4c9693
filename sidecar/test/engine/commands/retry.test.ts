import { describe, expect, it } from 'vitest';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { GROUPING } from '../../../src/sync/report/issue-group.ts';
import { heldLine, heldMapping } from '../../support/held.ts';
import { ORDER, failure, scene } from './record-scene.ts';

describe('retry', () => {
  async function withIssues(...failures: IssueSeen[]) {
    const failing = Map.groupBy(failures, ({ change }) => change?.key);
    const all = scene([], (key) => ({ failures: failing.get(key) ?? [] }));
    await all.queue.finish({ jobs: [], failures, seen: [], followUps: [] });
    return { ...all, fix: (key: string) => failing.delete(key) };
  }
  const customer = failure('main:5', {
    key: 'customer:Contact:main:5',
    resource: 'customer',
    object: 'Contact',
    change: { resource: 'customer', key: 'main:5' },
  });
  const item = failure('main:71', {
    key: 'order_item:x:main:71',
    resource: 'order_item',
    change: { resource: 'order', key: 'main:7' },
  });

  it('tries all open issues again, and counts what is resolved', async () => {
    const { run, fix, looked } = await withIssues(failure('main:7'), failure('main:8'), customer);
    fix('main:8');
    const command = await run('retry');
    expect(looked.sort()).toEqual(['main:5', 'main:7', 'main:8']);
    expect(command).toMatchObject({ State__c: 'done' });
    expect(String(command['Result__c']).split('\n')).toEqual([
      '3 open issues tried again: 1 resolved, 2 still open.',
      'customer main:5 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
      'order main:7 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
    ]);
  });

  it('lets what the shop tells pass very many of them', async () => {
    const ways: unknown[] = [];
    const failures = Array.from({ length: 1000 }, (_, at) => failure(`main:${at + 1}`));
    const { run, queue } = await withIssues(...failures);
    const add = queue.add.bind(queue);
    queue.add = (changes, how) => {
      ways.push(how);
      return add(changes, how);
    };
    await run('retry', { Resource__c: 'order', Arguments__c: '8' });
    expect(ways).not.toContain('bulk');
    await run('retry');
    expect(ways).toContain('bulk');
  });

  it('takes those of one resource, of which items are a part, or of some ids', async () => {
    const one = await withIssues(item, customer);
    await one.run('retry', { Resource__c: 'order' });
    expect(one.looked).toEqual(['main:7']);
    const two = await withIssues(failure('main:7'), failure('main:8'));
    await two.run('retry', { Resource__c: 'order', Arguments__c: '8' });
    expect(two.looked).toEqual(['main:8']);
    expect((await two.run('retry', { Store__c: 'moon' }))['State__c']).toBe('failed');
  });

  it('takes the one whose record it names', async () => {
    const { run, org, looked, fix } = await withIssues(failure('main:7'), failure('main:8'));
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: failure('main:8').key });
    fix('main:8');
    const command = await run('retry', { Record_Id__c: Id });
    expect(looked).toEqual(['main:8']);
    expect(command['Result__c']).toBe('1 open issue tried again: 1 resolved, 0 still open.');
    const again = await run('retry', { Record_Id__c: Id });
    expect(again['Result__c']).toBe('There is no open issue of a record to try again.');
    const strange = await run('retry', { Record_Id__c: ORDER });
    expect(strange['Result__c']).toMatch(/^COMMAND_ISSUE_UNKNOWN: Record ID holds "a01/);
  });

  it('takes all that an issue stands for, and never counts that one itself', async () => {
    const failures = Array.from({ length: 20 }, (_, at) => failure(`main:${at + 1}`));
    const { run, org, queue, looked } = await withIssues(...failures);
    await queue.group(GROUPING);
    const [group] = await queue.find({ prefix: GROUPING.prefix }, 1);
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: group?.key });
    const command = await run('retry', { Record_Id__c: Id });
    const text = '20 open issues tried again: 0 resolved, 20 still open.';
    expect(command['Result__c']).toContain(text);
    expect(new Set(looked)).toEqual(new Set(failures.map(({ recordKey }) => recordKey)));
    expect((await run('retry'))['Result__c']).toContain(text);
  });

  it('takes all that an issue stands for, be they thousands', async () => {
    const failures = Array.from({ length: 1200 }, (_, at) => failure(`main:${at + 1}`));
    const { run, org, queue } = await withIssues(...failures);
    await queue.group(GROUPING);
    const [group] = await queue.find({ prefix: GROUPING.prefix }, 1);
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: group?.key });
    queue.countOpen = () => Promise.resolve(0);
    const command = await run('retry', { Record_Id__c: Id });
    expect(command['Result__c']).toContain('1,200 open issues tried again: 0 resolved');
  });

  it('counts an order whose items only wait for it once, healed or not', async () => {
    const waiting = (at: number) =>
      failure(`main:${at}`, {
        key: `order_item:Woo_Order_Item__c:main:${at}`,
        resource: 'order_item',
        object: 'Woo_Order_Item__c',
        code: 'PARENT_MISSING',
        change: { resource: 'order', key: 'main:7' },
      });
    const orders = ['main:7', 'main:8', 'main:9'].map((key) => failure(key));
    const { run, fix, queue } = await withIssues(...orders, waiting(71), waiting(72));
    await queue.group(GROUPING);
    fix('main:8');
    fix('main:9');
    const command = await run('retry');
    expect(String(command['Result__c']).split('\n')).toEqual([
      '3 open issues tried again: 2 resolved, 1 still open.',
      'order main:7 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
    ]);
  });

  it('says of an issue whose mapping is held what it waits for, and what is wrong there', async () => {
    const { run, reloads } = await withIssues(customer, failure('main:7'));
    const held = heldMapping({ label: 'Contacts', resource: 'customer', object: 'Contact' });
    reloads.brings = { held: [held] };
    expect(String((await run('retry'))['Result__c']).split('\n')).toEqual([
      '2 open issues tried again: 0 resolved, 2 still open.',
      'customer main:5 is not in step, and its issue (STRING_TOO_LONG) waits until Contacts runs again.',
      'order main:7 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
      `Left out: ${heldLine('Contacts')}`,
    ]);
  });

  it('says which mappings are held, where no issue is one of a record', async () => {
    const { run, reloads, org } = await withIssues(
      failure('*:Contacts', { key: 'setup:mapping-held', resource: null, change: null }),
    );
    reloads.brings = { held: [heldMapping({ label: 'Contacts', resource: 'customer' })] };
    const said = [
      'There is no open issue of a record to try again.',
      `Left out: ${heldLine('Contacts')}`,
    ].join('\n');
    expect((await run('retry'))['Result__c']).toBe(said);
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: 'setup:mapping-held' });
    expect((await run('retry', { Record_Id__c: Id }))['Result__c']).toBe(said);
  });

  it('says which cannot be tried by themselves', async () => {
    const { run, looked } = await withIssues(failure('main:guest:1a2b', { change: null }));
    expect((await run('retry'))['Result__c']).toContain('1 issue of guests');
    expect(looked).toEqual([]);
  });
});
