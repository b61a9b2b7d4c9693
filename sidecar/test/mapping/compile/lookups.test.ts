import { describe, expect, it } from 'vitest';
import { fieldRow, mappingRow, STORE, STORE_ROW } from '../support/mappings.ts';
import { CONTACT, LAST_NAME, NAME, ORDER, link, run } from './small-org.ts';

describe('lookups', () => {
  const REFUND = mappingRow({ name: 'Refund', resource: 'refund', object: 'Woo_Refund__c' });
  const REFUND_ORDER = fieldRow('Order__c', 'order_id', { mapping: 'Refund', ...link });
  const CONTACT_OF_ORDER = fieldRow('Contact__c', 'customer', link);

  it('hold a mapping whose records cannot be without what is not written', () => {
    const { mappings, problems } = run({
      mappings: [REFUND, { ...ORDER, object: 'Nope__c' }],
      fields: [REFUND_ORDER],
    });
    expect(mappings).toEqual([]);
    expect(problems.find(({ mapping }) => mapping === 'Refund')).toMatchObject({
      code: 'MAPPING_LOOKUP_WITHOUT_MAPPING',
      place: 'Map_Order__c',
      fatal: true,
    });
  });

  it('are left out where the mapping that they need is held, and the reason named', () => {
    const { mappings, problems } = run({
      mappings: [ORDER, CONTACT],
      fields: [NAME, CONTACT_OF_ORDER],
    });
    expect(mappings.map(({ name }) => name)).toEqual(['Order']);
    const warning = problems.find(({ mapping }) => mapping === 'Order');
    expect(warning?.message).toContain('Customer_Contact');
    const { row } = mappings[0]?.build({ id: 1, number: '1', customer_id: 7 }, STORE) ?? {};
    expect(row?.lookups).toEqual([]);
  });

  it("use the key field of the store's own mapping first", () => {
    const stores = ['a', 'b'].map((key) => ({ ...STORE_ROW, key, name: key }));
    const { mappings } = run({
      stores,
      mappings: [
        { ...REFUND, store: 'b' },
        { ...ORDER, name: 'Order_A', store: 'a', externalIdField: 'Other_Key__c' },
        { ...ORDER, name: 'Order_All' },
      ],
      fields: [
        REFUND_ORDER,
        ...['Order_A', 'Order_All'].map((mapping) => fieldRow('Name', 'number', { mapping })),
      ],
    });
    const { row } = mappings[0]?.build({ id: 1, parent_id: 5 }, { key: 'b', url: '' }) ?? {};
    expect(row?.lookups).toMatchObject([{ key: 'b:5', keyField: 'Woo_Key__c' }]);
  });

  it('may only be sent on create', () => {
    const task = mappingRow({ name: 'Task', resource: 'customer', object: 'Task' });
    const who = fieldRow('WhoId', 'customer', { mapping: 'Task', ...link, writeWhen: 'on_create' });
    const { mappings } = run({ mappings: [task, CONTACT], fields: [who, LAST_NAME] });
    const { row } = mappings[0]?.build({ id: 3 }, STORE) ?? {};
    expect(row?.lookups).toEqual([
      {
        field: 'WhoId',
        relationshipName: 'Who',
        object: 'Contact',
        required: false,
        keyField: 'Woo_Key__c',
        key: 'main:3',
        onCreate: true,
      },
    ]);
  });
});
