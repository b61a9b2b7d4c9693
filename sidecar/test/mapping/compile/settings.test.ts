import { describe, expect, it } from 'vitest';
import { compiled, conditionRow, fieldRow, STORE } from '../support/mappings.ts';
import { CONTACT, LAST_NAME, NAME, ORDER, ORG, PHONE, run } from './small-org.ts';

describe('what is configured', () => {
  it('is found whatever the case of names, and blank means the default', () => {
    const mapping = compiled(
      {
        mappings: [
          {
            ...ORDER,
            name: 'ORDER',
            object: 'woo_order__C',
            externalIdField: 'woo_key__c',
            direction: null,
            resource: 'Order',
            matchFields: 'name',
          },
        ],
        fields: [fieldRow('woo_order__c.NAME', 'number', { kind: null, mapping: 'order' })],
      },
      ORG,
    );
    expect(mapping).toMatchObject({
      object: 'Woo_Order__c',
      keyField: 'Woo_Key__c',
      resource: 'order',
      direction: 'to_salesforce',
      whenUnmet: 'keep',
      deleteRule: 'keep',
      deleteFlag: null,
      matchFields: [{ name: 'name', object: 'Woo_Order__c', field: 'Name' }],
      store: null,
      wooMetaKey: null,
    });
    expect(mapping.build({ id: 1, number: '1' }, STORE).row?.fields).toEqual({ Name: '1' });
  });

  it('passes over what is not active, with its fields and conditions', () => {
    const { mappings, problems } = run({
      mappings: [{ ...ORDER, active: false }],
      fields: [fieldRow('Nope__c', 'nope')],
      conditions: [conditionRow(1, 'nope', 'nope', null)],
    });
    expect({ mappings, problems }).toEqual({ mappings: [], problems: [] });
  });

  it('passes over fields that go to WooCommerce', () => {
    const images = fieldRow('Note__c', 'product_gallery_images', { direction: 'to_woo' });
    const phone = { ...PHONE, direction: 'to_woo' };
    const both = run({ mappings: [{ ...CONTACT, direction: 'both' }], fields: [LAST_NAME, phone] });
    const { row } = both.mappings[0]?.build({ id: 1, last_name: 'Doe' }, STORE) ?? {};
    expect(row?.fields).toEqual({ LastName: 'Doe' });
    const products = { ...ORDER, resource: 'product', direction: 'to_woo' };
    const out = run({ mappings: [products], fields: [images] });
    expect(out).toMatchObject({ problems: [], mappings: [{ direction: 'to_woo' }] });
  });

  it("reads dates in GMT where they are WooCommerce's own", () => {
    const read = (attribute: string) =>
      compiled(
        { mappings: [ORDER], fields: [fieldRow('Day__c', attribute, { transform: 'gmt_date' })] },
        ORG,
      ).build(
        {
          id: 1,
          date_paid: '2026-01-01T23:00:00',
          date_paid_gmt: '2026-01-02T04:00:00',
          meta_data: [{ key: 'date_paid', value: '20260105' }],
        },
        STORE,
      ).row?.fields['Day__c'];
    expect(read('date_paid')).toBe('2026-01-02');
    expect(read('_paid_date')).toBe('2026-01-02');
    expect(read('date_paid_gmt')).toBe('2026-01-02');
    expect(read('meta_data.date_paid')).toBe('2026-01-05');
  });

  it('says what the delete rule writes', () => {
    const flag = { deleteRule: 'flag', deleteField: 'Paid__c', deleteValue: 'false' };
    const mapping = compiled({ mappings: [{ ...ORDER, ...flag }], fields: [NAME] }, ORG);
    expect(mapping.deleteFlag).toEqual({ field: 'Paid__c', value: false });
  });
});

it('takes an interval that is left blank for the usual one', () => {
  const { mappings, problems } = run({ mappings: [{ ...ORDER, sweepMinutes: null }] });
  expect(mappings).toMatchObject([{ sweepMinutes: null }]);
  expect(problems).toEqual([]);
});
