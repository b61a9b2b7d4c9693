import type { Connection } from 'jsforce';

import { makeRecord, makeRecords } from '../demo/make-records.ts';

const DAY_MS = 24 * 3_600_000;
/** Orders of each of the last days, today last: weekends are quiet. */
const PER_DAY = [6, 9, 4, 3, 8, 11, 7];
const PRODUCTS = [
  { name: 'Bean bag', price: 89 },
  { name: 'Oak side table', price: 149.5 },
  { name: 'Linen cushion', price: 24.9 },
  { name: 'Floor lamp', price: 119 },
  { name: 'Wool blanket', price: 64 },
] as const;
const STATUSES = ['completed', 'completed', 'processing', 'completed', 'on-hold', 'completed'];
const CUSTOMERS = 14;

/** Sales of a week in two currencies, with refunds, so that charts have something to show. */
export async function makeSampleSales(admin: Connection, now: Date): Promise<void> {
  const contacts = await makeRecords(
    admin,
    'Contact',
    Array.from({ length: CUSTOMERS }, (_, at) => ({ LastName: `Customer ${at + 1}` })),
  );
  // A quarter of an hour apart, backwards from now.
  const placed = PER_DAY.flatMap((count, day) =>
    Array.from({ length: count }, (_, at) => {
      const days = PER_DAY.length - 1 - day;
      return new Date(now.getTime() - days * DAY_MS - at * 900_000);
    }),
  );
  const orders = placed.map((time, at) => {
    const [line, other] = [productAt(at), productAt(at * 3 + 1)];
    return { time, lines: [line, other], total: line.price * 2 + other.price };
  });
  const ids = await makeRecords(
    admin,
    'Woo_Order__c',
    orders.map(({ time, total }, at) => ({
      Name: `${1001 + at}`,
      Store__c: 'main',
      Woo_Key__c: `main:${1001 + at}`,
      Status__c: STATUSES[at % STATUSES.length],
      Total__c: total,
      Currency_Code__c: at % 4 === 3 ? 'USD' : 'EUR',
      Contact__c: contacts[at % CUSTOMERS],
      Created_In_Woo__c: time.toISOString(),
      Refunded_Total__c: isRefunded(at) ? REFUND : 0,
    })),
  );
  await makeRecords(
    admin,
    'Woo_Order_Item__c',
    orders.flatMap(({ lines }, at) =>
      lines.map(({ name, price }, line) => ({
        Order__c: ids[at],
        Type__c: 'product',
        Item_Name__c: name,
        Quantity__c: 2 - line,
        Total__c: price * (2 - line),
        Woo_Key__c: `main:${1001 + at}:${line}`,
      })),
    ),
  );
  for (const [at, { time }] of orders.entries()) {
    if (!isRefunded(at)) continue;
    await makeRecord(admin, 'Woo_Refund__c', {
      Order__c: ids[at],
      Amount__c: REFUND,
      Woo_Key__c: `main:R${at}`,
      Refunded_At__c: time.toISOString(),
    });
  }
}

const REFUND = 24.9;
const isRefunded = (at: number): boolean => at % 11 === 5;
const productAt = (at: number) => PRODUCTS[at % PRODUCTS.length] ?? PRODUCTS[0];
