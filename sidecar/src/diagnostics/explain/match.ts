import type { Org } from '../../ports/org.ts';
import type { WooStore } from '../../ports/store.ts';
import type { Decision } from '../../sync/match/match-rules.ts';
import { Matcher } from '../../sync/match/matcher.ts';
import type { OpenPage } from '../../sync/model/checkpoint.ts';
import { RecordMap } from '../../sync/model/record-map.ts';
import type { Planned } from '../../sync/model/record.ts';
import type { View } from './views.ts';

/** Nothing waits for what is only explained. */
const NO_PAGE: OpenPage = { take: () => undefined, release: () => undefined };

/**
 * What the match fields find for records that were never written, as the engine would find it.
 * @param isNew whether a record is neither known nor in the org by its key
 */
export async function matchViews(
  org: Org,
  store: WooStore,
  views: readonly View[],
  isNew: (object: string, key: string) => boolean,
): Promise<RecordMap<Decision>> {
  const rows = views.flatMap((one): Planned[] => {
    const { mapping, trace } = one;
    const sought = mapping.matchFields.length > 0 && trace.met && mapping.events.create;
    const planned = plannedOf(one);
    return planned !== null && sought && isNew(mapping.object, planned.key) ? [planned] : [];
  });
  if (rows.length === 0) return new RecordMap();
  return (await new Matcher().match(org, store, rows, () => true, null)).decisions;
}

/** A view as a row of the sync, for which nothing is known of its record; null for one that cannot be written. */
export function plannedOf({ mapping, part, row, trace }: View): Planned | null {
  const { key } = trace;
  if (row === null || key === null) return null;
  const { record, orderKey: parentKey } = part;
  const read = { readNumber: 0, readAt: new Date(), page: NO_PAGE };
  return { ...read, mapping, record, key, parentKey, row, link: undefined };
}
