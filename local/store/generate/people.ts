import type { Address } from '../core/records.ts';
import { Random } from '../core/random.ts';

const firstNames = [
  'Anna',
  "O'Neil",
  'José',
  '太郎',
  'Ольга',
  'محمد',
  'Zoë',
  'Søren',
  'Jean-Luc',
  'Mary Ann',
  '😀 Smiley',
  'Łukasz',
  '',
  'נועה',
  'Nguyễn Thị',
] as const;

const lastNames = [
  'Smith',
  'García',
  "D'Arcy",
  '日本',
  '山田',
  '& Sons',
  'العربي',
  'van der Berg',
  'Müller',
  'Иванова',
  'Brontë',
  'Ågren',
  '<script>x</script>',
  'O’Brien-Ñandú',
] as const;

const companies = ['', '', '', '', 'Acme & Co', 'Größe GmbH', '株式会社テスト'] as const;

/** Places with the tax rates that apply there; `rates` are ids of the store's tax table. */
interface Place {
  city: string;
  state: string;
  postcode: string;
  country: string;
  rates: readonly number[];
}

const places: readonly Place[] = [
  { city: 'New York', state: 'NY', postcode: '10001', country: 'US', rates: [1] },
  { city: 'Los Angeles', state: 'CA', postcode: '90001', country: 'US', rates: [2, 3] },
  { city: '東京', state: 'JP13', postcode: '100-0001', country: 'JP', rates: [4] },
  { city: 'Köln', state: '', postcode: '50667', country: 'DE', rates: [5] },
  { city: 'London', state: '', postcode: 'SW1A 1AA', country: 'GB', rates: [] },
];

const nowhere: Place = { city: '', state: '', postcode: '', country: '', rates: [] };

export interface Person {
  firstName: string;
  lastName: string;
  company: string;
  street: string;
  email: string;
  phone: string;
  place: Place;
}

/** The person of one stream index: always the same for the same seed. `places` limits to one-tax places if asked. */
export function person(seed: number, stream: string, index: number, oneTaxOnly: boolean): Person {
  const random = new Random(seed, `person:${stream}`, index);
  const choice = oneTaxOnly ? places.filter(({ rates }) => rates.length === 1) : places;
  return {
    firstName: random.pick(firstNames),
    lastName: random.pick(lastNames),
    company: random.pick(companies),
    street: `${random.below(980) + 1} Main St`,
    email: `${stream}${index}@shop.example`,
    phone: `+1 555 01${String(random.below(100)).padStart(2, '0')}`,
    place: random.pick(choice),
  };
}

/** Nobody: the address of an order whose buyer has typed nothing yet. */
export const nobody: Person = {
  firstName: '',
  lastName: '',
  company: '',
  street: '',
  email: '',
  phone: '',
  place: nowhere,
};

/** Who registered under My Account, where the shop asks for an e-mail address and a password only. */
export function registrant(id: number): Person {
  return { ...nobody, email: `registered${id}@shop.example` };
}

/** What WooCommerce leaves of a buyer whose personal data was erased on request. */
export const erased: Person = {
  firstName: '[deleted]',
  lastName: '[deleted]',
  company: '[deleted]',
  street: '[deleted]',
  email: 'deleted@site.invalid',
  phone: '',
  place: { city: '[deleted]', state: '', postcode: '[deleted]', country: '', rates: [] },
};

/** An order's billing address. */
export function orderBilling(buyer: Person): Address {
  return {
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    company: buyer.company,
    address_1: buyer.street,
    address_2: '',
    city: buyer.place.city,
    state: buyer.place.state,
    postcode: buyer.place.postcode,
    country: buyer.place.country,
    email: buyer.email,
    phone: buyer.phone,
  };
}

/** An order's shipping address: the same place, without e-mail and phone. */
export function orderShipping(buyer: Person): Address {
  return withoutContact(orderBilling(buyer));
}

/** A customer's billing address; customers list their address parts in another order than orders do. */
export function customerBilling(buyer: Person): Address {
  const { state, email, phone, ...rest } = orderBilling(buyer);
  return { ...rest, state, email: email ?? '', phone };
}

/** A customer's shipping address. */
export function customerShipping(buyer: Person): Address {
  return withoutContact(customerBilling(buyer));
}

function withoutContact(address: Address): Address {
  const shipping = { ...address, phone: '' };
  delete shipping.email;
  return shipping;
}
