import { expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { lookAtOrdersOf } from '../../../src/sync/transform/orders-of-others.ts';
import { mappingTo } from '../../support/rows.ts';

const record = { id: 3 };
const others = ['Account', 'Contact'].map((object) => ({
  mapping: mappingTo(object, { resource: 'customer' }),
  key: 'main:3',
  record,
}));

function scene(enqueue?: (changes: readonly ChangeEvent[]) => void) {
  const asked: unknown[] = [];
  const list = (of: string, params: unknown) => {
    asked.push([of, params]);
    return Promise.resolve({ records: [{ id: 1 }, { id: 2 }] });
  };
  const run = { store: { key: 'main', list }, ...(enqueue && { enqueueFollowUps: enqueue }) };
  return { asked, run: run as unknown as Run };
}

it('asks once for the latest hundred orders of a customer, whatever objects it goes to', async () => {
  const queued: ChangeEvent[] = [];
  const { asked, run } = scene((changes) => void queued.push(...changes));
  await lookAtOrdersOf(run, others);
  expect(asked).toEqual([['orders', { customer: '3', _fields: 'id', per_page: '100' }]]);
  expect(queued.map(({ key }) => key)).toEqual(['main:1', 'main:2']);
});

it('asks for none where nobody queues them', async () => {
  const { asked, run } = scene();
  await lookAtOrdersOf(run, others);
  expect(asked).toEqual([]);
});
