import { readFault } from '../faults/faults.ts';
import type { Patch } from '../core/patch.ts';
import { done, onlyOptions } from './action.ts';
import type { Action } from './action.ts';

const MOST_SKEW = 31_536_000;

/** What goes wrong on demand. */
export const faultActions: readonly Action[] = [
  { method: 'GET', path: /^\/faults$/, run: ({ faults }) => faults.list() },
  {
    method: 'POST',
    path: /^\/faults$/,
    run: ({ faults }, _ids, patch) => {
      faults.add(readFault(patch));
      return faults.list();
    },
  },
  {
    method: 'POST',
    path: /^\/faults\/reset$/,
    run: ({ faults }) =>
      done(() => {
        faults.clear();
      }),
  },
  {
    method: 'POST',
    path: /^\/clock$/,
    run: ({ clock }, _ids, patch) => {
      clock.skew = skewOf(patch);
      return { skew_seconds: clock.skew, now: new Date(clock.now() * 1000).toISOString() };
    },
  },
];

function skewOf(patch: Patch): number {
  onlyOptions(patch, ['skew_seconds']);
  const { skew_seconds: skew } = patch;
  if (typeof skew === 'number' && Number.isInteger(skew) && Math.abs(skew) <= MOST_SKEW) {
    return skew;
  }
  const said = JSON.stringify(skew);
  throw new Error(
    `skew_seconds is ${said}: give a whole number from -${MOST_SKEW} to ${MOST_SKEW}.`,
  );
}
