import { expect, it } from 'vitest';
import { learnRecords } from '../../../src/engine/store/known-records.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { ChangeList } from '../../support/sweep-shop.ts';

const owner = { relationshipName: 'Order__r', keyField: 'Woo_Key__c' };
const orders = mappingTo('Order', { resource: 'order' });
const items = mappingTo('Item', { resource: 'order_item', owner });
const store = { key: 'main' };

function world() {
  const [org, state, queue] = [new HoldingOrg(), new MemoryState(), new ChangeList()];
  const learn = async () => {
    await learnRecords({ org, state, queue }, { store, mappings: [orders, items] });
    return queue.take();
  };
  const order = org.add('Order', { Woo_Key__c: 'main:1' });
  org.add('Item', { Woo_Key__c: 'main:10', Order__c: order });
  return { org, state, queue, learn };
}

it('has records looked at that the state does not know, and learns them', async () => {
  const { org, state, learn } = world();
  expect(new Set(await learn())).toEqual(new Set(['order main:1']));
  expect((await state.links('Order', ['main:1'])).get('main:1')?.state).toBe('unverified');
  org.queried.length = 0;
  expect(await learn()).toEqual([]);
  expect(org.queried).toEqual([]);
});

it('finds them once more where the process ends before they are queued', async () => {
  const { queue, learn } = world();
  queue.onAdd = () => {
    throw new Error('It ends.');
  };
  await expect(learn()).rejects.toThrow('It ends.');
  queue.onAdd = () => undefined;
  expect(await learn()).toContain('order main:1');
});
