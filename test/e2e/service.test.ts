import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { eventually } from './eventually.ts';
import { openWorld, type World } from './support.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld(10);
});

afterAll(async () => {
  vi.useRealTimers();
  await world.close();
});

/** Longer than the org waits for a sign of life. */
const SILENCE_MS = 61 * 60_000;

/** What the org says of a service that is silent, from the first to the last. */
async function silences(): Promise<readonly string[]> {
  const soql =
    "SELECT State__c FROM Woo_Attention__c WHERE Cause__c = 'service_silent' ORDER BY Name";
  const { records } = await world.admin.query<{ readonly State__c: string }>(soql);
  return records.map(({ State__c }) => State__c);
}

/** Changes an order in the shop, and waits until the org has it so. */
async function changeArrives(order: number, city: string): Promise<void> {
  world.store.edits.updateOrder(order, { billing: { city } });
  const soql = `SELECT Billing_City__c FROM Woo_Order__c WHERE Woo_Key__c = 'main:${order}'`;
  await eventually(async () => {
    expect(await world.orgRow(soql)).toMatchObject({ Billing_City__c: city });
  });
}

it('the service brings changes, again after it was killed, which the org notices, and ends with 0 when told to stop', async () => {
  const [order] = world.store.shop.orders
    .all()
    .map((entry) => entry.read())
    .filter(({ status }) => status === 'completed');
  const first = await world.startService();
  expect(first.url).toBe(world.env['PUBLIC_URL']);
  await eventually(() => world.store.webhooks.all.size > 0);
  await changeArrives(order?.id ?? 0, 'Bangor');
  expect(await silences()).toEqual([]);
  await first.kill();

  // The org's clock alone goes on.
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + SILENCE_MS);
  await eventually(async () => {
    expect(await silences()).toEqual(['open']);
  });
  vi.useRealTimers();
  const second = await world.startService();
  expect(second.url).toBe(first.url);
  await changeArrives(order?.id ?? 0, 'Orono');
  await eventually(async () => {
    expect(await silences()).toEqual(['solved']);
  });
  expect(await second.stop()).toBe(0);
  await second.waitForLog(({ msg }) => msg === 'stopped');
  await expect(fetch(`${second.url}/healthz`)).rejects.toThrow('fetch failed');
});
