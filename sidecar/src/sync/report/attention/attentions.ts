import { classOf } from '../../../errors/catalogue.ts';
import { CodedError } from '../../../errors/coded-error.ts';
import type { ItemResult, Org } from '../../../ports/org.ts';
import type { State } from '../../../ports/state.ts';
import { attentionRow, attentionsOf } from './attention.ts';
import { EVERY_STORE } from '../issue-key.ts';
import type { OwnRow } from '../own-objects.ts';
import type { StoreSnapshot } from '../status-row.ts';

export const ATTENTION = 'Woo_Attention__c';
export const ATTENTION_KEY = 'Cause_Key__c';

/** When each open attention opened, by its key. Plain JSON. */
type Open = Readonly<Record<string, string>>;

/** What is to be written of attentions now. */
export interface AttentionNews {
  readonly rows: readonly OwnRow[];
  /** Whether one opened or was solved; else the rows only say anew what Salesforce says. */
  readonly isNews: boolean;
  /** Keeps what Salesforce has taken. @param results one per row, in order */
  readonly said: (results: readonly ItemResult[]) => Promise<void>;
}

export interface AttentionParts {
  readonly org: Pick<Org, 'queries'>;
  readonly state: Pick<State, 'cursor' | 'saveCursor'>;
}

const CURSOR = 'standing:attention';

/**
 * Opens and solves attentions. They are written with the status of the stores, so that they cost no call of their
 * own, but for one where the state is new.
 */
export class Attentions {
  readonly #parts: AttentionParts;
  /** Keys of those that were written last, taken or not: what is refused is tried again with the next news. */
  #tried: string | null = null;

  constructor(parts: AttentionParts) {
    this.#parts = parts;
  }

  async news(snapshots: readonly StoreSnapshot[], now: Date): Promise<AttentionNews> {
    const before = await this.#open();
    const isNew = (key: string) => !Object.hasOwn(before, key);
    const found = attentionsOf(snapshots, (key) => !isNew(key));
    const there = new Map(found.map((one) => [one.key, one]));
    const at = now.toISOString();
    const open = [...there.values()].map((one): OwnRow => ({
      ...attentionRow(one),
      ...(isNew(one.key) && { Since__c: at, Solved_At__c: null }),
    }));
    const solved = Object.keys(before)
      .filter((key) => !there.has(key))
      .map((key): OwnRow => ({ [ATTENTION_KEY]: key, State__c: 'solved', Solved_At__c: at }));
    const keys = [...there.keys()].sort().join('\n');
    const moved = solved.length > 0 || [...there.keys()].some(isNew);
    const rows = [...open, ...solved];
    return {
      rows,
      isNews: moved && keys !== this.#tried,
      said: async (results) => {
        this.#tried = keys;
        const taken = new Set(
          rows
            .filter((_, row) => results[row]?.errors.length === 0)
            .map((row) => row[ATTENTION_KEY]),
        );
        const kept = [
          ...Object.entries(before).filter(([key]) => there.has(key) || !taken.has(key)),
          ...[...there.keys()]
            .filter((key) => isNew(key) && taken.has(key))
            .map((key) => [key, at]),
        ];
        if (moved || (await this.#saved()) === null)
          await this.#parts.state.saveCursor(EVERY_STORE, CURSOR, Object.fromEntries(kept));
      },
    };
  }

  #saved(): Promise<unknown> {
    return this.#parts.state.cursor(EVERY_STORE, CURSOR);
  }

  /** Those that stand open in Salesforce. A state that is new does not know them, so the org is asked. */
  async #open(): Promise<Open> {
    const saved = await this.#saved();
    if (saved !== null && saved !== undefined) return saved as Open;
    try {
      const [rows = []] = await this.#parts.org.queries([
        `SELECT ${ATTENTION_KEY}, Since__c FROM ${ATTENTION} WHERE State__c = 'open' AND Cause__c != 'service_silent'`,
      ]);
      return Object.fromEntries(
        rows.map((row) => [String(row[ATTENTION_KEY]), String(row['Since__c'])]),
      );
    } catch (error) {
      if (!(error instanceof CodedError) || classOf(error.code) !== 'setup') throw error;
      return {};
    }
  }
}
