import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Webhook } from '../../local/store/webhooks/webhook.ts';
import { eventually } from './eventually.ts';
import { figure, idle, LiveWorld } from './live-world.ts';
import { mustDeploy, record, type Edit } from './metadata.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

const NOT_IN_REAL_TIME: Edit = [/(<field>Real_Time__c<\/field>\s*<value [^>]*>)true/, '$1false'];

let world: World;
let live: LiveWorld;
let service: RunningService;
/** Ids of completed orders; each test takes its own. */
let orders: number[];

beforeAll(async () => {
  world = await openWorld(10);
  live = new LiveWorld(world);
  orders = live.completed().map(({ id }) => id);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

const nextOrder = () => orders.shift() ?? 0;

function webhooks(): readonly Webhook[] {
  return world.store.webhooks.all.all().map((entry) => entry.read());
}

function webhookOf(topic: string): Webhook {
  const found = webhooks().find((one) => one.topic === topic);
  if (!found) throw new Error(`the store has no webhook for ${topic}`);
  return found;
}

/** Stops the service and starts it with other settings. */
async function restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
  expect(await service.stop()).toBe(0);
  service = await live.start(env);
}

describe('webhooks', () => {
  it('fault 18: one that failures have disabled is made anew, and what it did not tell is brought', async () => {
    await live.changeArrives(nextOrder(), 'Before');
    expect(await service.stop()).toBe(0);
    const before = webhookOf('order.updated');
    const missed = Array.from({ length: 8 }, nextOrder);
    for (const id of missed) world.store.edits.updateOrder(id, { billing: { city: 'Missed' } });
    await eventually(() => {
      expect(webhookOf('order.updated').status).toBe('disabled');
    });

    service = await live.start();
    await service.waitForLog(({ msg }) => msg.startsWith('webhooks were set right'));
    expect(webhookOf('order.updated')).toMatchObject({ status: 'active', failures: 0 });
    expect(webhookOf('order.updated').id).not.toBe(before.id);
    for (const id of missed) await live.arrives('Woo_Order__c', id, { Billing_City__c: 'Missed' });
    await live.changeArrives(nextOrder(), 'After');
  });

  it('are changed to a new secret, and until then those signed with the old one are taken', async () => {
    const before = webhooks().map(({ id, name }) => ({ id, name }));
    const renewed = {
      SIDECAR_SECRET: randomBytes(32).toString('hex'),
      SIDECAR_SECRET_OLD: world.env['SIDECAR_SECRET'] ?? '',
    };
    world.store.faults.add({
      kind: 'status',
      on: 'PUT webhooks/{id}',
      status: 500,
      times: 100,
      retry_after: undefined,
    });
    await restart(renewed);
    const failed = await service.waitForLog((line) => line['action'] === 'update');
    expect(failed).toMatchObject({ store: 'main', code: 'WOO_UNAVAILABLE' });
    await live.changeArrives(nextOrder(), 'Signed with the old secret');
    expect(webhooks().map(({ id, name }) => ({ id, name }))).toEqual(before);

    world.store.faults.clear();
    await restart(renewed);
    await eventually(() => {
      for (const { id, name } of before) {
        const now = webhooks().find((one) => one.id === id);
        expect(now?.name, 'it names the secret, and is the same webhook').not.toBe(name);
        expect(now?.status).toBe('active');
      }
    });
    await restart({ SIDECAR_SECRET: renewed.SIDECAR_SECRET });
    await live.changeArrives(nextOrder(), 'Signed with the new secret');
    const refused = 'outcome="bad_signature"';
    expect(await figure(service, 'woo_salesforce_webhooks_total', refused)).toBe(0);
  });
});

describe('a mapping that is not for real time', () => {
  it('has no webhooks, and its records come with the sweep', async () => {
    const [first, second] = world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .filter(({ status, type }) => status === 'publish' && type === 'simple');
    const rename = (id: number | undefined, name: string) => {
      world.store.edits.updateProduct(id ?? 0, { name });
    };
    const env = { SIDECAR_SECRET_OLD: world.env['SIDECAR_SECRET'] ?? '' };
    mustDeploy(world.org, record('Woo_Mapping.Product', NOT_IN_REAL_TIME));
    expect(await service.stop()).toBe(0);
    rename(first?.id, 'Changed while it did not run');
    service = await live.start(env);
    await eventually(() => {
      const topics = webhooks().map(({ topic }) => topic);
      expect(topics).toContain('order.updated');
      expect(topics.filter((topic) => topic.startsWith('product.'))).toEqual([]);
    });
    await service.waitForLog(({ msg }) => msg === 'sweep');
    await live.arrives('Product2', first?.id ?? 0, { Name: 'Changed while it did not run' });

    const delivered = world.store.webhooks.outbox.log.length;
    rename(second?.id, 'Changed behind its back');
    await live.changeArrives(nextOrder(), 'Told at once');
    const ofProducts = ({ topic }: { readonly topic: string }) => topic.startsWith('product.');
    expect(world.store.webhooks.outbox.log.slice(delivered).filter(ofProducts)).toEqual([]);
    await restart();
    await live.arrives('Product2', second?.id ?? 0, { Name: 'Changed behind its back' });
    mustDeploy(world.org, record('Woo_Mapping.Product'));
  });
});

describe('a shop that saves each order that is read', () => {
  it('fault 51: is read once for a change, though each read fires an event', async () => {
    const echoes = () => figure(service, 'woo_salesforce_webhooks_total', 'outcome="echo"');
    const READ = 'GET /wp-json/wc/v3/orders 200';
    const reads = () => world.store.requests.summary().byRoute[READ] ?? 0;
    const before = { reads: reads(), echoes: await echoes() };
    world.store.hosting.reads_save_orders = true;
    await live.changeArrives(nextOrder(), 'Read and saved');
    await eventually(async () => {
      // Without an end there would be one read after the other.
      expect((await echoes()) > before.echoes || reads() > before.reads + 20).toBe(true);
    });
    await idle(service);
    expect(reads()).toBeLessThan(before.reads + 10);
    world.store.hosting.reads_save_orders = false;
  });
});

/** Makes plain products in the shop, and waits until the org has them. @returns the ids of their records */
async function sharedProducts(count: number): Promise<readonly string[]> {
  const { consumerKey, consumerSecret } = world.store;
  const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const products = Array.from({ length: count }, (_, at) => ({
    name: `Slow ${at}`,
    type: 'simple',
    status: 'publish',
    sku: `SLOW-${at}`,
    regular_price: '10.50',
  }));
  for (let from = 0; from < count; from += 100) {
    const response = await fetch(`${world.storeUrl}/wp-json/wc/v3/products/batch`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${credentials}`,
        'x-forwarded-proto': 'https',
      },
      body: JSON.stringify({ create: products.slice(from, from + 100) }),
    });
    expect(response.status).toBe(200);
  }
  const soql = "SELECT Id FROM Product2 WHERE StockKeepingUnit LIKE 'SLOW-%' ORDER BY Id";
  const records = await eventually(async () => {
    const found = (await world.admin.query(soql)).records;
    expect(found).toHaveLength(count);
    return found;
  });
  await idle(service);
  return records.map(({ Id }) => String(Id));
}

describe('a shop whose own queue is slow', () => {
  it('fault 52: a thousand edits in bulk keep its webhooks from nobody else, and an edit by hand passes them', async () => {
    const EDITED = 1000;
    const records = await sharedProducts(EDITED);
    const { outbox } = world.store.webhooks;
    await eventually(() => {
      expect(outbox.waiting).toEqual([]);
    });
    const other = await world.store.webhooks.add({
      topic: 'order.updated',
      name: 'Accounting',
      secret: 'other',
      deliveryUrl: `${service.url}/accounting`,
    });
    const byHand = world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .find(({ type, status, sku }) => type === 'simple' && status === 'publish' && sku[0] !== 'S');
    const handId = byHand?.id ?? 0;
    const handRecord = await live.arrives('Product2', handId, { Woo_Key__c: `main:${handId}` });
    const changed = () =>
      world.store.shop.products
        .all()
        .map((entry) => entry.read())
        .filter(({ name }) => name.startsWith('Bulk ')).length;
    outbox.pace(5);

    for (let from = 0; from < EDITED; from += 200) {
      const some = records.slice(from, from + 200);
      await world.admin
        .sobject('Product2')
        .update(some.map((Id, at) => ({ Id, Name: `Bulk ${from + at}` })));
    }
    await eventually(() => {
      expect(changed()).toBeGreaterThan(100);
    });
    await world.admin.sobject('Product2').update({ Id: handRecord, Name: 'By hand' });
    await eventually(() => {
      expect(world.store.shop.products.get(handId)?.read().name).toBe('By hand');
    });
    expect(changed(), 'when the edit by hand was there').toBeLessThan(EDITED);

    let longest = 0;
    const [order = 0] = live.completed().map(({ id }) => id);
    for (let time = 1; time <= 4; time += 1) {
      world.store.edits.updateOrder(order, { billing: { city: `Time ${time}` } });
      const told = () => outbox.waiting.findIndex(({ webhook }) => webhook === other.id);
      await eventually(() => {
        longest = Math.max(longest, told());
        expect(told()).toBe(-1);
      });
    }
    await eventually(() => {
      longest = Math.max(longest, outbox.waiting.length);
      expect(changed()).toBe(EDITED);
    });
    // What may be unacknowledged, one batch of products and variations more, and what people did meanwhile.
    expect(longest).toBeLessThan(100 + 200 + 10);
    outbox.pace(0);
    world.store.webhooks.remove(other.id);
    await idle(service);
  });
});

describe('a shop that cannot reach us', () => {
  it('fault 19: is asked every few seconds, and what it never told is brought', async () => {
    await restart({ PUBLIC_URL: '', SWEEP_SECONDS: '10' });
    const swept = (line: { msg: string }) => line.msg === 'sweep';
    world.store.edits.updateOrder(nextOrder(), { billing: { city: 'Asked at the start' } });
    await service.waitForLog(swept);
    await live.changeArrives(nextOrder(), 'Asked later');
    const status = "SELECT State__c, Webhooks__c FROM Woo_Store_Status__c WHERE Store__c = 'main'";
    await eventually(async () => {
      expect(await world.orgRow(status)).toMatchObject({
        State__c: 'healthy',
        Webhooks__c: 'Not used: PUBLIC_URL is not set, so the shop is asked for changes.',
      });
    });
  });
});
