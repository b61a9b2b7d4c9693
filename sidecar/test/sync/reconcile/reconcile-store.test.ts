import { beforeEach, describe, expect, it } from 'vitest';
import { gmt } from '../../support/sweep-shop.ts';
import { orders, contacts, shop, changed, link, prove, beginAnew } from './reconcile-world.ts';

beforeEach(beginAnew);

describe('the part that is looked at each night', () => {
  it('is another one each time, and all of it within thirty nights', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => at + 1);
    for (const id of ids) shop.put('orders', id, { created: gmt(0) });
    await link('Woo_Order__c', ids);
    await link('Contact', ids);
    const seen: string[] = [];
    for (let night = 0; night < 30; night += 1) {
      const { found, result } = await prove([orders, contacts]);
      expect(result.slice).toBe(found.length);
      expect(found.length).toBeLessThan(100);
      seen.push(...found);
    }
    expect(seen).toHaveLength(400);
    expect(new Set(seen).size).toBe(400);
    expect((await prove([orders])).found.length).toBeGreaterThan(0);
  });

  it('has the records of open issues looked at too', async () => {
    await prove([orders]);
    expect(changed).toEqual(['main']);
  });
});
