import { describe, expect, it } from 'vitest';
import { conditionRow, fieldRow, mappingRow, recorded } from '../../mapping/support/mappings.ts';
import { checked, foundIn, short, type Scene } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('a look at the latest records', () => {
  const order = recorded('orders', 3801);
  const condition = (value: string, operator = 'equals') =>
    conditionRow(1, 'status', operator, value);
  const scene = (...conditions: ReturnType<typeof conditionRow>[]): Scene => ({
    source: { fields: [NAME], conditions },
    records: { orders: [order] },
  });

  it('tells of words that no record has and WooCommerce does not know', async () => {
    const { mappings } = await checked(scene(condition('complete')));
    const [finding] = mappings[0]?.findings ?? [];
    expect(finding && short(finding)).toBe('warning CHECK_UNKNOWN_WORD Condition_1');
    expect(finding?.cure).toMatch(/^Did you mean completed\?/);
  });

  it.each([
    ['completed', 'equals', 0],
    ['Processing; on-hold', 'in', 0],
    ['shiped', 'equals', 1],
    ['completed,shipped,packed', 'not_in', 2],
    ['compl', 'contains', 0],
  ])('status %s with %s: %i', async (value, operator, warnings) => {
    expect(await foundIn(scene(condition(value, operator)))).toHaveLength(warnings);
  });

  it("takes a plugin's status that some record has", async () => {
    const records = { orders: [{ ...order, status: 'shipped' }] };
    expect(await foundIn({ ...scene(condition('shipped')), records })).toEqual([]);
  });

  it('hints at custom fields that none of them has', async () => {
    const meta_data = [{ key: 'vat_number', value: 'DE1' }];
    const found = await foundIn({
      source: {
        fields: [NAME, fieldRow('Total__c', 'meta_data.vat')],
        conditions: [conditionRow(1, 'meta_data.vat_number', 'is_not_empty', null)],
      },
      records: { orders: [{ ...order, meta_data }] },
    });
    expect(found).toEqual(['hint CHECK_NOT_SEEN Map_Total__c']);
  });

  it.each([
    ['an empty list', [[], []], 'warning CHECK_ACF_HIDDEN'],
    ['a group without fields', [{}, []], 'warning CHECK_ACF_HIDDEN'],
    ['another field', [{ venue: 'Hall' }, []], 'hint CHECK_NOT_SEEN'],
    ['a field that is empty everywhere', [{ poster: null }, []], 'hint CHECK_NOT_SEEN'],
    ['nothing, as without ACF', [undefined], 'hint CHECK_NOT_SEEN'],
    ['the field, of one record', [{ poster: 9 }, []], undefined],
    ['an empty gallery', [{ poster: [] }], undefined],
  ])('tells ACF that is hidden from one that was not seen: %s', async (_, shown, says) => {
    const { mappings } = await checked({
      source: {
        mappings: [mappingRow({ name: 'Book', resource: 'content', contentType: 'book' })],
        fields: [fieldRow('Name', 'title.rendered'), fieldRow('Total__c', 'acf.poster')].map(
          (row) => ({ ...row, mapping: 'Book' }),
        ),
      },
      records: {
        'content/book': shown.map((acf, id) => ({
          id,
          status: 'publish',
          title: { rendered: 'A book' },
          ...(acf === undefined ? {} : { acf }),
        })),
      },
    });
    const found = mappings[0]?.findings.filter(({ place }) => place === 'Map_Total__c');
    expect(found?.map(short)).toEqual(says === undefined ? [] : [`${says} Map_Total__c`]);
    if (says?.startsWith('warning') === true) {
      expect(found?.[0]?.message).toBe(
        'Map_Total__c reads acf.poster, but ACF shows no field of the type book to the REST API: acf is empty in all of the 2 records looked at.',
      );
      expect(found?.[0]?.cure).toMatch(/switch on Show in REST API in its Group Settings/);
    }
  });

  it('hints at conditions that the time alone changes', async () => {
    const found = await foundIn({
      source: {
        fields: [NAME],
        conditions: [
          conditionRow(1, 'date_created', 'within', 'last 30 days'),
          conditionRow(2, 'date_created', 'at_least', '2026-01-01'),
          conditionRow(3, 'meta_data.delivery', 'equals', 'today'),
        ],
      },
      records: { orders: [{ ...order, meta_data: [{ key: 'delivery', value: 'today' }] }] },
    });
    expect(found).toEqual(['hint CHECK_PERIOD Condition_1']);
  });

  it('counts those that would be refused, without showing whose they are', async () => {
    const billing = { email: 'not an address of Ada Lovelace' };
    const { mappings } = await checked({
      source: {
        fields: [NAME, fieldRow('Email__c', 'billing.email')],
        conditions: [condition('completed')],
      },
      records: {
        orders: [
          { ...order, status: 'completed', billing },
          { ...order, id: 2, status: 'pending', billing },
          { ...order, id: 3, status: 'completed' },
        ],
      },
    });
    const [finding] = mappings[0]?.findings ?? [];
    expect(finding?.message).toMatch(
      /^1 of the 2 records .* among the latest 3, cannot be written/,
    );
    expect(finding?.message).not.toContain('Ada');
  });
});
