import { expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { orderOf } from '../../../src/sync/to-woo/drafts/draft-body.ts';
import { mappingTo } from '../../support/rows.ts';

const PARTS = ['first_name', 'email', 'phone', 'address_1', 'address_2', 'city', 'state'];
const fields = [...PARTS, 'country'].flatMap((part) =>
  ['billing', 'shipping'].map((kind) => {
    const attribute = `${kind}.${part}`;
    return { field: attribute, attribute };
  }),
);
const mapping = mappingTo('Order', { fields: fields as never, outgoing: [] });
const line = {
  recordId: 'line',
  name: 'Line',
  quantity: 1,
  product: 'product',
  sold: { id: 1, parent_id: 0 },
};
const KNOWN = {
  first_name: 'Ann',
  email: 'ann@shop.example',
  phone: '1',
  address_1: '1 High St',
  address_2: 'Flat 2',
  city: 'Austin',
  state: 'TX',
  country: 'US',
};

/** The billing address of the order of a draft in which this was typed. */
function billed(typed: Readonly<Record<string, string>>, customer: WooRecord | undefined) {
  const held = Object.fromEntries(
    Object.entries(typed).map(([part, value]) => [`billing.${part}`, value]),
  );
  const one = { object: 'Order', recordId: 'draft', key: 'key', wooId: null, mapping, held };
  const order = orderOf(one, [line], customer);
  if (!('body' in order)) throw new Error(order.problems[0]?.message);
  return order.body;
}

const { state: _state, ...stateless } = KNOWN;
const { address_2: _line, ...oneLine } = KNOWN;

it.each([
  ['nothing', {}, KNOWN],
  ['blanks', { phone: ' ' }, KNOWN],
  ['a phone', { phone: '2' }, { ...KNOWN, phone: '2' }],
  ['a name', { first_name: 'Bea' }, { ...KNOWN, first_name: 'Bea' }],
  ['an e-mail address', { email: 'b@c.example' }, { ...KNOWN, email: 'b@c.example' }],
  ['a city', { city: 'Dallas' }, { ...KNOWN, city: 'Dallas' }],
  ['a street', { address_1: '9 Low St' }, { ...oneLine, address_1: '9 Low St' }],
  ['a second line', { address_2: 'Flat 3' }, { ...KNOWN, address_2: 'Flat 3' }],
  ['a state', { state: 'CA' }, { ...KNOWN, state: 'CA' }],
  ['a country', { country: 'BE' }, { ...stateless, country: 'BE' }],
  ['both', { country: 'CA', state: 'ON' }, { ...KNOWN, country: 'CA', state: 'ON' }],
])('a draft with %s typed has the rest of the customer', (_what, typed, billing) => {
  const customer = { id: 5, billing: KNOWN, shipping: { city: 'Ghent', state: '' } };
  expect(billed(typed, customer)).toMatchObject({ customer_id: 5, shipping: { city: 'Ghent' } });
  expect(billed(typed, customer)['billing']).toEqual(billing);
});
