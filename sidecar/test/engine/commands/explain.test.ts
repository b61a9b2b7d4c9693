import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Trace } from '../../../src/mapping/model/trace.ts';
import { heldLine, heldMapping } from '../../support/held.ts';
import { verified } from '../../support/links.ts';
import { orders, world } from './world.ts';

const ORDER = 'a01000000000007AAA';

function trace(record: WooRecord): Trace {
  const field = { attribute: 'billing.email', transform: 'none', writeWhen: 'always' } as const;
  const value = record['email'];
  return {
    key: `main:${String(record['id'])}`,
    logic: null,
    met: true,
    lookups: [],
    problems: [],
    conditions: [
      {
        position: 1,
        attribute: 'status',
        operator: 'equals',
        expected: 'completed',
        otherAttribute: null,
        actual: record['status'],
        met: true,
      },
    ],
    fields: [
      {
        ...field,
        field: 'Name',
        kind: 'attribute',
        source: value,
        transformed: value,
        result: value,
        problem: null,
        defaultUsed: false,
        cut: false,
        note: null,
      },
    ],
  } as unknown as Trace;
}

function scene() {
  const order = { id: 7, status: 'completed', email: 'ada@example.com', refunds: [] };
  const explained = { ...orders, explain: trace };
  return world({ lists: { orders: [order] }, mappings: [explained] });
}

describe('explain', () => {
  it('says line by line what becomes of a record, and writes nothing', async () => {
    const { run, org } = scene();
    const command = await run('explain', { Resource__c: 'order', Arguments__c: '7' });
    expect(command).toMatchObject({ State__c: 'done' });
    expect(String(command['Result__c']).split('\n')).toEqual([
      'Store main (https://shop.example). Nothing was written.',
      '',
      'Order 7 through Woo_Order__c → Woo_Order__c: would be created.',
      'Salesforce has no record with its key, and none matches.',
      'Conditions: met',
      '  1. status equals "completed": yes, it is "completed"',
      '• Name ← billing.email "a…@example.com": "a…@example.com"',
      '',
      'Lead of the buyer (Lead Rule: leave): Leads are left alone.',
    ]);
    expect(org.of('Woo_Order__c')).toEqual([]);
  });

  it('takes the id of the record in Salesforce', async () => {
    const { run, org } = scene();
    org.of('Woo_Order__c').push({ Id: ORDER, Woo_Key__c: 'main:7', Name: 'ada@example.com' });
    const { Result__c } = await run('explain', { Record_Id__c: ORDER });
    expect(Result__c).toContain(`Its record is ${ORDER}.`);
    expect(Result__c).toContain('In Salesforce: the same');
  });

  it('says which mappings of the store cannot run', async () => {
    const { run, reloads } = scene();
    reloads.brings = { held: [heldMapping({ label: 'More orders' })] };
    const seven = { Resource__c: 'order', Arguments__c: '7' };
    expect((await run('explain', seven))['Result__c']).toContain(`\n${heldLine('More orders')}\n`);
    reloads.brings = { held: [heldMapping({ store: 'outlet' })] };
    expect((await run('explain', seven))['Result__c']).not.toContain('is held');
  });

  it('says of a record whose mapping is held that nothing is written, also by its id', async () => {
    const { run, reloads, state, org } = world({
      lists: { products: [{ id: 9, name: 'Cap', variations: [] }] },
      mappings: [orders],
    });
    const held = heldMapping({ label: 'Products', resource: 'product', object: 'Product2' });
    reloads.brings = { held: [held] };
    const said = [
      heldLine('Products'),
      '',
      'Product 9: nothing is written, since Products is held.',
    ];
    const nine = await run('explain', { Resource__c: 'product', Arguments__c: '9' });
    expect(String(nine['Result__c']).split('\n').slice(1)).toEqual(said);
    const link = { object: 'Product2', key: 'main:9', recordId: '01t000000000009AAA' };
    const known = { ...verified('x'), parentKey: null, byId: false, readNumber: 0 };
    state.saved.set('Product2 main:9', { ...link, ...known });
    org.of('Product2').push({ Id: link.recordId, Woo_Key__c: link.key });
    const byId = await run('explain', { Record_Id__c: link.recordId });
    expect(String(byId['Result__c']).split('\n').slice(1)).toEqual(said);
  });

  it('says which of its mappings write to the same place', async () => {
    const { run, setup } = scene();
    const problem = { code: 'MAPPING_SAME_OBJECT', fatal: false, place: 'x', cure: 'Give up.' };
    const problems = [
      { ...problem, mapping: 'Woo_Order__c', message: 'Both write Name.' },
      { ...problem, mapping: 'Contact', message: 'Both write Email.' },
      { ...problem, mapping: 'Woo_Order__c', code: 'MAPPING_OTHER', message: 'Another.' },
    ];
    Object.assign(setup, { problems });
    const { Result__c } = await run('explain', { Resource__c: 'order', Arguments__c: '7' });
    expect(Result__c).toContain('MAPPING_SAME_OBJECT at x: Both write Name. Give up.');
    expect(Result__c).not.toMatch(/Both write Email|Another/);
  });

  it.each([
    [{}, 'COMMAND_WITHOUT_RECORD'],
    [{ Arguments__c: '7' }, 'COMMAND_RESOURCE_UNKNOWN'],
    [{ Arguments__c: '7, 8', Resource__c: 'order' }, 'COMMAND_ARGUMENTS_INVALID'],
    [{ Arguments__c: '8', Resource__c: 'order' }, 'RECORD_NOT_FOUND'],
    [{ Record_Id__c: ORDER }, 'COMMAND_RECORD_UNKNOWN'],
  ])('of %j fails with %s', async (fields, code) => {
    const { State__c, Result__c } = await scene().run('explain', fields);
    expect(State__c).toBe('failed');
    expect(Result__c).toMatch(new RegExp(`^${code}: `));
  });
});
