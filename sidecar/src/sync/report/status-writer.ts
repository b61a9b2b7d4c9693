import type { Log } from '../../lib/log.ts';
import { maskEmails, withoutValue } from '../../lib/redact.ts';
import type { Org } from '../../ports/org.ts';
import { ATTENTION, ATTENTION_KEY, type Attentions } from './attention/attentions.ts';
import { OWN_OBJECTS_CURE, ownUpsert, type OwnRow } from './own-objects.ts';
import { isNews, statusRow, type StoreSnapshot } from './status-row.ts';

export interface StatusWriterParts {
  readonly org: Pick<Org, 'write'>;
  readonly log: Log;
  /** What persons are needed for is written in the same call. */
  readonly attentions: Pick<Attentions, 'news'>;
  /** How the stores are doing now, all of them: 800 at most, since attentions go into the same call. */
  readonly snapshot: () => Promise<readonly StoreSnapshot[]>;
}

/** Shows in Salesforce how the stores are doing. An org that refuses it holds nothing else up. */
export class StatusWriter {
  readonly #parts: StatusWriterParts;
  #before: ReadonlyMap<string, OwnRow> = new Map();
  /** What was logged last; null when the last rows were taken. */
  #logged: string | null = null;

  constructor(parts: StatusWriterParts) {
    this.#parts = parts;
  }

  /**
   * Writes the rows of all stores where one of them says something new, or nothing was written for minutes:
   * one API call, or none.
   * @throws CodedError where the org is out
   */
  async say(): Promise<void> {
    const { org, snapshot, attentions } = this.#parts;
    const snapshots = await snapshot();
    const [first] = snapshots;
    if (!first) return;
    const rows = new Map(snapshots.map((one) => [one.store, statusRow(one)]));
    const isStatus = [...rows].some(([store, row]) => isNews(this.#before.get(store) ?? null, row));
    const causes = await attentions.news(snapshots, first.now);
    if (!isStatus && !causes.isNews) return;
    // Attentions come first: whoever is told finds the status as it was, and not the other way round.
    const told = ownUpsert(ATTENTION, ATTENTION_KEY, causes.rows);
    const written = await org.write([
      ...told,
      ...ownUpsert('Woo_Store_Status__c', 'Store__c', [...rows.values()]),
    ]);
    const results = written.flat();
    await causes.said(written.slice(0, told.length).flat());
    // Also what was refused: it is tried again with the next news, and not each time.
    this.#before = rows;
    const [refusal] = results.flatMap(({ errors }) => errors);
    if (refusal && refusal.code !== this.#logged) {
      this.#parts.log.error(
        { code: refusal.code, cure: OWN_OBJECTS_CURE },
        `Salesforce does not take how the stores are doing: ${maskEmails(withoutValue(refusal.message))}`,
      );
    }
    this.#logged = refusal?.code ?? null;
  }
}
