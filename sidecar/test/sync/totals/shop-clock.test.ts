import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaleLink } from '../../../src/ports/link.ts';
import { ReadNumbers } from '../../../src/sync/pipeline/read-numbers.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { closeWorld, glance, openWorld, world } from './world.ts';

beforeAll(openWorld);
afterAll(closeWorld);

const HOUR = 3_600_000;

describe.each([
  ['an hour ahead', HOUR],
  ['a day ahead', 24 * HOUR],
  ['an hour behind', -HOUR],
  ['a day behind', -24 * HOUR],
])('a clock of the shop that was %s for one answer', (_, skew) => {
  it('has nothing looked at again, and what follows is written and counted', async () => {
    const { org, shop, load, sync } = await world();
    shop.customer(1);
    shop.order(1);
    shop.order(2);
    await load();
    shop.jump(skew);
    expect((await sync([shop.order(1, { total: '12.00' })])).followUps).toEqual([]);
    shop.jump(-skew);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 22 });

    const calls = org.calls;
    const right = await sync([shop.order(1, { total: '13.00' })]);
    expect(right).toEqual({ failures: [], followUps: [] });
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 23 });
    expect(org.calls).toBe(calls + 1);
    expect((await sync([shop.order(1)])).followUps).toEqual([]);
    expect(org.calls).toBe(calls + 1);

    const gone = await sync([shop.order(1, { status: 'cancelled' })]);
    expect(gone.followUps).toEqual([]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  });
});

const TOTAL = mappingTo('Woo_Order__c', {
  reads: ['total'],
  build: (record, { key }) => ({
    row: rowOf(`${key}:${String(record['id'])}`, { Total__c: String(record['total']) }),
  }),
});

describe('two readings of an order at once', () => {
  it('have it looked at once more where the one that began first is written last', async () => {
    const { org, shop, sync } = await world([TOTAL]);
    await sync([shop.order(1)]);
    const event = shop.order(1, { total: '12.00' });
    // While the first is on its way, the order changes, and is read and written anew.
    org.onWrite = async () => {
      org.onWrite = () => Promise.resolve();
      await sync([shop.order(1, { total: '15.00' })]);
    };
    expect((await sync([event])).followUps).toEqual([event]);
    expect(org.of('Woo_Order__c')).toMatchObject([{ Total__c: '12.00' }]);
    expect((await sync([event])).followUps).toEqual([]);
    expect(org.of('Woo_Order__c')).toMatchObject([{ Total__c: '15.00' }]);
  });

  it('take a load that read it before it was changed for the older one', async () => {
    const { org, shop, load, sync } = await world([TOTAL]);
    await sync([shop.order(1)]);
    shop.order(1, { total: '12.00' });
    org.onWrite = async () => {
      org.onWrite = () => Promise.resolve();
      await sync([shop.order(1, { total: '15.00' })]);
    };
    const stale: StaleLink[] = [];
    await load(shop, (links) => void stale.push(...links));
    expect(stale).toMatchObject([{ object: 'Woo_Order__c', key: 'main:1' }]);
  });
});

describe('the numbers of the pages of a walk', () => {
  it('are those of before each page was asked for, be it one ahead', async () => {
    let begun = 0;
    const numbers = await ReadNumbers.begin({
      // The state answers while the page is handled, and not at once.
      beginRead: async () => {
        await new Promise(setImmediate);
        return (begun += 1);
      },
    });
    const asked: number[] = [];
    // As a store walks: a page is asked for before the one in front of it is handed out.
    async function* pages(): AsyncGenerator<number> {
      asked.push(begun);
      for (let page = 0; page < 5; page += 1) {
        asked.push(begun);
        yield await Promise.resolve(page);
      }
    }
    const own: number[] = [];
    for await (const page of pages()) {
      own[page] = await numbers.next();
      await numbers.ready();
    }
    expect(own).toHaveLength(5);
    for (const [page, number] of own.entries())
      expect(number).toBeLessThanOrEqual(asked[page] ?? 0);
    // And as late as can be.
    expect(own.slice(2)).toEqual(asked.slice(2, 5));
  });

  it('are waited for before the next page is taken, and say there that the state is away', async () => {
    const answers = [Promise.resolve(1), Promise.reject(new Error('state is away'))];
    const numbers = await ReadNumbers.begin({
      beginRead: () => answers.shift() ?? Promise.resolve(9),
    });
    expect(await numbers.next()).toBe(1);
    await new Promise(setImmediate);
    await expect(numbers.ready()).rejects.toThrow('state is away');
  });
});
