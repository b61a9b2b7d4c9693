import { buy, openCheckout } from '../write/buy.ts';
import { done } from './action.ts';
import type { Action } from './action.ts';

/** What the shop's staff and shoppers do with products, customers and posts. */
export const catalogueActions: readonly Action[] = [
  {
    method: 'POST',
    path: /^\/products\/(\d+)\/buy$/,
    run: ({ shop, orders }, [id = 0], patch) => buy(shop, orders, id, patch),
  },
  {
    method: 'POST',
    path: /^\/products\/(\d+)\/checkout$/,
    run: ({ shop, orders }, [id = 0], patch) => openCheckout(shop, orders, id, patch),
  },
  {
    method: 'PATCH',
    path: /^\/products\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateProduct(id, patch, options),
  },
  {
    method: 'PATCH',
    path: /^\/variations\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateVariation(id, patch, options),
  },
  {
    method: 'DELETE',
    path: /^\/products\/(\d+)$/,
    run: ({ edits }, [id = 0], _patch, { force }) =>
      force
        ? done(() => {
            edits.deleteProduct(id);
          })
        : edits.trashProduct(id),
  },
  {
    method: 'POST',
    path: /^\/products\/(\d+)\/restore$/,
    run: ({ edits }, [id = 0]) => edits.restoreProduct(id),
  },
  {
    method: 'POST',
    path: /^\/posts\/(\d+)\/trash$/,
    run: ({ edits }, [id = 0]) =>
      done(() => {
        edits.trashPost(id);
      }),
  },
  {
    method: 'PATCH',
    path: /^\/customers\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateCustomer(id, patch, options),
  },
  {
    method: 'DELETE',
    path: /^\/customers\/(\d+)$/,
    run: ({ edits }, [id = 0]) =>
      done(() => {
        edits.deleteCustomer(id);
      }),
  },
];
