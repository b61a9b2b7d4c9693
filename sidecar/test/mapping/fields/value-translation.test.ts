import { describe, expect, it } from 'vitest';
import type { FieldMappingRow } from '../../../src/mapping/model/config-rows.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

const STAGES = { restrictedPicklist: true, picklistValues: ['New', 'In progress', 'Closed'] };
const ORG = schemas(
  object(
    'Woo_Order__c',
    field('Stage__c', 'picklist', STAGES),
    field('Note__c', 'string', { length: 12 }),
    field('Needed__c', 'string', { nillable: false }),
    field('Paid__c', 'boolean'),
    field('Days__c', 'double'),
    field('Tags__c', 'multipicklist', { restrictedPicklist: true, picklistValues: ['A', 'B'] }),
    lookup('OwnerId', 'User'),
  ),
);

const TABLE = 'processing = In progress\r\n\n  Completed=closed\non-hold = In progress';

function translated(
  target: string,
  attribute: string,
  valueTable: string | null,
  more: Partial<FieldMappingRow> = {},
): FieldMappingRow {
  return fieldRow(target, attribute, { kind: 'translation', valueTable, ...more });
}

function built(row: FieldMappingRow, record: WooRecord) {
  const mapping = compiled(
    { mappings: [mappingRow({ name: 'Order' })], fields: [row, fieldRow('Needed__c', 'number')] },
    ORG,
  );
  const whole = { id: 5, number: '5', ...record };
  const { row: made, problems } = mapping.build(whole, STORE);
  const trace = mapping.explain(whole, STORE).fields.find((one) => one.field === row.field);
  return { value: made?.fields[row.field ?? ''], problems, trace };
}

function problemsOf(...rows: readonly FieldMappingRow[]) {
  const fields = [fieldRow('Needed__c', 'number'), ...rows];
  return compileRows({ mappings: [mappingRow({ name: 'Order' })], fields }, ORG).problems;
}

describe('a value translation', () => {
  it.each([
    ['processing', 'In progress'],
    ['COMPLETED', 'Closed'],
    ['on-hold', 'In progress'],
    ['', null],
    [null, null],
    [undefined, undefined],
  ])('makes of %j %j', (status, value) => {
    const { problems, ...made } = built(translated('Stage__c', 'status', TABLE), { status });
    expect(problems).toBeUndefined();
    expect(made.value).toEqual(value);
  });

  it('refuses what has no line, with what it has and what to do', () => {
    const { value, problems, trace } = built(translated('Stage__c', 'status', TABLE), {
      status: 'refunded',
    });
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      {
        code: 'VALUE_NOT_IN_TABLE',
        field: 'Stage__c',
        attribute: 'status',
        message:
          'Order: status for Stage__c is "refunded", which the value table does not have (it has processing, Completed, on-hold): add a line for it, or give the field mapping a default value.',
      },
    ]);
    expect(trace).toMatchObject({ source: 'refunded', problem: { code: 'VALUE_NOT_IN_TABLE' } });
  });

  it.each([
    [10, /\(it has s1, .*, s10\)/],
    [11, /\(it has s1, .*, s10, …\)/],
  ])('names ten of the values that a table of %i lines has', (lines, named) => {
    const table = Array.from({ length: lines }, (_, at) => `s${at + 1} = New`).join('\n');
    const { problems } = built(translated('Stage__c', 'status', table), { status: 'other' });
    expect(problems?.[0]?.message).toMatch(named);
  });

  it('does not repeat a value that may be personal', () => {
    const row = translated('Stage__c', 'meta_data.way', TABLE);
    const { problems } = built(row, { meta_data: [{ key: 'way', value: 'Ada' }] });
    expect(problems?.[0]?.message).toContain('is (not shown), which the value table');
  });

  it.each(['refunded', '', undefined])('has a default for the rest, such as %j', (status) => {
    const row = translated('Stage__c', 'status', TABLE, { defaultValue: 'new' });
    const { value, trace } = built(row, { status });
    expect(value).toBe('New');
    expect(trace).toMatchObject({ defaultUsed: true, result: 'New' });
    expect(built(row, { status: 'processing' }).trace?.defaultUsed).toBe(false);
  });

  it('shows the value before and after', () => {
    const row = translated('Note__c', 'status', 'a-status-that-is-long = short', {
      overflow: 'truncate',
    });
    expect(built(row, { status: 'a-status-that-is-long' }).trace).toMatchObject({
      kind: 'translation',
      source: 'a-status-that-is-long',
      transformed: 'short',
      result: 'short',
      cut: false,
      problem: null,
    });
  });

  it.each([
    [
      'a checkbox',
      'Paid__c',
      'prices_include_tax',
      'true = yes\nfalse = no',
      { prices_include_tax: true },
      true,
    ],
    ['a number', 'Days__c', 'status', 'completed = 2.5', { status: 'completed' }, 2.5],
    [
      'a record',
      'OwnerId',
      'billing.country',
      'DE = 005000000000001AAA',
      { billing: { country: 'DE' } },
      '005000000000001AAA',
    ],
    ['equals signs', 'Note__c', 'status', 'a=b = c=d', { status: 'a=b' }, 'c=d'],
    ['an emoji', 'Note__c', 'status', 'مكتمل = ✅', { status: 'مكتمل' }, '✅'],
  ])('fills %s', (_, target, attribute, table, record, value) => {
    const row = translated(target, attribute, table);
    expect(built(row, { meta_data: [], ...record }).value).toBe(value);
  });

  it('translates each value of a list, after the transform', () => {
    const names = (...all: readonly string[]) => ({
      line_items: all.map((name) => ({ name })),
    });
    const row = translated('Tags__c', 'line_items.name', 'Tea = A\nMug = b');
    expect(built(row, names('Mug', 'Tea', 'tea')).value).toBe('B;A');
    expect(built(row, names('Tea', 'Hat')).problems?.[0]?.code).toBe('VALUE_NOT_IN_TABLE');
    const rest = { ...row, defaultValue: 'B' };
    expect(built(rest, names('Tea', 'Hat')).value).toBe('A;B');
    const first = translated('Note__c', 'line_items.name', 'Tea = A', { transform: 'first' });
    expect(built(first, names('Tea', 'Hat')).value).toBe('A');
  });

  it('keeps a required field from becoming empty', () => {
    const { mappings, problems } = compileRows(
      {
        mappings: [mappingRow({ name: 'Order' })],
        fields: [translated('Needed__c', 'status', TABLE)],
      },
      ORG,
    );
    expect(problems).toEqual([]);
    const made = mappings[0]?.build({ id: 5, status: '' }, STORE);
    expect(made?.problems).toMatchObject([{ code: 'VALUE_REQUIRED' }]);
  });
});

