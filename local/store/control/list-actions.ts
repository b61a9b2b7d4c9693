import { done } from './action.ts';
import type { Action } from './action.ts';

/** What the shop's staff does with coupons, categories of products and reviews. */
export const listActions: readonly Action[] = [
  {
    method: 'POST',
    path: /^\/coupons$/,
    run: ({ catalogue }, _ids, patch) => catalogue.addCoupon(patch),
  },
  {
    method: 'PATCH',
    path: /^\/coupons\/(\d+)$/,
    run: ({ catalogue }, [id = 0], patch, options) => catalogue.changeCoupon(id, patch, options),
  },
  {
    method: 'DELETE',
    path: /^\/coupons\/(\d+)$/,
    run: ({ catalogue }, [id = 0], _patch, { force }) =>
      force
        ? done(() => {
            catalogue.deleteCoupon(id);
          })
        : catalogue.trashCoupon(id),
  },
  {
    method: 'POST',
    path: /^\/coupons\/(\d+)\/restore$/,
    run: ({ catalogue }, [id = 0]) => catalogue.restoreCoupon(id),
  },
  {
    method: 'POST',
    path: /^\/categories$/,
    run: ({ catalogue }, _ids, patch) => catalogue.addCategory(patch),
  },
  {
    method: 'PATCH',
    path: /^\/categories\/(\d+)$/,
    run: ({ catalogue }, [id = 0], patch) => catalogue.changeCategory(id, patch),
  },
  {
    method: 'DELETE',
    path: /^\/categories\/(\d+)$/,
    run: ({ catalogue }, [id = 0]) =>
      done(() => {
        catalogue.deleteCategory(id);
      }),
  },
  {
    method: 'PATCH',
    path: /^\/reviews\/(\d+)$/,
    run: ({ catalogue }, [id = 0], patch) => catalogue.changeReview(id, patch),
  },
  {
    method: 'DELETE',
    path: /^\/reviews\/(\d+)$/,
    run: ({ catalogue }, [id = 0]) =>
      done(() => {
        catalogue.deleteReview(id);
      }),
  },
];
