import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Trace } from '../../../src/mapping/model/trace.ts';
import { orders, world } from './world.ts';

const ORDER = 'a01000000000007AAA';

function trace(record: WooRecord): Trace {
  const field = { attribute: 'billing.email', transform: 'none', writeWhen: 'always' } as const;
  const value = record['email'];
  return {
    ...{ key: `main:${String(record['id'])}`, logic: null, met: true, lookups: [], problems: [] },
    conditions: [
      {
        ...{ position: 1, attribute: 'status', operator: 'equals', expected: 'completed' },
        ...{ actual: record['status'], met: true },
      },
    ],
    fields: [
      {
        ...{ ...field, field: 'Name', kind: 'attribute', source: value, transformed: value },
        ...{ result: value, problem: null, defaultUsed: false, cut: false, note: null },
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

  it('says which mappings cannot run', async () => {
    const { run, setup } = scene();
    const problem = { mapping: 'Broken', code: 'FIELD_UNKNOWN', fatal: true, place: 'x' };
    const problems = [{ ...problem, message: 'No such field.', cure: 'Correct it.' }];
    Object.assign(setup, { problems });
    const { Result__c } = await run('explain', { Resource__c: 'order', Arguments__c: '7' });
    expect(Result__c).toContain('The mapping Broken cannot run. FIELD_UNKNOWN: No such field.');
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
