import type { Mapping } from '../../mapping/model/mapping.ts';
import type { State } from '../../ports/state.ts';
import type { Org, OrgAudit } from '../../ports/org.ts';
import type { WooStore } from '../../ports/store.ts';
import { isSought } from '../../sync/match/matcher.ts';
import { foundBy } from '../../sync/match/place.ts';
import { type PendingWrite, toRecord } from '../../sync/model/pending-write.ts';
import { RecordMap } from '../../sync/model/record-map.ts';
import type { Known, Planned } from '../../sync/model/record.ts';
import type { Run } from '../../sync/model/run.ts';
import { readOnlyRun } from '../../sync/pipeline/dry-run.ts';
import { selectWrites } from '../../sync/pipeline/select-writes.ts';
import { keyWithoutAddress } from '../../sync/report/issue-key.ts';
import { type HeardFailure, Report } from '../../sync/report/run-report.ts';
import { stepFor } from '../../sync/transform/entry-rule.ts';
import { plannedOf } from './match.ts';
import { place } from './org-records.ts';
import { isExplained, recordIdOf, type Seen, type View } from './views.ts';

/** What a sync would do with a record that is in Salesforce. */
export interface Outcome {
  /** Fields that would be written; null where nothing would be. */
  readonly written: ReadonlySet<string> | null;
  /** Fields whose value in Salesforce would go to the shop. */
  readonly toShop: ReadonlySet<string>;
  /** What would be reported of the record. */
  readonly failures: readonly HeardFailure[];
}

export const NOTHING_WRITTEN: Outcome = { written: null, toShop: new Set(), failures: [] };

export interface Places {
  readonly org: Org & Pick<OrgAudit, 'userId'>;
  readonly state: State;
  readonly store: WooStore;
}

/**
 * What a sync would write into records that are in Salesforce, by the steps of the sync itself, which write nothing
 * here. It asks the org what those steps ask.
 */
export async function wouldWrite(
  { org, state, store }: Places,
  mappings: readonly Mapping[],
  views: readonly View[],
  seen: Seen,
): Promise<ReadonlyMap<View, Outcome>> {
  const rows = new Map(
    views.flatMap((one) => {
      const row = rowOf(one, seen, store);
      return row === null ? [] : [[row, one] as const];
    }),
  );
  if (rows.size === 0) return new Map();
  const planned = [...rows.keys()];
  const entries: PendingWrite[] = [];
  const failures: { readonly mapping: Mapping; readonly failure: HeardFailure }[] = [];
  const toShop = new RecordMap<ReadonlySet<string>>();
  const report = new Report(mappings, {
    failed: (mapping, failure) => failures.push({ mapping, failure }),
    seen: () => undefined,
  });
  const dirty = await state.twoWay.dirty(planned.map(({ key }) => key));
  const run: Run = {
    ...readOnlyRun({ org, state, store }, mappings, report, dirty),
    userId: () => org.userId(),
    writer: {
      has: () => false,
      add: (some) => Promise.resolve(void entries.push(...some)),
      flush: () => Promise.resolve(),
    },
    shopUpdates: {
      add: ({ object, key, fields }) => {
        toShop.set(object, key, new Set(fields.map(({ field }) => field.field)));
      },
    },
  };
  await selectWrites(run, planned, knownTo(planned, seen));
  return new Map(
    [...rows].map(([{ mapping, key }, one]) => {
      const entry = entries.find((each) => each.mapping === mapping && each.key === key);
      return [
        one,
        {
          written: entry?.kind === 'upsert' ? namesIn(toRecord(entry)) : null,
          toShop: toShop.get(mapping.object, key) ?? new Set(),
          failures: failures.flatMap(({ mapping: of, failure }) =>
            of === mapping && failure.recordKey === keyWithoutAddress(key) ? [failure] : [],
          ),
        },
      ];
    }),
  );
}

function namesIn(record: string): ReadonlySet<string> {
  return new Set(Object.keys(JSON.parse(record) as object));
}

/** The row as the sync has it once its record was found; null for one that would not be written, or made anew. */
function rowOf(one: View, seen: Seen, store: WooStore): Planned | null {
  const { mapping, trace } = one;
  const planned = plannedOf(one);
  if (planned === null) return null;
  const id = place(mapping.object, trace.key ?? '');
  const link = seen.links?.get(id);
  if (stepFor(mapping, trace.met, link) !== 'write') return null;
  if (link !== undefined) return { ...planned, link };
  const there = seen.inOrg.get(id);
  if (there !== undefined && !isSought(planned)) return planned;
  if (there !== undefined) {
    // As a state that was lost knows its records again: they are read before they are written.
    const { recordId } = there;
    const { object } = mapping;
    const { key, parentKey } = planned;
    const known = { object, key, parentKey, recordId, state: 'unverified', hash: null } as const;
    return { ...planned, link: { ...known, byId: false } };
  }
  const match = seen.matches.get(mapping.object, planned.key);
  return match?.kind === 'link' ? foundBy(planned, match, store) : null;
}

/** The records that rows refer to: one that they cannot be without is brought before them. */
function knownTo(planned: readonly Planned[], seen: Seen): Known {
  const known: Known = new RecordMap();
  for (const { object, key, required } of planned.flatMap(({ row }) => row.lookups)) {
    if (key === null) continue;
    const recordId = recordIdOf(object, key, seen);
    const byId = seen.links?.get(place(object, key))?.byId === true;
    if (recordId !== null) known.set(object, key, { recordId, byId });
    else if (required || isExplained(object, key, seen)) known.set(object, key, null);
  }
  return known;
}
