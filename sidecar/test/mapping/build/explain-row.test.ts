import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { Row, WooRecord } from '../../../src/mapping/model/record.ts';
import type { FieldTrace, Trace } from '../../../src/mapping/model/trace.ts';
import {
  compiled,
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  recorded,
  schemas,
  STORE,
} from '../support/mappings.ts';
import { SHOP } from '../support/shop.ts';

function mapping(name: string): Mapping {
  const found = SHOP.mappings.find((one) => one.name === name);
  if (!found) throw new Error(`no mapping ${name}`);
  return found;
}

/** The row that a trace shows. */
function shown({ key, fields, lookups }: Trace): Omit<Row, 'lookups'> & { lookups: unknown } {
  const written = (when: FieldTrace['writeWhen']) =>
    Object.fromEntries(
      fields
        .filter(({ writeWhen, result }) => writeWhen === when && result !== undefined)
        .map((each) => [each.field, each.result ?? null]),
    );
  return {
    key: key ?? '',
    fields: written('always'),
    onCreate: written('on_create'),
    whenEmpty: written('when_empty'),
    lookups: lookups
      .filter((each) => each.key !== undefined)
      .map((each) => ({ field: each.field, object: each.object, key: each.key })),
  };
}

const RECORDED = [212, 224, 1177, 1199, 3801].map((id) => recorded('orders', id));

/** Recorded orders with some of their values replaced by anything. */
const orders = fc
  .tuple(
    fc.constantFrom(...RECORDED),
    fc.dictionary(
      fc.constantFrom('total', 'billing', 'meta_data', 'customer_id', 'status', 'id', 'number'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('', null, undefined, '10.50', 0, 7)),
    ),
  )
  .map(([order, over]): WooRecord => ({ ...order, ...over }));

describe('explain', () => {
  it('shows the very row that is built, or the very problems', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHOP.mappings), orders, (one, record) => {
        const { row, problems } = one.build(record, STORE);
        const trace = one.explain(record, STORE);
        expect(trace.problems).toEqual(problems ?? []);
        expect(trace.met).toBe(one.meets(record));
        if (!row) return;
        const lookups = row.lookups.map(({ field: name, object: to, key }) => ({
          field: name,
          object: to,
          key,
        }));
        expect(shown(trace)).toEqual({ ...row, lookups });
      }),
    );
  });

  it('names source, transform and result of each field', () => {
    const order = {
      ...recorded('orders', 212),
      billing: { address_1: '1 Main St', address_2: 'Rear', state: '' },
      meta_data: [{ key: 'po_number', value: 'PO-1234567' }],
    };
    const { fields, key } = mapping('Order').explain(order, STORE);
    const of = (name: string) => fields.find((each) => each.field === name);
    expect(key).toBe('main:212');
    expect(of('Total__c')).toEqual({
      field: 'Total__c',
      kind: 'attribute',
      attribute: 'total',
      source: '149.49',
      transform: 'none',
      transformed: '149.49',
      result: 149.49,
      problem: null,
      defaultUsed: false,
      cut: false,
      writeWhen: 'always',
      note: null,
    });
    expect(of('Billing_Street__c')).toMatchObject({
      source: order.billing,
      transform: 'street',
      transformed: '1 Main St\nRear',
      result: '1 Main St\nRear',
    });
    expect(of('Billing_State__c')).toMatchObject({ source: '', defaultUsed: true, result: 'n/a' });
    expect(of('PO_Number__c')).toMatchObject({
      source: 'PO-1234567',
      result: 'PO-12345',
      cut: true,
    });
    expect(of('Channel__c')).toMatchObject({
      kind: 'static',
      attribute: '',
      source: 'Web',
      result: 'Web',
      writeWhen: 'on_create',
    });
    expect(of('Billing_Last_Name__c')).toMatchObject({ source: undefined, result: undefined });
    expect(of('Billing_Last_Name__c')?.note).toMatch(/sent without the attribute/);
  });

  it('names the record that a lookup refers to', () => {
    const { lookups } = mapping('Order').explain(recorded('orders', 224), STORE);
    expect(lookups).toContainEqual({
      field: 'Contact__c',
      attribute: 'customer',
      source: '127',
      object: 'Contact',
      key: 'main:127',
      problem: null,
      writeWhen: 'always',
    });
  });

  it('names what is wrong with a value, and goes on', () => {
    const order = { ...recorded('orders', 212), total: '10,50' };
    const { fields, problems } = mapping('Order').explain(order, STORE);
    const total = fields.find((each) => each.field === 'Total__c');
    expect(total).toMatchObject({ source: '10,50', result: undefined });
    expect(total?.problem?.code).toBe('VALUE_NOT_NUMBER');
    expect(problems).toEqual([total?.problem]);
    expect(fields.find((each) => each.field === 'Name')?.result).toBe('212');
  });

  it('shows the conditions with the values that decided, by position', () => {
    const one = compiled(
      {
        mappings: [mappingRow({ name: 'Order', conditionLogic: '1 AND (2 OR NOT 3)' })],
        fields: [fieldRow('Name', 'number')],
        conditions: [
          conditionRow(3, 'order_total', 'greater_than', '100'),
          conditionRow(1, 'status', 'in', 'completed;processing'),
          conditionRow(2, 'customer_note', 'is_empty', 'ignored'),
        ],
      },
      schemas(object('Woo_Order__c', field('Name', 'string'))),
    );
    const order = { ...recorded('orders', 212), customer_note: 'Ring twice' };
    expect(one.explain(order, STORE)).toMatchObject({
      logic: '1 AND (2 OR NOT 3)',
      met: false,
      conditions: [
        { position: 1, attribute: 'status', operator: 'in', actual: 'completed', met: true },
        { position: 2, operator: 'is_empty', expected: '', actual: 'Ring twice', met: false },
        { position: 3, attribute: 'total', expected: '100', actual: '149.49', met: true },
      ],
    });
  });
});