describe('a value table that is wrong', () => {
  it.each([
    ['is empty', null, /Map_Stage__c .* its value table is empty/],
    ['has a line without =', 'processing', /line 1, "processing", has no equals sign/],
    ['has nothing to translate', '\n= New', /line 2, "= New", has nothing before/],
    ['has nothing to write', 'draft =', /line 1, "draft =", has nothing after/],
    ['names a value twice', 'a = New\n\nA = Closed', /line 3, "A = Closed", names .* line 1 again/],
    ['names it in capitals first', 'A = New\na = Closed', /line 2, "a = Closed", names .* line 1/],
  ])('%s', (_, table, says) => {
    const problems = problemsOf(translated('Stage__c', 'status', table));
    expect(problems).toMatchObject([
      { code: 'MAPPING_BAD_TABLE', place: 'Map_Stage__c', fatal: true },
    ]);
    expect(problems[0]?.message).toMatch(says);
    expect(problems[0]?.cure).toContain('processing = In progress');
  });

  it('has a value that the restricted picklist lacks', () => {
    const problems = problemsOf(
      translated('Stage__c', 'status', 'processing = New\ncompleted = Done'),
    );
    expect(problems).toMatchObject([
      { code: 'MAPPING_TABLE_VALUE', place: 'Map_Stage__c', fatal: true },
    ]);
    expect(problems[0]?.message).toMatch(/^Line 2 .* "Done" for Stage__c, .* New, In progress/);
    expect(problems[0]?.cure).toContain('line 2');
  });

  it('belongs to a field mapping of another kind, which would write what the shop has', () => {
    const problems = problemsOf(fieldRow('Note__c', 'status', { valueTable: TABLE }));
    expect(problems).toMatchObject([{ code: 'MAPPING_BAD_TABLE', place: 'Map_Note__c' }]);
    expect(problems[0]?.message).toContain('its kind is attribute');
  });

  it('reads a list for a field that takes one value', () => {
    const problems = problemsOf(translated('Days__c', 'line_items.name', 'Tea = 1'));
    expect(problems).toMatchObject([{ code: 'MAPPING_VALUE_TYPE', place: 'Map_Days__c' }]);
  });
});
