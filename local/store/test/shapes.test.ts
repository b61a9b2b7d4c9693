import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedBody, recordingsIn } from '../core/recordings.ts';
import { startStore } from './client.ts';
import type { Client } from './client.ts';
import { Shape } from './shape.ts';

let client: Client;

beforeAll(async () => {
  client = await startStore({ orders: 400, products: 40 });
});
afterAll(() => client.store.close());

function listOf(path: string): unknown[] {
  const body = recordedBody(path);
  return Array.isArray(body) ? body : [body];
}

const orders = [
  'orders/list-100.json',
  ...recordingsIn('orders').filter((path) => /one-|get-trashed/.test(path)),
].flatMap(listOf);
const products = ['products/list-100.json', 'products/sanitising-get.json'].flatMap(listOf);

async function everything(path: string): Promise<{ id: number }[]> {
  const all: { id: number }[] = [];
  for (let page = 1; ; page += 1) {
    const glue = path.includes('?') ? '&' : '?';
    const { body } = await client.get<{ id: number }[]>(`${path}${glue}per_page=100&page=${page}`);
    all.push(...body);
    if (body.length < 100) {
      return all;
    }
  }
}

describe('generated records have the recorded shapes', () => {
  it.each([
    ['orders', orders, 400],
    ['orders?status=trash', orders, 1],
    ['refunds', listOf('refunds/list-50.json'), 20],
    ['products', products, 90],
    ['products?status=trash', products, 4],
    ['variations', listOf('products/variations-all.json'), 70],
    ['customers?role=all', listOf('customers/list-100.json'), 200],
    ['coupons', listOf('coupons/list.json'), 4],
  ])('%s', async (path, recorded, atLeast) => {
    const shape = new Shape(recorded);
    const records = await everything(path);
    expect(records.length).toBeGreaterThanOrEqual(atLeast);
    for (const record of records) {
      expect(shape.differences(record), `${path} ${record.id}`).toStrictEqual([]);
    }
  });

  it('refunds of one order leave out the order', async () => {
    const shape = new Shape(listOf('refunds/of-order.json'));
    const { body: all } =
      await client.get<{ id: number; parent_id: number }[]>('refunds?per_page=100');
    const full = all.find(({ id }) => id > 100_000);
    const { body } = await client.get<object[]>(`orders/${full?.parent_id ?? 0}/refunds`);
    expect(body.length).toBeGreaterThan(0);
    expect(Object.keys(body[0] ?? {})).not.toContain('parent_id');
    expect(shape.differences({ ...body[0], line_items: [], tax_lines: [] })).toStrictEqual([]);
  });

  it('notices a missing key, another order of keys and another type', () => {
    const shape = new Shape([{ a: 1, b: { c: 'x' } }]);
    expect(shape.differences({ a: 2, b: { c: 'y' } })).toStrictEqual([]);
    expect(shape.differences({ b: { c: 'y' } })).toHaveLength(1);
    expect(shape.differences({ b: { c: 'y' }, a: 1 })).toHaveLength(1);
    expect(shape.differences({ a: '1', b: { c: 'y' } })).toHaveLength(1);
  });
});
