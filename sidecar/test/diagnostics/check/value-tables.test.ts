import { describe, expect, it } from 'vitest';
import type { FieldMappingRow } from '../../../src/mapping/model/config-rows.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import {
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  recorded,
} from '../../mapping/support/mappings.ts';
import { checked, described, type Scene, short } from './ground.ts';

const ORDERS = [recorded('orders', 3801)];
/** Every status that WooCommerce itself gives an order which somebody has placed. */
const ALL = 'pending processing on-hold completed cancelled refunded failed'.split(' ');

const FIELDS = [
  field('Name', 'string', { length: 80 }),
  field('Stage__c', 'picklist', { picklistValues: ['New', 'Closed'] }),
  field('Kind__c', 'picklist', { restrictedPicklist: true, picklistValues: ['New'] }),
  field('Note__c', 'string'),
];

async function found(
  valueTable: string,
  more: Partial<FieldMappingRow> = {},
  orders: readonly WooRecord[] = ORDERS,
  brought: Pick<Scene, 'source'> & { readonly whenUnmet?: string } = {},
) {
  const { whenUnmet = null } = brought;
  const row = fieldRow('Stage__c', 'status', { kind: 'translation', valueTable, ...more });
  const { mappings } = await checked({
    source: {
      mappings: [mappingRow({ name: 'Order', whenUnmet })],
      fields: [fieldRow('Name', 'number'), row],
      ...brought.source,
    },
    objects: [described('Woo_Order__c', FIELDS)],
    records: { orders },
  });
  return mappings[0]?.findings ?? [];
}

const table = (statuses: readonly string[], value = 'New') =>
  statuses.map((status) => `${status} = ${value}`).join('\n');

describe('a value table', () => {
  it('with a line for each status has nothing said of it, whatever the case', async () => {
    expect(await found(table(ALL))).toEqual([]);
    expect(await found(table(ALL.map((status) => status.toUpperCase())))).toEqual([]);
  });

  it('is told which statuses have no line, those that a plugin adds included', async () => {
    const orders = ['shipped', 'Completed'].map((status) => ({ ...ORDERS[0], status }));
    const all = await found(table(ALL.slice(0, 6)), {}, orders);
    const misses = all.find(({ code }) => code === 'CHECK_TABLE_MISSES');
    expect(misses && short(misses)).toBe('warning CHECK_TABLE_MISSES Map_Stage__c');
    expect(misses?.message).toContain('has no line for failed, shipped, and it has no');
    expect(misses?.cure).toContain('default value');
  });

  describe('of a mapping with conditions', () => {
    const ordered = ['processing', 'checkout-draft', 'shipped'].map((status) => ({
      ...ORDERS[0],
      status,
    }));
    const missing = async (
      statuses: readonly string[],
      conditions: ReturnType<typeof conditionRow>[],
      whenUnmet: string,
    ) => {
      const brought = { source: { conditions }, whenUnmet };
      const all = await found(table(statuses), {}, ordered, brought);
      const [, names = ''] =
        /no line for (.*), and it has no/.exec(
          all.find(({ code }) => code === 'CHECK_TABLE_MISSES')?.message ?? '',
        ) ?? [];
      return names;
    };
    const noDrafts = conditionRow(1, 'status', 'not_equals', 'checkout-draft');
    const completed = conditionRow(1, 'status', 'equals', 'completed');
    const dear = conditionRow(1, 'total', 'greater_than', '1000000');

    it('needs no line for what they exclude', async () => {
      expect(await missing(ALL, [noDrafts], 'keep')).toBe('shipped');
      expect(await missing(ALL, [noDrafts], 'stop')).toBe('shipped');
      expect(await missing([...ALL, 'shipped'], [noDrafts], 'keep')).toBe('');
      expect(await missing(['completed'], [completed], 'stop')).toBe('');
      expect(await missing(['completed'], [completed], 'delete')).toBe('');
    });

    it('needs one for what a record that was brought becomes, where it is kept', async () => {
      expect(await missing(['completed'], [completed], 'keep')).toBe(
        'pending, processing, on-hold, cancelled, refunded, failed, shipped',
      );
    });

    it('needs one for each that is brought', async () => {
      expect(await missing(ALL, [], 'keep')).toBe('checkout-draft, shipped');
      expect(await missing(ALL.slice(1), [noDrafts], 'stop')).toBe('pending, shipped');
      expect(await missing(ALL.slice(1), [dear], 'stop')).toBe('pending');
    });
  });

  it.each([
    ['with a default value', { defaultValue: 'Closed' }],
    ['of what a transform makes', { transform: 'upper_case' }],
    ['of an attribute that has any values', { attribute: 'currency' }],
  ])('%s may lack statuses', async (_, more) => {
    const all = await found(table(['completed']), more, []);
    expect(all).toEqual([]);
  });

  it('of a mapping that only goes to the shop may lack statuses', async () => {
    const direction = 'to_woo';
    const product = mappingRow({ name: 'Order', resource: 'product', direction });
    const valueTable = 'publish = New';
    const { mappings } = await checked({
      source: {
        mappings: [product],
        fields: [fieldRow('Stage__c', 'status', { kind: 'translation', valueTable })],
      },
      objects: [described('Woo_Order__c', FIELDS)],
    });
    const codes = mappings[0]?.findings.map(({ code }) => code);
    expect(codes).not.toContain('CHECK_TABLE_MISSES');
  });

  it('is told of values that an open picklist does not list', async () => {
    const all = await found(`${table(ALL)}\nshipped = Gone`);
    expect(all.map(short)).toEqual(['warning CHECK_TABLE_PICKLIST Map_Stage__c']);
    expect(all[0]?.message).toContain('has "Gone", which the picklist Stage__c does not list');
    expect(await found(table(ALL, 'Gone'), { field: 'Note__c' })).toEqual([]);
    // A restricted one holds the mapping, and nothing else is said of it.
    const held = await found(table(ALL, 'Gone'), { field: 'Kind__c' });
    expect(new Set(held.map(({ code }) => code))).toEqual(new Set(['MAPPING_TABLE_VALUE']));
  });

  it('that refuses the latest records is told of them, and a broken one of its line', async () => {
    const all = await found('on-hold = New', { transform: 'none' });
    expect(all.map(short)).toContain('warning CHECK_RECORDS_REFUSED Order');
    expect((await found('on-hold')).map(short)).toContain('error MAPPING_BAD_TABLE Map_Stage__c');
  });
});
