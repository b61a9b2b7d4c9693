import { CodedError } from '../../errors/coded-error.ts';
import { withoutValue } from '../../lib/redact.ts';
import type { FieldValue } from '../../mapping/model/record.ts';
import {
  type Collection,
  COLLECTION_SIZE,
  COLLECTIONS_PER_CALL,
  type ItemError,
  type ItemResult,
  type Looks,
  type Org,
  PartlyWritten,
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

/** An org that takes no changes any more is not asked to take one back. */
const NOT_ASKED = 'SF_READ_ONLY';

/** What goes back by one collection. */
type Group = readonly [object: string, rows: readonly LostOfRow[]];

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
  /** Why the org did not take an edit back. */
  readonly #refusals = new Map<PendingUpsert, string>();

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

  /** Whether the record has the key back that somebody has given it meanwhile: it is not ours. */
  isAnothers(entry: PendingUpsert): boolean {
    return this.namesOf(entry).has(entry.mapping.keyField);
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
    const groups = groupsOf(rows);
    for (let from = 0; from < groups.length; from += COLLECTIONS_PER_CALL) {
      const some = groups.slice(from, from + COLLECTIONS_PER_CALL);
      try {
        const results = await org.write(some.map(([object, of]) => toCollection(object, of)));
        this.#take(some, results);
      } catch (error) {
        // The records hold the shop's value then, which is reported.
        if (!(error instanceof CodedError)) throw error;
        if (error instanceof PartlyWritten) this.#take(some, error.results);
        for (const { entry } of some.flatMap(([, of]) => of))
          if (!this.#givenBack.has(entry))
            this.#refusals.set(entry, `${error.code}: ${error.message}`);
      }
    }
  }

  #take(groups: readonly Group[], results: readonly (readonly ItemResult[])[]): void {
    groups.forEach(([, of], at) => {
      of.forEach(({ entry }, item) => {
        const errors = results[at]?.[item]?.errors ?? [];
        if (errors.length === 0) this.#givenBack.add(entry);
        else this.#refusals.set(entry, errors.map(toText).join('; '));
      });
    });
  }

  /**
   * Says which edits are written over for good. Whoever looks next finds both sides in step: what is said is to be kept
   * before the results are saved.
   * @returns whether there are any
   */
  report(report: Report): boolean {
    const lost = [...this.#rows.values()].filter(({ entry }) => !this.#givenBack.has(entry));
    for (const { entry, recordId, fields } of lost) {
      const { mapping, key, parentKey } = entry;
      const why = this.#refusals.get(entry) ?? NOT_ASKED;
      for (const { guard, value } of fields) {
        report.fail(mapping, {
          key,
          parentKey,
          recordId,
          field: guard.field,
          aspect: guard.field,
          code: 'CONFLICT_DECIDED',
          message: `${guard.field} was changed on both sides at the same moment: the shop's value was kept, since Salesforce did not take the other one back (${why}).`,
          wooValue: shown(guard.written),
          salesforceValue: shown(guard.form(value)),
        });
      }
    }
    return lost.length > 0;
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
export function looksOf(entries: CollectionBatch['entries']): Looks | null {
  const guarded = entries.filter(isGuarded);
  if (guarded.length === 0) return null;
  const fields = guarded.flatMap(({ guards }) => guards.map(({ field }) => field));
  const since = guarded.map(({ target, guards }) => [target.recordId, earliest(guards)] as const);
  return { fields: [...new Set(fields)], unmodifiedSince: new Map(since) };
}

/** Since when nobody may have changed the record; it may have been read more than once. */
function earliest(guards: readonly Guard[]): string {
  return guards.map(({ modified }) => modified).sort()[0] ?? '';
}

/** Without values: what the org says of a refusal may name them. */
function toText({ code, message }: ItemError): string {
  return `${code}: ${withoutValue(message)}`;
}

function groupsOf(rows: readonly LostOfRow[]): readonly Group[] {
  return [...Map.groupBy(rows, ({ entry }) => entry.object)].flatMap(([object, of]) =>
    Array.from({ length: Math.ceil(of.length / COLLECTION_SIZE) }, (_, at): Group => [
      object,
      of.slice(at * COLLECTION_SIZE, (at + 1) * COLLECTION_SIZE),
    ]),
  );
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