describe('what checks see of a mapping', () => {
  const known = schemas(
    object(
      'Product2',
      field('Name', 'string'),
      field('Description', 'string'),
      field('Stock__c', 'double'),
      field('Sale_Ends__c', 'date'),
      field('Image__c', 'string'),
      lookup('Parent__c', 'Product2'),
    ),
  );
  const product = (direction: string) => ({ mapping: 'Product', direction });
  const one = compiled(
    {
      mappings: [
        mappingRow({
          name: 'Product',
          resource: 'product',
          object: 'Product2',
          direction: 'both',
          conflictRule: 'newest_wins',
        }),
      ],
      fields: [
        fieldRow('Stock__c', '_stock', product('to_salesforce')),
        fieldRow('Name', 'name', product('both')),
        fieldRow('Description', 'description', {
          ...product('to_salesforce'),
          transform: 'plain_text',
        }),
        fieldRow('Sale_Ends__c', '_sale_price_dates_to', product('to_salesforce')),
        fieldRow('Parent__c', 'parent', { ...product('to_salesforce'), kind: 'lookup' }),
        fieldRow('Image__c', 'product_featured_image', product('to_woo')),
      ],
      conditions: [conditionRow(1, 'meta_data.b2b.level', 'is_empty', null, 'Product')],
    },
    known,
  );

  it('is the direction of each field, and why it cannot be turned back', () => {
    expect(one.conflictRule).toBe('newest_wins');
    const summary = one.fields.map((each) => [each.field, each.direction, each.lossy]);
    expect(summary).toEqual([
      ['Description', 'to_salesforce', 'the transform plain_text cannot be turned back'],
      ['Image__c', 'to_woo', null],
      ['Name', 'both', null],
      ['Parent__c', 'to_salesforce', expect.stringContaining('lookup') as string],
      ['Sale_Ends__c', 'to_salesforce', 'the time of day is lost'],
      ['Stock__c', 'to_salesforce', null],
    ]);
  });

  it('is what it reads, derived attributes by what they are made of', () => {
    expect(one.reads).toEqual([
      'date_on_sale_to',
      'description',
      'id',
      'image',
      'images',
      'meta_data',
      'name',
      'parent_id',
      'stock_quantity',
      'type',
    ]);
    expect(mapping('Order').reads).toEqual([
      'billing',
      'currency',
      'customer_id',
      'date_completed_gmt',
      'date_created_gmt',
      'id',
      'meta_data',
      'number',
      'refunds.total',
      'status',
      'total',
    ]);
    expect(mapping('Order_Item').reads).toContain('shipping_lines');
    expect(mapping('Customer_Contact').reads).toEqual([
      'billing',
      'email',
      'first_name',
      'id',
      'last_name',
    ]);
  });
});
