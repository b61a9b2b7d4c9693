import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { closeWorld, type CountingOrg, openWorld, Shop, world } from './world.ts';

beforeAll(openWorld);
afterAll(closeWorld);

/** The same numbers each time; a week that fails is one that fails again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const CUSTOMERS = 12;
const CURRENCIES = ['EUR', 'EUR', 'USD', 'JPY', 'GBP'];
const STATUSES = ['completed', 'processing', 'pending', 'cancelled', 'refunded', 'completed'];
const pick = <T>(roll: (sides: number) => number, from: readonly T[]): T =>
  from[roll(from.length)] as T;
const amount = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

function anyOrder(roll: (sides: number) => number): WooRecord {
  return {
    status: pick(roll, STATUSES),
    currency: pick(roll, CURRENCIES),
    total: amount(roll(50_000)),
    customer_id: 1 + roll(CUSTOMERS),
    refunds: Array.from({ length: Math.max(0, roll(5) - 2) }, (_, id) => ({
      id,
      total: `-${amount(1 + roll(20_000))}`,
    })),
  };
}

/** A random change of a shop, and what tells of it. */
function change(shop: Shop, roll: (sides: number) => number, newest: { id: number }): ChangeEvent {
  const known = [...shop.orders.keys()];
  const what = roll(10);
  const some = pick(roll, known);
  if (what < 4 || known.length === 0) return shop.order((newest.id += 1), anyOrder(roll));
  if (what < 7) return shop.order(some, { ...shop.orders.get(some), ...anyOrder(roll) });
  const record = shop.orders.get(some) ?? {};
  if (what === 7) shop.trash.set(some, record);
  if (what < 9) shop.orders.delete(some);
  else if (shop.trash.size > 0) {
    const [[back, kept] = [0, {}]] = [...shop.trash];
    shop.trash.delete(back);
    return shop.order(back, kept);
  }
  return shop.changed('order', some);
}

type Sums = Record<string, { count: bigint; spent: bigint; back: bigint }>;

/** What the shops say of a customer, in whole cents by currency. */
function sumsOf(shops: readonly Shop[], id: number): Sums {
  const sums: Sums = {};
  const cents = (text: unknown) => BigInt(String(text).replace('-', '').replace('.', ''));
  for (const order of shops.flatMap((shop) => [...shop.orders.values()])) {
    if (order['customer_id'] !== id || !/^(completed|processing)$/.test(String(order['status'])))
      continue;
    const sum = (sums[String(order['currency'])] ??= { count: 0n, spent: 0n, back: 0n });
    sum.count += 1n;
    sum.spent += cents(order['total']);
    for (const refund of order['refunds'] as WooRecord[]) {
      sum.spent -= cents(refund['total']);
      sum.back += cents(refund['total']);
    }
  }
  return sums;
}

/** What the org says, in the same form. */
function heldBy(org: CountingOrg, object: string, key: string): Sums {
  const sums: Sums = {};
  const held = org.of(object).find((one) => one['Woo_Key__c'] === key);
  if (held === undefined) throw new Error(`${object} ${key} is not there`);
  const cents = (value: unknown) => BigInt(Math.round(Number(value) * 100));
  let others = 0n;
  for (const one of org.of(`Woo_${object}_Currency__c`)) {
    if (one[`${object}__c`] !== held['Id']) continue;
    const count = BigInt(Number(one['Orders__c']));
    others += count;
    sums[String(one['Name'])] = {
      count,
      spent: cents(one['Spent__c']),
      back: cents(one['Refunded__c']),
    };
  }
  const count = BigInt(Number(held['Woo_Orders__c'] ?? 0)) - others;
  if (count > 0n)
    sums[String(held['Woo_Currency__c'])] = {
      count,
      spent: cents(held['Woo_Spent__c']),
      back: cents(held['Woo_Refunded__c']),
    };
  return sums;
}

it.each([1, 2, 3])(
  'the fields are those of the shops to the cent after a random week (%i)',
  async (seed) => {
    const { shop, org, state, load, sync } = await world();
    const outlet = new Shop('outlet');
    const roll = dice(seed);
    const newest = { id: 0 };
    for (let id = 1; id <= CUSTOMERS; id += 1) shop.customer(id);
    for (let at = 0; at < 60; at += 1) shop.order((newest.id += 1), anyOrder(roll));
    await load();
    await load(outlet);
    // Customers of the other shop are the same people.
    const linked = ['Account', 'Contact'].flatMap((object) =>
      org.of(object).map((one) => ({
        object,
        key: String(one['Woo_Key__c']).replace('main', 'outlet'),
        recordId: one.Id,
        ...({
          state: 'verified',
          hash: 'h',
          parentKey: null,
          byId: true,
          readNumber: 1,
        } as const),
      })),
    );
    await state.didWrite(linked, []);
    for (let day = 0; day < 7; day += 1) {
      for (let hour = 0; hour < 3; hour += 1) {
        const where = roll(3) === 0 ? outlet : shop;
        const changes = Array.from({ length: 1 + roll(6) }, () => change(where, roll, newest));
        const distinct = new Map(changes.map((one) => [one.key, one]));
        await sync([...distinct.values()], where);
      }
    }
    for (let id = 1; id <= CUSTOMERS; id += 1) {
      const said = sumsOf([shop, outlet], id);
      for (const object of ['Account', 'Contact'])
        expect(heldBy(org, object, `main:${id}`), `${object} ${id}`).toEqual(said);
    }
  },
);
