import { expect, it } from 'vitest';
import { field, fieldRow, mappingRow } from '../../mapping/support/mappings.ts';
import { checked, described, short } from './ground.ts';

const ORDER = mappingRow({ name: 'Order' });
const AMOUNT = fieldRow('Amount', 'total');
const CURRENCY = fieldRow('CurrencyIsoCode', 'currency');
const FIELDS = [field('Name', 'string', { length: 80 }), field('Amount', 'currency')];
const ISO = field('CurrencyIsoCode', 'picklist');

async function found({ rows = [AMOUNT], fields = [...FIELDS, ISO], mapping = ORDER } = {}) {
  const { mappings } = await checked({
    source: { mappings: [mapping], fields: rows },
    objects: [described('Woo_Order__c', fields)],
  });
  return mappings
    .flatMap(({ findings }) => findings)
    .filter(({ code }) => code === 'CHECK_CURRENCY_UNMAPPED');
}

it('warns of amounts without their currency in an org with several, once for a mapping', async () => {
  const all = await found({ rows: [AMOUNT, fieldRow('Name', 'number')] });
  expect(all.map(short)).toEqual(['warning CHECK_CURRENCY_UNMAPPED Order']);
  expect(all[0]?.message).toContain('writes amounts to Amount of Woo_Order__c');
  expect(all[0]?.cure).toContain('of the attribute currency to CurrencyIsoCode to Order');
});

it('offers a static value where the shop’s record has no currency', async () => {
  const [one] = await found({ mapping: { ...ORDER, resource: 'refund' } });
  expect(one?.cure).toContain('a static value, the ISO code');
});

it.each([
  ['in an org with one currency', { fields: FIELDS }],
  ['where the currency is mapped', { rows: [AMOUNT, CURRENCY] }],
  [
    'where it is mapped in another case',
    { rows: [AMOUNT, { ...CURRENCY, field: 'currencyisocode ' }] },
  ],
  ['of numbers that are no amounts', { rows: [fieldRow('Name', 'number')] }],
  ['of amounts that go to the shop alone', { rows: [{ ...AMOUNT, direction: 'to_woo' }] }],
  [
    'of a detail, which has the currency of its master',
    { fields: [...FIELDS, { ...ISO, createable: false, updateable: false }] },
  ],
])('says nothing %s', async (_, scene) => {
  expect(await found(scene)).toEqual([]);
});

it('warns where the currency goes to the shop alone', async () => {
  expect(await found({ rows: [AMOUNT, { ...CURRENCY, direction: 'to_woo' }] })).toHaveLength(1);
});
