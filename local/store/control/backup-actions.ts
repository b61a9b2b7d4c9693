import { done } from './action.ts';
import type { Action } from './action.ts';

/** What a host does with the shop's database. */
export const backupActions: readonly Action[] = [
  {
    method: 'POST',
    path: /^\/backup$/,
    run: ({ backup }) =>
      done(() => {
        backup.take();
      }),
  },
  {
    method: 'POST',
    path: /^\/restore$/,
    run: ({ backup }) =>
      done(() => {
        backup.restore();
      }),
  },
];
