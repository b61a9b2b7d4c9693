import { describe, expect, it } from 'vitest';
import type { FieldMappingRow, MappingRow } from '../../../src/mapping/model/config-rows.ts';
import { forStore } from '../../../src/mapping/model/for-store.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE_ROW,
} from '../support/mappings.ts';

const ORG = schemas(
  object('Woo_Order__c', field('Name', 'string'), lookup('Contact__c', 'Contact')),
  object('Contact', field('LastName', 'string', { length: 80, nillable: false })),
  object('Lead', field('LastName', 'string', { length: 80, nillable: false })),
);

const COMMON = [
  mappingRow({ name: 'Order' }),
  mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' }),
];
const NAME = { transform: 'name_fallback' };
const FIELDS = [
  fieldRow('Name', 'number'),
  fieldRow('Contact__c', 'customer', { kind: 'lookup' }),
  fieldRow('LastName', 'last_name', { ...NAME, mapping: 'Contact' }),
];
const STORES = [STORE_ROW, { ...STORE_ROW, name: 'B2B', key: 'b2b' }];

function compiledWith(own: MappingRow, fields: readonly FieldMappingRow[] = []) {
  const { mappings, problems } = compileRows(
    { stores: STORES, mappings: [...COMMON, own], fields: [...FIELDS, ...fields] },
    ORG,
  );
  const names = (store: string) => forStore(mappings, store).map(({ name }) => name);
  return { b2b: names('b2b'), main: names('main'), problems };
}

const own = (more: Partial<MappingRow> = {}) =>
  mappingRow({ name: 'B2B_Order', store: 'b2b', ...more });
const ownName = fieldRow('Name', 'order_key', { mapping: 'B2B_Order' });

describe("a store's own mapping", () => {
  it('replaces the common one of the same resource and object, for that store', () => {
    const { b2b, main, problems } = compiledWith(own(), [ownName]);
    expect(problems).toEqual([]);
    expect(b2b.sort()).toEqual(['B2B_Order', 'Contact']);
    expect(main).toEqual(['Order', 'Contact']);
  });

  it('stands beside the common one where its object is another', () => {
    const lead = own({ name: 'B2B_Lead', resource: 'customer', object: 'Lead' });
    const last = fieldRow('LastName', 'last_name', { ...NAME, mapping: 'B2B_Lead' });
    expect(compiledWith(lead, [last]).b2b).toEqual(['Order', 'Contact', 'B2B_Lead']);
  });

  it.each([
    ['a wrong field', own(), [fieldRow('Nmae', 'number', { mapping: 'B2B_Order' })]],
    ['a wrong resource', own({ resource: 'ordr' }), [ownName]],
    ['no object that the org knows', own({ object: 'Woo_Ordr__c' }), [ownName]],
    ['no object at all', own({ object: null }), [ownName]],
  ])('with %s is held, and the common one does not stand in for it', (_, row, fields) => {
    const { b2b, main, problems } = compiledWith(row, fields);
    expect(b2b).toEqual(['Contact']);
    expect(main).toEqual(['Order', 'Contact']);
    const [last] = problems.filter(({ code }) => code === 'MAPPING_STORE_HELD');
    expect(last).toMatchObject({ mapping: 'B2B_Order', place: 'B2B_Order', fatal: false });
    expect(last?.message).toBe(
      'B2B_Order is held, so nothing of it is synced for the store "b2b": Order does not stand in for it.',
    );
    expect(last?.cure).toMatch(/Correct B2B_Order; or deactivate it/);
  });

  it('that is not active leaves the common one in place', () => {
    const { b2b, problems } = compiledWith(own({ active: false, object: 'Woo_Ordr__c' }));
    expect(b2b).toEqual(['Order', 'Contact']);
    expect(problems).toEqual([]);
  });

  it('that only goes to the shop leaves the common one in place', () => {
    expect(compiledWith(own({ direction: 'to_woo' })).b2b).toEqual(['Order', 'Contact']);
  });

  it('that is held is told to those of its store that refer to it', () => {
    const held = own({ name: 'B2B_Contact', resource: 'customer', object: 'Contact' });
    const order = own();
    const { mappings, problems } = compileRows(
      {
        stores: STORES,
        mappings: [...COMMON, held, order],
        fields: [
          ...FIELDS,
          ownName,
          fieldRow('Contact__c', 'customer', {
            mapping: 'B2B_Order',
            kind: 'lookup',
            name: 'B2B_Who',
          }),
        ],
      },
      ORG,
    );
    expect(mappings.map(({ name }) => name)).toEqual(['Order', 'Contact', 'B2B_Order']);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'MAPPING_LOOKUP_WITHOUT_MAPPING', place: 'B2B_Who' }),
    );
    expect(problems.filter(({ place }) => place === 'Map_Contact__c')).toEqual([]);
  });
});

describe('the fields that a store has for records of another one', () => {
  const status = (mapping: string) => fieldRow('Status__c', 'status', { mapping });
  const fieldsBeside = (others: readonly MappingRow[], more: readonly FieldMappingRow[] = []) => {
    const { mappings } = compileRows(
      {
        stores: STORES,
        mappings: [own(), ...others],
        fields: [ownName, status('B2B_Order'), fieldRow('Name', 'number'), ...more],
      },
      schemas(object('Woo_Order__c', field('Name', 'string'), field('Status__c', 'string'))),
    );
    const mine = mappings.find(({ name }) => name === 'B2B_Order');
    return mine?.foreign.fields.map((one) => one.field);
  };
  const common = mappingRow({ name: 'Order' });

  it('are those that the mapping of the others does not name', () => {
    expect(fieldsBeside([common])).toEqual(['Status__c']);
  });

  it('are no more while that mapping is off: its values are still in the records', () => {
    expect(fieldsBeside([{ ...common, active: false }])).toEqual(['Status__c']);
  });

  it('are no fewer for a copy that is off, where another mapping is in its place', () => {
    const copy = mappingRow({ name: 'Copy', active: false });
    expect(fieldsBeside([common, copy], [status('Copy')])).toEqual(['Status__c']);
  });
});
