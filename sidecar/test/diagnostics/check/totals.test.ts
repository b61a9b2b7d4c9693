import { expect, it } from 'vitest';
import { CURRENCY_FIELDS, TOTALS_FIELDS } from '../../../src/mapping/attributes/customer-totals.ts';
import { field, fieldRow, mappingRow, STORE_ROW } from '../../mapping/support/mappings.ts';
import { checked, described, short, type Scene } from './ground.ts';

const CONTACT = mappingRow({ name: 'People', resource: 'customer', object: 'Contact' });
const NAME = fieldRow('Name', 'last_name', { mapping: 'People' });
const ALL = TOTALS_FIELDS.map((name) => field(name, 'double'));
const CURRENCIES = described(
  'Woo_Contact_Currency__c',
  ['Contact__c', ...CURRENCY_FIELDS].map((name) => field(name, 'double')),
);

async function found(fields: typeof ALL, over: Partial<Scene> = {}) {
  const contact = described('Contact', [field('Name', 'string'), ...fields]);
  const scene = { source: { mappings: [CONTACT], fields: [NAME] }, objects: [contact, CURRENCIES] };
  const { mappings } = await checked({ ...scene, ...over });
  return mappings
    .flatMap(({ findings }) => findings)
    .filter(({ code }) => code === 'TOTALS_FIELDS');
}

it('says nothing where a customer has fields for what was ordered', async () => {
  expect(await found(ALL)).toEqual([]);
});

it('names fields that are missing or may not be edited, of other currencies too', async () => {
  const [, ...rest] = ALL;
  const readOnly = field('Woo_Orders__c', 'double', { updateable: false });
  for (const fields of [rest, [readOnly, ...rest]]) {
    const [finding] = await found(fields);
    expect(finding && short(finding)).toBe('warning TOTALS_FIELDS People');
    expect(finding?.message).toContain('Contact.Woo_Orders__c, or');
  }
  const contact = described('Contact', [field('Name', 'string'), ...ALL]);
  const [finding] = await found(ALL, { objects: [contact] });
  expect(finding?.message).toContain('Woo_Contact_Currency__c.Woo_Key__c');
  expect(finding?.message).toContain('and 5 more');
});

it('is no matter where no store counts', async () => {
  const stores = [{ ...STORE_ROW, paidStatuses: 'none' }];
  expect(await found([], { source: { stores, mappings: [CONTACT], fields: [NAME] } })).toEqual([]);
});
