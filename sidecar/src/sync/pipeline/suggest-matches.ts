import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { WooList } from '../../ports/store.ts';
import type { Choice } from '../match/choices.ts';
import type { Decision } from '../match/match-rules.ts';
import { isSought, Matcher } from '../match/matcher.ts';
import type { OpenPage } from '../model/checkpoint.ts';
import type { Run } from '../model/run.ts';
import { withParents } from '../read/variations.ts';
import { Report } from '../report/run-report.ts';
import { candidates, plan } from '../transform/plan-rows.ts';
import { linksOf } from '../transform/references.ts';
import { readOnlyRun } from './dry-run.ts';

/** What the next sync would make of a record that was never synced. */
export interface Suggestion {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly key: string;
  readonly decision: Decision;
  /** What a person has decided; null where the match fields do. */
  readonly choice: Choice | null;
}

/** Nothing waits for what is only looked at. */
const NO_PAGE: OpenPage = { take: () => undefined, release: () => undefined };

/** Says of records that were never synced where they would go. Writes nothing. */
export class MatchSuggestions {
  readonly #run: Run;
  readonly #matcher = new Matcher();

  constructor(places: Pick<Run, 'org' | 'state' | 'store'>, mappings: readonly Mapping[]) {
    this.#run = readOnlyRun(places, mappings, new Report(mappings));
  }

  /** Records that the shop shows and no mapping can build. */
  get failed(): number {
    return this.#run.report.failed;
  }

  /**
   * One call to the org for a page of records that may have matches, none for one without.
   * @throws CodedError where a side does not answer
   */
  async of(
    resource: 'customer' | 'product',
    list: WooList,
    records: readonly WooRecord[],
    readAt: Date,
  ): Promise<readonly Suggestion[]> {
    const run = this.#run;
    const named = list === 'variations' ? await withParents(run.store, records) : records;
    const owned = named.map((record) => ({ record, parentKey: null }));
    const all = candidates(run, resource, owned, { readNumber: 0, readAt, page: NO_PAGE });
    const links = await linksOf(run, all);
    const unsynced = all.filter(({ mapping, key }) => !links.has(mapping.object, key));
    const rows = (await plan(run, unsynced, { links })).filter(isSought);
    if (rows.length === 0) return [];
    const { decisions, choices } = await this.#matcher.match(
      run.org,
      run.store,
      rows,
      () => true,
      null,
    );
    return rows.map(({ mapping, record, key }) => ({
      mapping,
      record,
      key,
      choice: choices.get(mapping.object, key) ?? null,
      decision: decisions.get(mapping.object, key) ?? { kind: 'create' },
    }));
  }
}
