import { describe, expect, it } from 'vitest';
import type { FieldMappingRow } from '../../../src/mapping/model/config-rows.ts';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import {
  compiled,
  compileRows,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
} from '../support/mappings.ts';

const STAGES = { restrictedPicklist: true, picklistValues: ['In work', 'For sale', 'Gone'] };
const ORG = schemas(
  object(
    'Product2',
    field('Stage__c', 'picklist', STAGES),
    field('Word__c', 'string'),
    field('IsActive', 'boolean'),
    field('Day__c', 'datetime'),
  ),
);
const PRODUCT = mappingRow({
  name: 'Product',
  resource: 'product',
  object: 'Product2',
  direction: 'both',
});
const TABLE = 'draft = In work\npublish = For sale';

const row = (
  target: string,
  attribute: string,
  valueTable: string,
  more: Partial<FieldMappingRow> = {},
) => fieldRow(target, attribute, { kind: 'translation', mapping: 'Product', valueTable, ...more });

function outgoing(one: FieldMappingRow): OutgoingField {
  const { outgoing: all } = compiled({ mappings: [PRODUCT], fields: [one] }, ORG);
  if (!all[0]) throw new Error('nothing goes to the shop');
  return all[0];
}

const problemsOf = (one: FieldMappingRow) =>
  compileRows({ mappings: [PRODUCT], fields: [one] }, ORG).problems;

const PARENT = { id: 7, type: 'simple', meta_data: [] };

describe.each(['both', 'to_woo'])('a value translation whose direction is %s', (direction) => {
  it('sends what the table has for the value', () => {
    const one = outgoing(row('Stage__c', 'status', TABLE, { direction }));
    expect(one.toWoo('For sale', PARENT)).toEqual({ patch: { status: 'publish' } });
  });

  it('says the same of both sides where they are the same', () => {
    const one = outgoing(row('Word__c', 'status', TABLE, { direction }));
    expect(one.fromWoo({ ...PARENT, status: 'publish' })).toBe(one.fromSalesforce('FOR SALE'));
    expect(one.fromWoo({ ...PARENT, status: 'draft' })).not.toBe(one.fromSalesforce('For sale'));
    expect(one.fromWoo({ ...PARENT, status: 'private' })).not.toBe(one.fromSalesforce('For sale'));
  });

  it('refuses what has no line, with what it has', () => {
    const one = outgoing(row('Stage__c', 'status', TABLE, { direction }));
    expect(one.toWoo('Gone', PARENT)).toMatchObject({
      problem: {
        code: 'TO_WOO_NOT_IN_TABLE',
        field: 'Stage__c',
        attribute: 'status',
        message: expect.stringMatching(
          /"Gone", .* \(it has In work, For sale\): choose one/,
        ) as string,
      },
    });
    expect(one.toWoo(null, PARENT)).toMatchObject({ problem: { code: 'TO_WOO_EMPTY' } });
  });

  it('joins what a checkbox, and a moment, stand for', () => {
    const active = outgoing(row('IsActive', 'status', 'publish=true\ndraft=false', { direction }));
    expect(active.toWoo(false, PARENT)).toEqual({ patch: { status: 'draft' } });
    expect(active.fromWoo({ ...PARENT, status: 'publish' })).toBe(active.fromSalesforce(true));
    const season = 'Spring = 2026-03-01T00:00:00Z';
    const day = outgoing(row('Day__c', 'meta_data.season', season, { direction }));
    expect(day.toWoo('2026-03-01T00:00:00.000+0000', PARENT)).toEqual({
      patch: { meta_data: [{ key: 'season', value: 'Spring' }] },
    });
  });

  it('leaves variations without what they do not have', () => {
    const one = outgoing(row('Word__c', 'catalog_visibility', 'hidden = No', { direction }));
    const variation = { id: 8, parent_id: 7, type: 'variation' };
    expect(one.toWoo('Other', variation)).toEqual({ patch: {} });
    expect(one.toWoo('Other', PARENT)).toMatchObject({ problem: { code: 'TO_WOO_NOT_IN_TABLE' } });
  });

  it('is held by two lines with one value in Salesforce, and by a default value', () => {
    const code = direction === 'both' ? 'MAPPING_LOSSY_BOTH_WAYS' : 'MAPPING_BAD_TABLE';
    const twice = row('Stage__c', 'status', `${TABLE}\nprivate = for sale`, { direction });
    expect(problemsOf(twice)).toMatchObject([{ code, place: 'Map_Stage__c', fatal: true }]);
    expect(problemsOf(twice)[0]?.message).toContain('"For sale" for "publish" and for "private"');
    expect(problemsOf(twice)[0]?.cure).toMatch(/each line of its (?:value )?table a value of its/);
    const rest = row('Stage__c', 'status', TABLE, { direction, defaultValue: 'Gone' });
    expect(problemsOf(rest)).toMatchObject([{ code }]);
    expect(problemsOf(rest)[0]?.message).toContain('default value stands for each');
    if (direction === 'both') {
      expect(problemsOf({ ...twice, direction: 'to_salesforce' })).toEqual([]);
    }
  });

  it('is held where it is of images, which have no values', () => {
    const image = row('Word__c', 'product_featured_image', TABLE, { direction });
    const [problem] = problemsOf(image);
    expect(problem).toMatchObject({ code: 'MAPPING_BAD_TABLE', fatal: true });
    expect(problem?.message).toContain('but it is of images, so that nothing is translated');
  });

  it('is held by a value that the shop does not take, or keeps to itself', () => {
    const wrong = row('Stage__c', 'status', `${TABLE}\nsold = Gone`, { direction });
    expect(problemsOf(wrong)).toMatchObject([{ code: 'MAPPING_TABLE_VALUE', fatal: true }]);
    expect(problemsOf(wrong)[0]?.message).toMatch(/^Line 3 .* "sold" for status of the shop/);
    const stock = row('Word__c', 'stock_status', 'instock = Yes', { direction });
    expect(problemsOf(stock)).toMatchObject([{ code: 'MAPPING_NOT_WRITABLE' }]);
  });
});
