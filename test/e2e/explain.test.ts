import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import type { Explanation } from '../../sidecar/src/diagnostics/explain/explain.ts';
import { mustDeploy, record, set } from './metadata.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-explain-'));
  world = await openWorld(60);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

function orderThat(fits: (order: OrderRecord) => boolean): OrderRecord {
  for (const entry of world.store.shop.orders.all()) {
    const order = entry.read();
    if (fits(order)) return order;
  }
  throw new Error('the store has no such order');
}

const completed = () =>
  orderThat(
    ({ status, customer_id, refunds }) =>
      status === 'completed' && customer_id > 0 && refunds.length > 0,
  );

async function explain(...args: string[]): Promise<Explanation> {
  const { code, stdout, stderr } = await world.sidecar(['explain', '--json', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Explanation;
}

const actions = ({ parts }: Explanation): string[] =>
  parts.flatMap(({ mappings }) => mappings.map(({ action }) => action));

describe('explain', () => {
  it('says that an order would be created with all of its parts, and writes nothing', async () => {
    // Nothing has run here yet.
    rmSync(world.env['DATA_DIR'] ?? '', { recursive: true });
    const order = completed();
    const before = world.org.requestLog.totals().writes;
    const there = await explain('main', 'order', `${order.id}`);
    expect(there.stateKnown).toBe(false);
    expect(new Set(actions(there))).toEqual(new Set(['create']));
    expect(there.parts.map(({ resource }) => resource)).toEqual(
      expect.arrayContaining(['order', 'order_item', 'refund']),
    );
    expect(world.org.requestLog.totals().writes).toBe(before);
  });

  it('says which contact a customer would go to, that is there already', async () => {
    const [entry] = world.store.shop.customers
      .all()
      .filter((one) => one.read().role === 'customer' && one.read().email !== '');
    const customer = entry?.read();
    const { id } = await world.admin
      .sobject('Contact')
      .create({ LastName: 'Typed before', Email: customer?.email ?? '' });
    const { parts } = await explain('main', 'customer', `${customer?.id}`);
    const contact = parts[0]?.mappings.find(({ object }) => object === 'Contact');
    expect(contact).toMatchObject({ action: 'adopt', recordId: id });
    expect(contact?.beside).toContainEqual({ field: 'LastName', now: 'Typed before', same: null });
    await world.admin.sobject('Contact').delete(id ?? '');
  });

  it('says that nothing changed once it is there, and what differs once it did', async () => {
    await world.backfill();
    const order = completed();
    const before = world.org.requestLog.totals().writes;
    const same = await explain('main', 'order', `${order.id}`);
    expect(same.stateKnown).toBe(true);
    expect(new Set(actions(same))).toEqual(new Set(['unchanged']));
    const [shown] = same.parts[0]?.mappings ?? [];
    expect(shown?.recordId).toMatch(/^\w{18}$/);
    expect(shown?.beside.filter(({ same: one }) => one === false)).toEqual([]);
    world.store.edits.updateOrder(order.id, { billing: { city: 'Bangor' } });
    const changed = (await explain('main', 'order', `${order.id}`)).parts[0]?.mappings[0];
    expect(changed?.action).toBe('update');
    expect(changed?.beside.filter(({ same: one }) => one === false)).toMatchObject([
      { field: 'Billing_City__c' },
      { field: 'Modified_In_Woo__c' },
    ]);
    expect(world.org.requestLog.totals().writes).toBe(before);
  });

  it('shows conditions, values and transforms on the terminal', async () => {
    const order = orderThat(({ status }) => status === 'processing');
    const { code, stdout } = await world.command(['explain', 'main', 'order', `${order.id}`]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `Order ${order.id} through Order → Woo_Order__c: stays out of Salesforce.`,
    );
    expect(stdout).toContain('status equals "completed": no, it is "processing"');
    expect(stdout).toMatch(/│ Billing_Street__c +│ billing \(street\) /);
    expect(stdout).toContain('Nothing was written.');
  });

  it.each([
    ['product', () => world.store.shop.products.all()],
    ['variation', () => world.store.shop.variations.all()],
    [
      'customer',
      () => world.store.shop.customers.all().filter((one) => one.read().role === 'customer'),
    ],
    ['refund', () => world.store.shop.refunds.all()],
  ] as const)('takes a %s too', async (resource, all) => {
    const [first] = all();
    const id = first?.read().id ?? 0;
    const { parts } = await explain('main', resource, `${id}`);
    expect(parts).toHaveLength(1);
    expect(parts[0]?.mappings.map(({ trace }) => trace.key)).toContain(`main:${id}`);
  });

  it.each([
    [['main', 'order', '99999999'], 'RECORD_NOT_FOUND'],
    [['main', 'lead', '1'], 'RESOURCE_UNKNOWN'],
    [['other', 'order', '1'], 'STORE_UNKNOWN'],
  ])('%s: %s', async (args, code) => {
    const ran = await world.sidecar(['explain', ...args]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(code);
  });
});

describe('test', () => {
  it('finds what ships as it should be', async () => {
    const { code, stdout } = await world.sidecar(['test']);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/\n19 golden orders, all as they should be\.\n$/);
  });

  it('shows what another mapping makes different, and takes it when told to', async () => {
    const deploy = (...edits: Parameters<typeof set>[]) => {
      mustDeploy(
        world.org,
        record('Woo_Field_Mapping.Order_Payment_Method', ...edits.map((edit) => set(...edit))),
      );
    };
    deploy(['Transform__c', 'upper_case']);
    const { code, stdout } = await world.sidecar(['test']);
    expect(code).toBe(1);
    expect(stdout).toContain('differs config/org/golden/order-plain.json');
    expect(stdout).toMatch(/Order main:\d+ Payment_Method__c\n {4}- "[^"]+"\n {4}\+ "[^a-z"]+"\n/);
    const dir = join(folder, 'golden');
    const name = 'mine';
    const order = `${completed().id}`;
    const args = ['--dir', dir, '--name', name, '--record', 'main', 'order', order];
    expect((await world.sidecar(['test', ...args])).code).toBe(0);
    expect((await world.sidecar(['test', ...args])).stderr).toContain('GOLDEN_EXISTS');
    deploy();
    expect((await world.sidecar(['test', '--dir', dir])).code).toBe(1);
    expect((await world.sidecar(['test', '--dir', dir, '--update'])).code).toBe(0);
    expect((await world.sidecar(['test', '--dir', dir])).code).toBe(0);
  });

  it('records a live order without a word that says who bought', async () => {
    const order = completed();
    const dir = join(folder, 'recorded');
    const args = ['test', '--dir', dir, '--record', 'main', 'order', `${order.id}`];
    const { code, stderr } = await world.sidecar(args);
    expect(code, stderr).toBe(0);
    const [file] = readdirSync(dir);
    const text = readFileSync(join(dir, file ?? ''), 'utf8');
    const address = Object.entries<string | null>({ ...order.billing })
      .filter(([name]) => name !== 'country' && name !== 'state')
      .map(([, value]) => value ?? '');
    const words = [...address, order.order_key].filter((word) => word.length > 3);
    expect(words.length).toBeGreaterThan(4);
    for (const word of words) expect(text).not.toContain(JSON.stringify(word).slice(1, -1));
    expect(text).not.toContain(world.storeUrl);
    expect((JSON.parse(text) as { expected: object }).expected).toHaveProperty('Order');
  });

  it('names a file that it cannot read, and says where it looked', async () => {
    const dir = join(folder, 'broken');
    const none = await world.sidecar(['test', '--dir', dir]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining(dir)]);
    await world.sidecar(['test', '--dir', dir, '--record', 'main', 'order', `${completed().id}`]);
    writeFileSync(join(dir, 'a.json'), '{');
    const ran = await world.sidecar(['test', '--dir', dir]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('a.json')]);
  });
});
