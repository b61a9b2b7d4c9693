import type { Log } from '../../../lib/log.ts';
import { maskEmails, withoutValue } from '../../../lib/redact.ts';
import {
  type Collection,
  COLLECTIONS_PER_CALL,
  type ItemResult,
  type Org,
} from '../../../ports/org.ts';
import { ATTENTION, ATTENTION_KEY, type Attentions } from '../attention/attentions.ts';
import { LackingFields } from './lacking-fields.ts';
import { OWN_OBJECTS_CURE, ownUpsert, type OwnRow } from '../own-objects.ts';
import { isNews, sayingLack, statusRow, type StoreSnapshot } from '../status-row.ts';

export interface StatusWriterParts {
  readonly org: Pick<Org, 'write' | 'describe'>;
  readonly log: Log;
  /** What persons are needed for is written in the same call. */
  readonly attentions: Pick<Attentions, 'news'>;
  /** How the stores are doing now, all of them. */
  readonly snapshot: () => Promise<readonly StoreSnapshot[]>;
}

const STATUS = 'Woo_Store_Status__c';

/** Shows in Salesforce how the stores are doing. An org that refuses it holds nothing else up. */
export class StatusWriter {
  readonly #parts: StatusWriterParts;
  readonly #lacking: LackingFields;
  #before: ReadonlyMap<string, OwnRow> = new Map();
  /** What was logged last; null when the last rows were taken. */
  #logged: string | null = null;

  constructor(parts: StatusWriterParts) {
    this.#parts = parts;
    this.#lacking = new LackingFields(parts.org, STATUS);
  }

  /**
   * Writes the rows of all stores where one of them says something new, or nothing was written for minutes: one API
   * call for a thousand rows, or none. Where the org lacks fields of them, the others are written.
   * @throws CodedError where the org is out
   */
  async say(): Promise<void> {
    const { snapshot, attentions } = this.#parts;
    const snapshots = await snapshot();
    const [first] = snapshots;
    if (!first) return;
    const { now } = first;
    const rows = new Map(snapshots.map((one) => [one.store, statusRow(one)]));
    const isStatus = [...rows].some(([store, row]) => isNews(this.#before.get(store) ?? null, row));
    const causes = await attentions.news(snapshots, now);
    if (!isStatus && !causes.isNews) return;
    // Attentions come first: whoever is told finds the status as it was, and not the other way round.
    const told = ownUpsert(ATTENTION, ATTENTION_KEY, causes.rows);
    const written = await this.#write([...told, ...this.#statuses([...rows.values()])]);
    await causes.said(written.slice(0, told.length).flat());
    const shown = await this.#again(written.slice(told.length).flat(), [...rows.values()], now);
    // Also what was refused: it is tried again with the next news, and not each time.
    this.#before = rows;
    this.#tell([...written.slice(0, told.length).flat(), ...shown]);
  }

  #statuses(rows: readonly OwnRow[]): readonly Collection[] {
    const { names } = this.#lacking;
    return ownUpsert(
      STATUS,
      'Store__c',
      rows.map((row) => this.#lacking.without(sayingLack(row, names))),
    );
  }

  /** Writes once more where fields are lacking, or have come since. */
  async #again(
    results: readonly ItemResult[],
    rows: readonly OwnRow[],
    now: Date,
  ): Promise<readonly ItemResult[]> {
    const [row] = rows;
    if (row === undefined || !this.#lacking.isDue(results, now)) return results;
    if (!(await this.#lacking.learn(row, now))) return results;
    return (await this.#write(this.#statuses(rows))).flat();
  }

  async #write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    const results: (readonly ItemResult[])[] = [];
    for (let at = 0; at < collections.length; at += COLLECTIONS_PER_CALL) {
      const some = collections.slice(at, at + COLLECTIONS_PER_CALL);
      results.push(...(await this.#parts.org.write(some)));
    }
    return results;
  }

  /** Says once of each reason that Salesforce shows it not, or not all of it. */
  #tell(results: readonly ItemResult[]): void {
    const { log } = this.#parts;
    const [refusal] = results.flatMap(({ errors }) => errors);
    const { names } = this.#lacking;
    const reason = refusal?.code ?? (names.length === 0 ? null : `lacks ${names.join()}`);
    if (reason !== null && reason !== this.#logged) {
      const [code, text] = refusal
        ? [refusal.code, `how the stores are doing: ${maskEmails(withoutValue(refusal.message))}`]
        : ['INVALID_FIELD', `all of it; ${STATUS} lacks ${names.join(', ')}, the rest is written.`];
      log.error({ code, cure: OWN_OBJECTS_CURE }, `Salesforce does not take ${text}`);
    }
    this.#logged = reason;
  }
}
