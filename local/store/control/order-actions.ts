import { placeOrder } from '../write/buy.ts';
import type { Patch } from '../core/patch.ts';
import { done } from './action.ts';
import type { Action, Control, ControlOptions } from './action.ts';

/** What the shop's staff and shoppers do with orders and refunds. */
export const orderActions: readonly Action[] = [
  { method: 'PATCH', path: /^\/orders$/, run: updateMany },
  {
    method: 'PATCH',
    path: /^\/orders\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateOrder(id, patch, options),
  },
  {
    method: 'POST',
    path: /^\/orders\/(\d+)\/copy$/,
    run: ({ edits }, [like = 0], patch) => edits.addOrder(like, patch),
  },
  {
    method: 'POST',
    path: /^\/orders\/(\d+)\/place$/,
    run: ({ shop, orders }, [id = 0]) => placeOrder(shop, orders, id),
  },
  {
    method: 'POST',
    path: /^\/orders\/(\d+)\/restore$/,
    run: ({ edits }, [id = 0]) => edits.restoreOrder(id),
  },
  {
    method: 'DELETE',
    path: /^\/orders\/(\d+)$/,
    run: ({ edits }, [id = 0], _patch, { force }) =>
      force
        ? done(() => {
            edits.deleteOrder(id);
          })
        : edits.trashOrder(id),
  },
  {
    method: 'DELETE',
    path: /^\/orders\/(\d+)\/lines\/(\d+)$/,
    run: ({ edits }, [order = 0, line = 0], _patch, options) =>
      edits.removeLine(order, line, options),
  },
  {
    method: 'POST',
    path: /^\/orders\/(\d+)\/refunds$/,
    run: ({ edits }, [order = 0], patch) =>
      edits.addRefund(order, textOf(patch['amount']), textOf(patch['reason'])),
  },
  {
    method: 'DELETE',
    path: /^\/refunds\/(\d+)$/,
    run: ({ edits }, [id = 0]) =>
      done(() => {
        edits.deleteRefund(id);
      }),
  },
];

/** The same change to each of `ids`; the orders before one that is refused stay changed. */
function updateMany(
  { edits }: Control,
  _ids: number[],
  { ids, ...patch }: Patch,
  options: ControlOptions,
): { changed: number } {
  if (!Array.isArray(ids) || !ids.every(Number.isInteger)) {
    throw new Error(`ids is ${JSON.stringify(ids)}: give a list of ids of orders.`);
  }
  for (const id of ids as number[]) {
    edits.updateOrder(id, patch, options);
  }
  return { changed: ids.length };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
