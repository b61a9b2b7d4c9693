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
      ...{ kind: 'status', on: 'PUT webhooks/{id}', status: 500, times: 100 },
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
