import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import { forStore } from '../../../src/mapping/model/for-store.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
  STORE_ROW,
} from '../../mapping/support/mappings.ts';
import { US } from '../../support/holding-org.ts';
import { type Sort, TwoSides } from './two-sides.ts';

const SCHEMAS = schemas(
  object(
    'Woo_Order__c',
    field('Status__c', 'string'),
    field('Tracking__c', 'string'),
    field('Note__c', 'textarea', { length: 32_000 }),
  ),
);

/** Orders of one store go both ways, and those of the store `main` only to Salesforce. */
function mappingsOf(direction: 'to_salesforce' | 'both'): readonly Mapping[] {
  const rows = [
    mappingRow({ name: 'Order', direction: 'both', conflictRule: 'woo_wins' }),
    mappingRow({ name: 'Own', store: 'main', direction, conflictRule: 'woo_wins' }),
  ];
  const fields = [
    fieldRow('Tracking__c', 'meta_data.tracking_number', { mapping: 'Order', direction: 'both' }),
    fieldRow('Note__c', 'note_to_customer', { mapping: 'Order', direction: 'to_woo' }),
    fieldRow('Status__c', 'status', { mapping: 'Own', direction: 'to_salesforce' }),
    fieldRow('Tracking__c', 'meta_data.tracking_number', { mapping: 'Own', direction }),
  ];
  const { mappings, problems } = compileMappings(source({ mappings: rows, fields }), SCHEMAS);
  expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
  return forStore(mappings, 'main');
}

function sort(direction: 'to_salesforce' | 'both'): Sort {
  return {
    mapping: () => {
      const [own] = mappingsOf(direction);
      if (own === undefined) throw new Error('the store has no mapping');
      return own;
    },
    resource: 'order',
    list: 'orders',
    record: () => ({
      status: 'processing',
      meta_data: [{ id: 1, key: 'tracking_number', value: 'T1' }],
    }),
  };
}

async function edited(
  fields: Readonly<Record<string, unknown>>,
  direction: 'to_salesforce' | 'both' = 'to_salesforce',
) {
  const sides = new TwoSides('woo_wins', sort(direction));
  await sides.begin(1, 2);
  sides.editSalesforce(1, fields);
  await sides.tell(1);
  await sides.settle();
  return sides;
}

