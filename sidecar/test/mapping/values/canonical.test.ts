import { describe, expect, it } from 'vitest';

import { canonical, holds } from '../../../src/mapping/values/canonical.ts';
import { SHOP } from '../support/shop.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
} from '../support/mappings.ts';

const same: readonly [type: string, written: unknown, held: unknown][] = [
  ['double', 12.5, 12.5],
  ['double', 12.5, 12.499999999],
  ['currency', 0, -0],
  ['int', 3, 3],
  ['date', '2026-03-20', '2026-03-20'],
  ['datetime', '2026-03-20T12:00:00Z', '2026-03-20T12:00:00.000+0000'],
  ['datetime', '2026-03-20T12:00:00Z', '2026-03-20T14:00:00.000+0200'],
  ['time', '14:30:00.000Z', '14:30:00.000Z'],
  ['boolean', false, false],
  ['boolean', false, null],
  ['string', 'Tea', 'Tea'],
  ['string', null, ''],
  ['string', null, undefined],
  ['string', 'Tea', ' Tea '],
  ['textarea', 'one\ntwo', 'one\r\ntwo'],
  ['textarea', 'one\ntwo', 'one\rtwo'],
  ['picklist', 'completed', 'completed'],
  ['multipicklist', 'b;a', 'a;b'],
  ['email', 'Ada@Example.com', 'ada@example.com'],
  ['reference', '003000000000001', '003000000000001AAA'],
];

const different: readonly [type: string, written: unknown, held: unknown][] = [
  ['double', 12.5, 12.51],
  ['double', 0, null],
  ['double', null, 0],
  ['datetime', '2026-03-20T12:00:00Z', '2026-03-20T12:00:01.000+0000'],
  ['datetime', '2026-03-20T12:00:00Z', null],
  ['date', '2026-03-20', '2026-03-21'],
  ['boolean', true, false],
  ['boolean', true, null],
  ['string', 'Tea', 'tea'],
  ['string', 'Tea', null],
  ['string', '2026-03-20T12:00:00Z', '2026-03-20T12:00:00.000+0000'],
  ['string', '12.50', '12.5'],
  ['multipicklist', 'a;b', 'a;c'],
  ['reference', '003000000000001AAA', '003000000000002AAA'],
  ['reference', '003000000000001AAA', null],
];

const price = field('Price', 'double', { scale: 2 });
const whole = field('Whole', 'double', { scale: 0 });

describe('canonical', () => {
  it.each(same)('%s %j is what the org holds as %j', (type, written, held) => {
    const one = field('F', type, { scale: type === 'int' ? 0 : 2 });
    expect(canonical(one, held)).toBe(canonical(one, written));
  });

  it.each(different)('%s %j is not %j', (type, written, held) => {
    const one = field('F', type);
    expect(canonical(one, held)).not.toBe(canonical(one, written));
  });

  it('counts the decimals that the field has', () => {
    expect(canonical(price, 1.235)).toBe(1.24);
    expect(canonical(whole, 1.4)).toBe(1);
  });
});

describe('holds', () => {
  it('knows a field by its name, whatever the case, and no other', () => {
    const product = object('Product2', price, whole);
    expect(holds(product, 'price', 1.2, 1.201)).toBe(true);
    expect(holds(product, 'WHOLE', 1, 1.201)).toBe(true);
    expect(holds(product, 'Gone', null, undefined)).toBe(false);
  });
});

describe('a compiled mapping', () => {
  const named = (name: string) => SHOP.mappings.find((mapping) => mapping.name === name);

  it('compares by the schema of its object', () => {
    const item = named('Order_Item');
    expect(item?.holds('Total__c', 5, 5.001)).toBe(true);
    expect(item?.holds('Total__c', 5, 5.01)).toBe(false);
  });

  it('names what leads from an item and a refund to their order, and nothing else', () => {
    const owner = { relationshipName: 'Order__r', keyField: 'Woo_Key__c' };
    expect(named('Order_Item')?.owner).toMatchObject(owner);
    expect(named('Order')?.owner).toBeNull();
    const refunds = object('Refund__c', lookup('Order__c', 'Woo_Order__c', { nillable: false }));
    const mappings = [
      mappingRow({ name: 'Order' }),
      mappingRow({ name: 'Refund', resource: 'refund', object: 'Refund__c' }),
    ];
    const renewed = object('Woo_Order__c', lookup('Renews__c', 'Woo_Order__c'));
    const fields = [
      fieldRow('Order__c', 'order_id', { mapping: 'Refund', kind: 'lookup' }),
      fieldRow('Renews__c', 'parent_id', { kind: 'lookup' }),
    ];
    const found = compileRows({ mappings, fields }, schemas(renewed, refunds));
    expect(found.running).toEqual(['Order', 'Refund']);
    expect(found.mappings.map((mapping) => mapping.owner)).toEqual([
      null,
      expect.objectContaining(owner),
    ]);
  });
});
