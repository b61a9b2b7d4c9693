import type { FieldValue } from '../../mapping/model/record.ts';
import {
  type Collection,
  COLLECTIONS_PER_CALL,
  type ItemResult,
  type Org,
} from '../../ports/org.ts';
import { type Guard, isGuarded, type PendingUpsert } from '../model/pending-write.ts';
import type { Report } from '../report/run-report.ts';
import type { CollectionBatch } from './call-packer.ts';

/** A field that somebody has changed in Salesforce after it was decided what is written to it. */
interface Lost {
  readonly guard: Guard;
  /** As the org has answered it. */
  readonly value: unknown;
}

interface LostOfRow {
  readonly entry: PendingUpsert;
  readonly recordId: string;
  readonly fields: readonly Lost[];
}

/**
 * What a call has written over though nobody had seen it: a person's edit of the moment between the look at the record
 * and the write. It goes back into the record, so that the next look finds both sides changed and decides as of any
 * conflict. What the org does not take back is a conflict that the shop has won, and is reported with both values.
 */
export class Overwritten {
  readonly #rows = new Map<PendingUpsert, LostOfRow>();
  readonly #givenBack = new Set<PendingUpsert>();

  constructor(batches: readonly CollectionBatch[], results: readonly (readonly ItemResult[])[]) {
    batches.forEach(({ entries }, at) => {
      entries.forEach((entry, item) => {
        const result = results[at]?.[item];
        if (entry.kind === 'upsert' && result !== undefined) this.#look(entry, result);
      });
    });
  }

  has(entry: PendingUpsert): boolean {
    return this.#rows.has(entry);
  }

  /** Names of fields on which both sides do not agree though they were written. */
  namesOf(entry: PendingUpsert): ReadonlySet<string> {
    const fields = this.#givenBack.has(entry) ? (this.#rows.get(entry)?.fields ?? []) : [];
    return new Set(fields.map(({ guard }) => guard.name));
  }

  /** One call more, where there is anything. */
  async giveBack(org: Pick<Org, 'write'>): Promise<void> {
    const rows = [...this.#rows.values()];
    if (rows.length === 0) return;
    const groups = [...Map.groupBy(rows, ({ entry }) => entry.object)];
    for (let from = 0; from < groups.length; from += COLLECTIONS_PER_CALL) {
      const some = groups.slice(from, from + COLLECTIONS_PER_CALL);
      // The record holds the shop's value then, which is reported.
      const results = await org
        .write(some.map(([object, of]) => toCollection(object, of)))
        .catch(() => []);
      some.forEach(([, of], at) => {
        of.forEach(({ entry }, item) => {
          if (results[at]?.[item]?.errors.length === 0) this.#givenBack.add(entry);
        });
      });
    }
  }

  /** Says which edits are written over for good. */
  report(report: Report): void {
    for (const { entry, recordId, fields } of this.#rows.values()) {
      if (this.#givenBack.has(entry)) continue;
      const { mapping, key, parentKey } = entry;
      for (const { guard, value } of fields) {
        report.fail(mapping, {
          ...{ key, parentKey, recordId, field: guard.field, aspect: guard.field },
          code: 'CONFLICT_DECIDED',
          message: `${guard.field} was changed on both sides at the same moment: the shop's value was kept.`,
          ...{ wooValue: shown(guard.written), salesforceValue: shown(guard.form(value)) },
        });
      }
    }
  }

  #look(entry: PendingUpsert, { id, before, errors }: ItemResult): void {
    if (before === undefined || id === null || errors.length > 0) return;
    const fields = (entry.guards ?? []).flatMap((guard): Lost[] => {
      const value = before[guard.field] ?? null;
      const held = guard.form(value);
      return held === guard.held || held === guard.written ? [] : [{ guard, value }];
    });
    if (fields.length > 0) this.#rows.set(entry, { entry, recordId: id, fields });
  }
}

/** What the org is asked of records right before they are written. */
export function looksOf(entries: CollectionBatch['entries']) {
  const guarded = entries.filter(isGuarded);
  const fields = guarded.flatMap(({ guards = [] }) => guards.map(({ field }) => field));
  return guarded.length === 0
    ? null
    : { ids: guarded.map(({ target }) => target.recordId), fields: [...new Set(fields)] };
}

function toCollection(object: string, rows: readonly LostOfRow[]): Collection {
  const records = rows.map(({ recordId, fields }) =>
    JSON.stringify({
      id: recordId,
      ...Object.fromEntries(fields.map(({ guard, value }) => [guard.field, value])),
    }),
  );
  return { kind: 'update', object, records };
}

function shown(value: FieldValue): string | null {
  return value === null ? null : String(value);
}