describe('an edit of a record whose store does not send what another one does', () => {
  it('is said at once, and what the shop says is back', async () => {
    const sides = await edited({ Tracking__c: 'T2' });
    expect(sides.record(1)).toMatchObject({ Tracking__c: 'T1' });
    expect(sides.shop.writes).toBe(0);
    expect(sides.failures).toMatchObject([
      { code: 'EDIT_NOT_SENT', field: 'Tracking__c', salesforceValue: 'T2', recordKey: 'main:1' },
    ]);
    expect(sides.state.twoWay.edits.size).toBe(0);
  });

  it('is said of what the shop has no word of, which stays', async () => {
    const sides = await edited({ Note__c: 'hi', Tracking__c: 'T2' });
    expect(sides.record(1)).toMatchObject({ Note__c: 'hi', Tracking__c: 'T1' });
    expect(sides.failures).toMatchObject([{ code: 'EDIT_NOT_SENT', field: null }]);
    expect(sides.failures[0]?.reason).toContain('Tracking__c, Note__c');
  });

  it.each([
    ['none of a field that goes to the shop of another store, to which the record belongs', false],
    ['said where another store has the record too, and has no field of its own in it', true],
  ])('is %s', async (_, byId) => {
    const sides = new TwoSides('woo_wins', sort('to_salesforce'));
    await sides.begin(1, 2);
    const own = sides.state.saved.get('Woo_Order__c main:1');
    if (own === undefined) throw new Error('the order is not linked');
    // The note goes to every store but `main`; what that one shows goes by its own mapping.
    const theirs = { ...own, key: 'outlet:9', byId };
    sides.state.saved.set('Woo_Order__c outlet:9', theirs);
    for (const id of [1, 2]) sides.editSalesforce(id, { Note__c: 'hi' });
    await sides.tell(1);
    await sides.tell(2);
    await sides.settle();
    expect(sides.failures.map(({ code, recordKey }) => [code, recordKey])).toEqual([
      ...(byId ? [['EDIT_NOT_SENT', 'main:1']] : []),
      ['EDIT_NOT_SENT', 'main:2'],
    ]);
  });

  it.each([
    ['none of what another store had there before it lost the record', 'theirs', []],
    ['said where a person has changed that', 'mine', ['EDIT_NOT_SENT']],
  ])('is %s', async (_, note, said) => {
    const sides = new TwoSides('woo_wins', sort('to_salesforce'));
    await sides.begin(1);
    const { unsent = [] } = sort('to_salesforce').mapping('woo_wins');
    const field = unsent.find((one) => one.field === 'Note__c');
    if (field === undefined) throw new Error('the note is sent');
    const pair = {
      object: 'Woo_Order__c',
      key: 'outlet:9',
      recordId: String(sides.record(1)['Id']),
    };
    const held = digest('theirs');
    // Once written and seen, and once on its way while the process ended; no link is left.
    for (const known of ['base', 'pending'] as const) {
      await sides.state.twoWay.saveBase([
        { ...pair, base: {}, [known]: { [agreedName(field)]: ['', held] } },
      ]);
      sides.editSalesforce(1, { Note__c: note, Tracking__c: 'T1' });
      await sides.tell(1);
      await sides.settle();
      expect(sides.failures.splice(0).map(({ code }) => code)).toEqual(said);
      sides.state.twoWay.kept.clear();
    }
  });

  it('stays said until a person takes it away, whatever we write of the record meanwhile', async () => {
    const sides = await edited({ Note__c: 'hi' });
    const said = [['EDIT_NOT_SENT', 'Note__c']];
    for (const status of ['completed', 'on-hold', 'on-hold']) {
      expect(sides.failures.splice(0).map(({ code, field }) => [code, field])).toEqual(said);
      sides.editWoo(1, { status });
      sides.change(1);
      await sides.settle();
      expect(sides.record(1)).toMatchObject({ Status__c: status });
      sides.editSalesforce(1, { LastModifiedById: US });
    }
    expect(sides.failures.splice(0)).toHaveLength(1);
    sides.editSalesforce(1, { Note__c: null });
    await sides.tell(1);
    await sides.settle();
    expect(sides.failures).toEqual([]);
    expect(sides.state.twoWay.edits.size).toBe(0);
  });

  it('is none where nothing of it was changed, or by ourselves', async () => {
    for (const fields of [{}, { Tracking__c: 'T2', LastModifiedById: US }]) {
      const sides = await edited(fields);
      expect(sides.failures).toEqual([]);
      expect(sides.writes).toBe(0);
    }
  });

  it('goes to the shop, with the fields that its own mapping sends', async () => {
    const sides = await edited({ Tracking__c: 'T2' }, 'both');
    expect(sides.failures).toEqual([]);
    expect(sides.shop.products.get(1)).toMatchObject({
      meta_data: [{ key: 'tracking_number', value: 'T2' }],
    });
  });
});

it.each([
  ['the store alone, which has the field for itself', [], ['outlet']],
  ['no store, where the mapping of the other one names the field too', ['Note__c'], []],
])('a field that goes to another store is that of %s', (_, shown, ofStores) => {
  const rows = ['outlet', 'main'].map((name) =>
    mappingRow({ name, store: name, direction: 'both', conflictRule: 'woo_wins' }),
  );
  const toSalesforce = { mapping: 'main', direction: 'to_salesforce' };
  const fields = [
    fieldRow('Note__c', 'note_to_customer', { mapping: 'outlet', direction: 'to_woo' }),
    fieldRow('Status__c', 'status', toSalesforce),
    ...shown.map((name) => fieldRow(name, 'customer_note', toSalesforce)),
  ];
  const stores = ['main', 'outlet'].map((key) => ({ ...STORE_ROW, name: key, key }));
  const { mappings, problems } = compileMappings(
    source({ stores, mappings: rows, fields }),
    SCHEMAS,
  );
  expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
  const [own] = forStore(mappings, 'main');
  expect(own?.unsent).toMatchObject([{ field: 'Note__c', ofStores }]);
});

it('nothing is unsent where one mapping is for all stores', () => {
  const { mappings } = compileMappings(
    source({
      mappings: [mappingRow({ name: 'Order', direction: 'both', conflictRule: 'woo_wins' })],
      fields: [fieldRow('Note__c', 'note_to_customer', { direction: 'to_woo' })],
    }),
    SCHEMAS,
  );
  expect(forStore(mappings, 'main').map(({ unsent }) => unsent)).toEqual([undefined]);
});
