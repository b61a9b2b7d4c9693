import { expect, it } from 'vitest';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { FieldValue, WooRecord } from '../../../src/mapping/model/record.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import { digest } from '../../../src/sync/model/digest.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { baseOnSent, keepSent } from '../../../src/sync/to-woo/sent-values.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const goes = (field: string, attribute: string, over: Partial<OutgoingField> = {}) =>
  ({
    place: field,
    field,
    attribute,
    kind: 'value',
    direction: 'both',
    fromWoo: (record: WooRecord) => (record[attribute] ?? null) as FieldValue,
    fromSalesforce: (held: unknown) => (held ?? null) as FieldValue,
    ...over,
  }) as OutgoingField;

const outgoing = [
  goes('Name', 'name'),
  goes('Status__c', 'status'),
  goes('Image__c', 'product_featured_image', { kind: 'featured_image' }),
  goes('Note__c', 'note_private', { direction: 'to_woo' }),
];
const one = {
  object: 'Order',
  recordId: '801A',
  key: 'main:new:Order:801A',
  wooId: 71,
  mapping: mappingTo('Order', { outgoing }),
};
const SENT = { Id: '801A', Name: 'Mug', Status__c: 'pending', Image__c: '5', Note__c: 'Hi' };
const MADE: WooRecord = { id: 71, name: 'Mug of the shop', status: 'on-hold' };

/** The sync base of an order whose record was sent as it was, and is known to the shop when it holds something else. */
async function base(sent: OrgRow, held: OrgRow): Promise<Readonly<Record<string, unknown>>> {
  const state = new MemoryState();
  const run = { state, store: { key: 'main' } } as unknown as Run;
  await keepSent(run, [{ ...one, held: sent }]);
  await baseOnSent(run, [{ ...one, held, record: MADE }]);
  return (await state.twoWay.syncBases('Order', ['main:71'])).get('main:71')?.base ?? {};
}

const [name, status] = ['Name<name', 'Status__c<status'];
const of = (value: FieldValue) => [digest(value), digest(value)];

it('is what was sent of fields that go both ways, whatever was edited since', async () => {
  const known = { [name]: of('Mug'), [status]: of('pending') };
  expect(await base(SENT, SENT)).toEqual(known);
  expect(await base(SENT, { ...SENT, Name: 'Cup' })).toEqual(known);
});

it('leaves to the shop what was empty, unless somebody has filled it meanwhile', async () => {
  const empty = { ...SENT, Name: null };
  expect(await base(empty, empty)).toEqual({ [status]: of('pending') });
  expect(await base(empty, { ...empty, Name: 'Cup' })).toEqual({
    [name]: [digest('Mug of the shop'), digest(null)],
    [status]: of('pending'),
  });
});

it('leaves the status to the shop that was taken back, and no other field that was emptied', async () => {
  const emptied = { ...SENT, Name: null, Status__c: null };
  expect(await base(SENT, emptied)).toEqual({ [name]: of('Mug') });
});
