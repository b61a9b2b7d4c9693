import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Store } from '../../local/store/store.ts';
import { addSecondStore, createSecondShop } from '../../scripts/lib/demo/second-store.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let outlet: Store;

beforeAll(async () => {
  world = await openWorld(60, {}, 'named_credential');
  outlet = createSecondShop();
  const url = await outlet.listen(0);
  await addSecondStore(await world.sf(), world.org.integrationUsername, { url, keys: outlet });
});

afterAll(async () => {
  await Promise.all([outlet.close(), world.close()]);
});

it('two stores that a service meets at once share their products: the later one finds those of the first', async () => {
  const service = await world.startService();
  for (const store of ['main', 'outlet'])
    await service.waitForLog(
      (line) => line.msg === 'first backfill is done' && line['store'] === store,
    );
  const { records } = await world.admin.query(
    'SELECT StockKeepingUnit, COUNT(Id) found FROM Product2 WHERE StockKeepingUnit != null GROUP BY StockKeepingUnit',
  );
  expect(records.length).toBeGreaterThan(100);
  expect(records.filter(({ found }) => found !== 1)).toEqual([]);
});
