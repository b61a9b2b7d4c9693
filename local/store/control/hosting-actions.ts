import { hostingOf } from '../core/hosting.ts';
import type { Action } from './action.ts';

/** How the shop is hosted and set up. */
export const hostingActions: readonly Action[] = [
  { method: 'GET', path: /^\/hosting$/, run: ({ hosting }) => hosting },
  {
    method: 'PATCH',
    path: /^\/hosting$/,
    run: ({ hosting }, _ids, patch) => Object.assign(hosting, hostingOf(patch)),
  },
];
