import { describe, expect, it } from 'vitest';

import { describeExplanation } from '../../../src/cli/output/explanation.ts';
import type { FieldTrace, Trace } from '../../../src/mapping/model/trace.ts';
import type { Explanation, MappingExplanation } from '../../../src/diagnostics/explain/explain.ts';

const FIELD: FieldTrace = {
  field: 'Name',
  kind: 'attribute',
  attribute: 'number',
  source: '7',
  transform: 'none',
  transformed: '7',
  result: '7',
  problem: null,
  defaultUsed: false,
  cut: false,
  writeWhen: 'always',
  note: null,
};

function mapping(
  more: Partial<MappingExplanation> = {},
  trace: Partial<Trace> = {},
): MappingExplanation {
  return {
    mapping: 'Order',
    label: 'Orders',
    object: 'Woo_Order__c',
    action: 'create',
    why: 'New.',
    recordId: null,
    row: null,
    beside: [],
    stays: {},
    toShop: [],
    references: [],
    trace: {
      key: 'main:7',
      conditions: [],
      logic: null,
      met: true,
      fields: [FIELD],
      lookups: [],
      problems: [],
      ...trace,
    },
    ...more,
  };
}

function text(...parts: Explanation['parts']): string {
  return textWith(null, ...parts);
}

function textWith(lead: Explanation['lead'], ...parts: Explanation['parts']): string {
  const shop = { store: 'main', url: 'https://shop.example' };
  const explanation = { ...shop, stateKnown: true, parts, lead };
  return describeExplanation(explanation, {
    columns: 120,
    isAscii: false,
    all: false,
    unseen: null,
  });
}

const order = (one: MappingExplanation) => ({
  title: 'order 7',
  resource: 'order' as const,
  mappings: [one],
  held: [],
  warnings: [],
});

describe('an explanation as text', () => {
  it('says what would be done, why, and that nothing was', () => {
    const said = text(order(mapping()));
    expect(said).toContain('Order 7 through Order → Woo_Order__c: would be created.\n  New.');
    expect(said.trimEnd()).toMatch(/Nothing was written\.$/);
  });

  it('says what would become of the lead of the buyer, and nothing where nobody asked', () => {
    const lead = { rule: 'convert', action: 'refused', leads: ['00Q1', '00Q2'] } as const;
    const said = textWith(
      { ...lead, code: 'LEADS_AMBIGUOUS', why: '2 open leads.' },
      order(mapping()),
    );
    expect(said).toContain(
      '\n\nLead of the buyer (Lead Rule: convert): LEADS_AMBIGUOUS: 2 open leads.\n',
    );
    expect(text(order(mapping()))).not.toContain('Lead');
  });

  it('shows conditions with what decided them', () => {
    const condition = {
      position: 1,
      attribute: 'status',
      operator: 'equals',
      expected: 'completed',
      actual: 'processing',
      met: false,
      otherAttribute: null,
    };
    const said = text(order(mapping({}, { conditions: [condition], met: false, logic: '1 OR 2' })));
    expect(said).toContain('Conditions (1 OR 2): not met');
    expect(said).toContain('1. status equals "completed": no, it is "processing"');
    const pair = { ...condition, otherAttribute: 'payment_method', expected: null };
    const paired = text(order(mapping({}, { conditions: [pair], met: false })));
    expect(paired).toContain('1. status equals payment_method, which is (empty): no, it is');
  });

  it('tells absent from empty, and the default and what was cut', () => {
    const fields = [
      { ...FIELD, field: 'A__c', source: undefined, result: undefined },
      { ...FIELD, field: 'B__c', source: '', result: null },
      { ...FIELD, field: 'C__c', result: 'abc', defaultUsed: true },
      { ...FIELD, field: 'D__c', result: 'abc', cut: true, writeWhen: 'on_create' as const },
    ];
    const said = text(order(mapping({}, { fields })));
    expect(said).toMatch(/A__c .*\(absent\) .*\(absent\)/);
    expect(said).toMatch(/B__c .*"" .*\(empty\)/);
    expect(said).toMatch(/C__c .*"abc"; the defau/);
    expect(said).toMatch(/D__c .*"abc"; cut to th/);
  });

  it('shows a value before and after its translation', () => {
    const translated = { ...FIELD, kind: 'translation' as const, result: 'Done' };
    const fields = [translated, { ...translated, field: 'B__c', transform: 'first' }];
    const said = text(order(mapping({}, { fields })));
    expect(said).toMatch(/Name .*number \(value table\) .*"7" .*"Done"/);
    expect(said).toMatch(/B__c .*number \(first, val/);
  });

  it('shows what Salesforce has where it differs', () => {
    const fields = [FIELD, { ...FIELD, field: 'Total__c', result: 2 }];
    const beside = [
      { field: 'Name', now: '7', same: true },
      { field: 'Total__c', now: 1, same: false },
    ];
    const said = text(order(mapping({ recordId: 'a01', beside }, { fields })));
    expect(said).toContain('Its record is a01.');
    expect(said).toMatch(/Name .*the same/);
    expect(said).toMatch(/Total__c .* 2 .* 1 /);
  });

  it('says what stays', () => {
    const fields = [
      { ...FIELD, field: 'A__c', writeWhen: 'on_create' as const },
      { ...FIELD, field: 'B__c', writeWhen: 'when_empty' as const },
      { ...FIELD, field: 'C__c', writeWhen: 'when_empty' as const },
    ];
    const beside = [
      { field: 'A__c', now: null, same: null },
      { field: 'B__c', now: 'typed', same: null },
      { field: 'C__c', now: null, same: null },
    ];
    const stays = { A__c: 'left alone', B__c: 'waits for a person' };
    const there = text(order(mapping({ recordId: 'a01', beside, stays }, { fields })));
    expect(there).toMatch(/A__c .*left alone; on_/);
    expect(there).toMatch(/B__c .*waits for a person.*"typed"/);
    expect(there).toMatch(/C__c .*"7"; when_empty/);
    const fresh = text(order(mapping({}, { fields })));
    expect(fresh).not.toContain('left alone');
  });

  it('lets no value steer the terminal', () => {
    const source = 'Eve\u001b[2J\u0007\u202Egnp.exe\r\nnext';
    const said = text(order(mapping({}, { fields: [{ ...FIELD, source, result: source }] })));
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
  });

  it('says what else is wrong with mappings of the part', () => {
    const warning = {
      mapping: 'Again',
      place: 'Again',
      code: 'MAPPING_SAME_OBJECT',
      fatal: false,
      message: 'Both write Name.',
      cure: 'Deactivate one.',
    };
    const said = text({ ...order(mapping()), warnings: [warning] });
    expect(said).toContain(
      'Order 7: MAPPING_SAME_OBJECT (Again): Both write Name. Deactivate one.',
    );
    expect(said).not.toContain('cannot run');
  });

  it('gives many items a line each', () => {
    const items = Array.from({ length: 9 }, (_, at) => ({
      ...order(mapping({ mapping: 'Item', action: 'unchanged' })),
      title: `product line ${at}`,
    }));
    const said = text(order(mapping()), ...items);
    expect(said).toContain('Product line 8: Item → Woo_Order__c: is left as it is');
    expect(said).toContain('--all');
    expect(said.match(/│ Field/g)).toHaveLength(1);
  });
});
