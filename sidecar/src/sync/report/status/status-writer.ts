import type { Log } from '../../../lib/log.ts';
import { maskEmails, withoutValue } from '../../../lib/redact.ts';
import {
  type Collection,
  COLLECTIONS_PER_CALL,
  type ItemResult,
  type Org,
} from '../../../ports/org.ts';
import {
  ATTENTION,
  ATTENTION_KEY,
  type AttentionNews,
  type Attentions,
} from '../attention/attentions.ts';
import { LackingFields } from './lacking-fields.ts';
import { OWN_OBJECTS_CURE, ownUpdate, ownUpsert, type OwnRow } from '../own-objects.ts';
import { isNews, sayingLack, statusRow } from './status-row.ts';
import type { StoreSnapshot } from './store-snapshot.ts';

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
  readonly #lackingTold: LackingFields;
  #before: ReadonlyMap<string, OwnRow> = new Map();
  /** What was logged last; null when the last rows were taken. */
  #logged: string | null = null;

  constructor(parts: StatusWriterParts) {
    this.#parts = parts;
    this.#lacking = new LackingFields(parts.org, STATUS);
    this.#lackingTold = new LackingFields(parts.org, ATTENTION);
  }

  /**
   * Writes the rows of all stores where one of them says something new, or nothing was written for minutes: one API
   * call for a thousand rows, or none. Where the org lacks fields of them, the others are written.
   * @throws CodedError where the org is out
   */
  async say(): Promise<void> {
    const { snapshot, attentions } = this.#parts;
    const snapshots = await snapshot();
    const [{ now } = { now: null }] = snapshots;
    if (now === null) return;
    const rows = new Map(snapshots.map((one) => [one.store, statusRow(one)]));
    const isStatus = [...rows].some(([store, row]) => isNews(this.#before.get(store) ?? null, row));
    const causes = await attentions.news(snapshots, now);
    if (!isStatus && !causes.isNews) return;
    // Attentions come first: whoever is told finds the status as it was, and not the other way round.
    const told = (): readonly Collection[] => this.#attentions(causes);
    const shown = (): readonly Collection[] => this.#statuses([...rows.values()]);
    const first = told();
    await causes.begin();
    const written = await this.#write([...first, ...shown()]);
    const ofTold = written.slice(0, first.length).flat();
    const ofShown = written.slice(first.length).flat();
    const fields = [...causes.opened, ...causes.solved.map((one) => one.fields)];
    const every = Object.fromEntries(fields.flatMap((row) => Object.entries(row)));
    const opened = await this.#again(this.#lackingTold, ofTold, every, told, now);
    await causes.said(opened);
    const [row = {}] = rows.values();
    const stood = await this.#again(this.#lacking, ofShown, row, shown, now);
    // Also what was refused: it is tried again with the next news, and not each time.
    this.#before = rows;
    this.#tell([...opened, ...stood]);
  }

  #attentions({ opened, solved }: AttentionNews): readonly Collection[] {
    const lacking = this.#lackingTold;
    return [
      ...ownUpsert(
        ATTENTION,
        ATTENTION_KEY,
        opened.map((row) => lacking.without(row)),
      ),
      ...ownUpdate(
        ATTENTION,
        solved.map(({ id, fields }) => ({ id, fields: lacking.without(fields) })),
      ),
    ];
  }

  #statuses(rows: readonly OwnRow[]): readonly Collection[] {
    const { names } = this.#lacking;
    return ownUpsert(
      STATUS,
      'Store__c',
      rows.map((row) => this.#lacking.without(sayingLack(row, names))),
    );
  }

  /**
   * Writes once more where fields are lacking, or have come since.
   * @param row all fields that are written
   */
  async #again(
    lacking: LackingFields,
    results: readonly ItemResult[],
    row: OwnRow,
    collections: () => readonly Collection[],
    now: Date,
  ): Promise<readonly ItemResult[]> {
    if (results.length === 0 || !lacking.isDue(results, now)) return results;
    if (!(await lacking.learn(row, now))) return results;
    return (await this.#write(collections())).flat();
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
    const lacks = Object.entries({ [STATUS]: this.#lacking, [ATTENTION]: this.#lackingTold })
      .filter(([, { names }]) => names.length > 0)
      .map(([object, { names }]) => `${object} lacks ${names.join(', ')}`)
      .join('; ');
    const reason = refusal?.code ?? (lacks === '' ? null : lacks);
    if (reason !== null && reason !== this.#logged) {
      const [code, text] = refusal
        ? [refusal.code, `how the stores are doing: ${maskEmails(withoutValue(refusal.message))}`]
        : ['INVALID_FIELD', `all of it; ${lacks}, the rest is written.`];
      log.error({ code, cure: OWN_OBJECTS_CURE }, `Salesforce does not take ${text}`);
    }
    this.#logged = reason;
  }
}
