import { expect, it } from 'vitest';

import { createStore } from '../../local/store/store.ts';
import { Edits } from './actions/edits.ts';
import { actInShop } from './actions/shop-actions.ts';
import { made } from './invariants/made.ts';
import { Traffic } from './world/traffic.ts';

const DRAFT = 'a07Lo000000003cIAA';
const GONE = [`draft ${DRAFT} is in the shop 0 times`];

/** A shop whose only order names a draft. @param isOurs whether the service has made it */
function shopWithDraft(isOurs: boolean) {
  const store = createStore({ orders: 1 });
  const id = store.shop.orders.all()[0]?.id ?? 0;
  const meta_data = [{ id: 1, key: 'salesforce_id', value: DRAFT }];
  store.edits.updateOrder(id, { meta_data });
  const edits = new Edits();
  edits.drafts.add(DRAFT);
  const traffic = new Traffic();
  if (isOurs) traffic.created.add(`order main:${id}`);
  const judged = { edits, traffic, stores: new Map([['main' as const, store]]) };
  const actor = { store, key: 'main' as const, edits };
  return {
    look: () => made(judged, { issues: [] }),
    deleteOrder: () => actInShop(actor, 'orderDeleted', { pick: 0, value: 0 }),
    forget: () => {
      store.edits.deleteOrder(id);
    },
  };
}

it('a draft whose order the shop has deleted need not be there any more', async () => {
  const { look, deleteOrder } = shopWithDraft(true);
  expect(await look()).toEqual([]);
  await deleteOrder();
  expect(await look()).toEqual([]);
});

it('one is missing whose order is gone although nobody deleted it', async () => {
  const { look, forget } = shopWithDraft(true);
  forget();
  expect(await look()).toEqual(GONE);
});

it('one is missing of which the shop has deleted a copy alone', async () => {
  const { look, deleteOrder } = shopWithDraft(false);
  await deleteOrder();
  expect(await look()).toEqual(GONE);
});
