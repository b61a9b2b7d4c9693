import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eventually } from './eventually.ts';
import { LiveWorld } from './live-world.ts';
import { mustDeploy, record, set, type File } from './metadata.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let live: LiveWorld;
let service: RunningService;
/** Ids of completed orders; each test takes its own. */
let orders: number[];

beforeAll(async () => {
  world = await openWorld(10, {}, 'named_credential');
  // As LiteSpeed sends them; Apex finds headers by their case.
  const hosted = await fetch(`${world.storeUrl}/local/hosting`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lower_case_headers: true }),
  });
  expect(hosted.ok).toBe(true);
  live = new LiveWorld(world);
  orders = live.completed().map(({ id }) => id);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

const nextOrder = () => orders.shift() ?? 0;

/** The record of the store, with an address of the service that an admin enters. */
function storeRecord(serviceUrl: string): File {
  return record(
    'Woo_Store.Main_Store',
    set('URL__c', world.storeUrl),
    set('Service_URL__c', serviceUrl),
  );
}

const openIssue = () =>
  world.orgRow(
    "SELECT Code__c, Reason__c, What_To_Do__c FROM Woo_Sync_Issue__c WHERE State__c = 'open' AND Kind__c = 'setup'",
  );

describe('a running service whose shop is reached through the org', () => {
  it('makes its webhooks and hears of an order, with header names in lower case', async () => {
    const addresses = world.store.webhooks.all.all().map((entry) => entry.read().deliveryUrl);
    const [url = ''] = new Set(addresses);
    expect(new Set(addresses).size).toBe(1);
    expect(url).toBe(`${world.env['PUBLIC_URL']}/woo/webhooks/main`);
    await live.changeArrives(nextOrder(), 'Through LiteSpeed');
  });

  it('goes on after a fault of Apex, and takes it for none of the org', async () => {
    const [broken, neighbour] = [nextOrder(), nextOrder()];
    const message = 'System.NullPointerException: Attempt to de-reference a null object';
    // One list is read by itself, several are read at once: which it is depends on what else has changed.
    const routes = ['GET apexrest/woo/main/orders', 'POST apexrest/woo/main/reads'];
    for (const on of routes)
      world.org.data.faults.add({ kind: 'apex_error', on, times: 1, message });
    world.store.edits.updateOrder(broken, { billing: { city: 'After a fault' } });
    await live.changeArrives(neighbour, 'Beside a fault');
    await live.arrives('Woo_Order__c', broken, { Billing_City__c: 'After a fault' });
    expect(world.org.data.faults.list().length).toBeLessThan(routes.length);
    world.org.data.faults.clear();
    const rests = service.log.filter((line) => 'rest' in line);
    expect(rests).toEqual([]);
  });

  it('without a Service URL makes no webhooks, says so once, and finds changes all the same', async () => {
    mustDeploy(world.org, storeRecord(''));
    expect(await service.stop()).toBe(0);
    for (const { id } of Array.from(world.store.webhooks.all.all()))
      world.store.webhooks.remove(id);
    const missed = nextOrder();
    world.store.edits.updateOrder(missed, { billing: { city: 'Found by a sweep' } });
    service = await world.startService();
    await live.arrives('Woo_Order__c', missed, { Billing_City__c: 'Found by a sweep' });
    expect(world.store.webhooks.all.size).toBe(0);
    await eventually(async () => {
      const issue = await openIssue();
      expect(issue).toMatchObject({
        Code__c: 'WOO_GATEWAY_REFUSED',
        Reason__c: expect.stringContaining('The store has no Service URL.') as string,
        What_To_Do__c: expect.stringContaining('Enter PUBLIC_URL') as string,
      });
    });

    mustDeploy(world.org, storeRecord(world.env['PUBLIC_URL'] ?? ''));
    expect(await service.stop()).toBe(0);
    service = await live.start();
    await eventually(async () => {
      expect(await openIssue()).toBeUndefined();
    });
  });
});
