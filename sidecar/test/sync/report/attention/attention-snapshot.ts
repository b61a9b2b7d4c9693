import type { IssueCause } from '../../../../src/ports/issues.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { NOW, snapshot } from '../status/snapshot.ts';

export const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

export const cause = (over: Partial<IssueCause> = {}): IssueCause => ({
  store: 'main',
  resource: 'order',
  code: 'RECORD_BROKE',
  cure: 'Mend it.',
  count: 3,
  oldest: minutesAgo(61),
  toDecide: false,
  ...over,
});

/** So many of a hundred calls. */
export const used = (calls: number): Pick<StoreSnapshot, 'budget'> => ({
  budget: { limit: 100, used: calls, forecast: 0, backfillWaits: false },
});

/** A store of which nobody need be told. */
export const calm = (over: Partial<StoreSnapshot> = {}): StoreSnapshot =>
  snapshot({ apiCalls: { limit: 1000, remaining: 900 }, ...used(0), ...over });
