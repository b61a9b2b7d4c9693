import { isDeepStrictEqual } from 'node:util';
import { classOf } from '../../../errors/catalogue.ts';
import { CodedError } from '../../../errors/coded-error.ts';
import type { ItemResult, Org } from '../../../ports/org.ts';
import type { State } from '../../../ports/state.ts';
import { attentionRow } from './attention-row.ts';
import { attentionsOf, isCalm, isOver, isUnread } from './attention.ts';
import { toldTogether, type ToldWith } from './held-together.ts';
import { EVERY_STORE } from '../issue-key.ts';
import type { OwnRow } from '../own-objects.ts';
import type { StoreSnapshot } from '../status/store-snapshot.ts';

export const ATTENTION = 'Woo_Attention__c';
export const ATTENTION_KEY = 'Cause_Key__c';

/** The open attentions by their keys: since when the cause is gone, null while it is there. Plain JSON. */
type Open = Readonly<Record<string, string | null>>;

/** What is kept of what was told. Plain JSON. */
interface Told {
  readonly toldWith: ToldWith;
  /** Keys of attentions that were solved in the last minutes, and when. */
  readonly solved: Readonly<Record<string, string>>;
}

/** What is to be written of attentions now. */
export interface AttentionNews {
  readonly rows: readonly OwnRow[];
  /** Whether one opened or was solved; else the rows only say anew what Salesforce says. */
  readonly isNews: boolean;
  /** Before the rows are written: where nobody comes to know what became of one that opens, the org is asked. */
  readonly begin: () => Promise<void>;
  /** Keeps what Salesforce has taken. @param results one per row, in order */
  readonly said: (results: readonly ItemResult[]) => Promise<void>;
}

export interface AttentionParts {
  readonly org: Pick<Org, 'queries'>;
  readonly state: Pick<State, 'cursor' | 'saveCursor'>;
}

const CURSOR = 'standing:attention';
const TOLD = 'standing:attention told';
/**
 * What a former opening has left. What the org writes when it tells of an opening is not among it: an opening that is
 * written twice would empty it.
 */
const ANEW = { Solved_At__c: null };

/**
 * Opens and solves attentions. They are written with the status of the stores, so that they cost no call of their
 * own, but for one where the state is new or an answer was lost.
 */
export class Attentions {
  readonly #parts: AttentionParts;
  /** Those that were written last, taken or not: what is refused is tried again with the next news. */
  #tried: string | null = null;

  constructor(parts: AttentionParts) {
    this.#parts = parts;
  }

  async news(snapshots: readonly StoreSnapshot[], now: Date): Promise<AttentionNews> {
    const known = await this.#open();
    const isNew = (key: string) => !Object.hasOwn(known, key);
    const { toldWith, solved: rang } = await this.#told();
    const told: Told = {
      toldWith: toldTogether(snapshots, toldWith),
      solved: Object.fromEntries(
        Object.entries(rang).filter(([, at]) => !isCalm(new Date(at), now)),
      ),
    };
    const found = attentionsOf(snapshots, (key) => !isNew(key), told.toldWith);
    // What was solved just now and comes back rings when ten minutes are over, if it is there then.
    const there = new Map(
      found
        .filter(({ key }) => !isNew(key) || !Object.hasOwn(told.solved, key))
        .map((one) => [one.key, one]),
    );
    const at = now.toISOString();
    const before = calmed(known, (key) => there.has(key) || isUnread(key, snapshots), at);
    await this.#save(before);
    await this.#saveTold(told);
    const open = [...there.values()].map((one): OwnRow => ({
      ...attentionRow(one),
      ...(isNew(one.key) && { Since__c: at, ...ANEW }),
    }));
    const solved = Object.entries(before)
      .filter(([key, calm]) => calm !== null && isOver(key, new Date(calm), now))
      .map(([key]): OwnRow => ({ [ATTENTION_KEY]: key, State__c: 'solved', Solved_At__c: at }));
    const rows = [...open, ...solved];
    const states = rows.map((row) => `${row['State__c']} ${row[ATTENTION_KEY]}`);
    const tried = states.sort().join('\n');
    const isMoved = solved.length > 0 || [...there.keys()].some(isNew);
    return {
      rows,
      isNews: isMoved && tried !== this.#tried,
      begin: async () => {
        if ([...there.keys()].some(isNew)) await this.#save(null);
      },
      said: async (results) => {
        this.#tried = tried;
        const kept = new Map(Object.entries(before));
        for (const [at, { [ATTENTION_KEY]: key, State__c: state }] of rows.entries()) {
          if (results[at]?.errors.length !== 0) continue;
          if (state === 'solved') kept.delete(String(key));
          else kept.set(String(key), null);
        }
        await this.#save(Object.fromEntries(kept));
        // Of what was calm for ten minutes before it was solved the next is another matter at once.
        const justSolved = solved
          .map((row) => String(row[ATTENTION_KEY]))
          .filter((key) => !kept.has(key) && before[key] === at);
        const since = justSolved.map((key) => [key, at] as const);
        await this.#saveTold({ ...told, solved: { ...told.solved, ...Object.fromEntries(since) } });
      },
    };
  }

  async #save(open: Open | null): Promise<void> {
    if (isDeepStrictEqual(open, await this.#saved())) return;
    await this.#parts.state.saveCursor(EVERY_STORE, CURSOR, open);
  }

  async #told(): Promise<Told> {
    const saved = (await this.#parts.state.cursor(EVERY_STORE, TOLD)) as Told | null;
    return saved ?? { toldWith: {}, solved: {} };
  }

  async #saveTold(told: Told): Promise<void> {
    if (isDeepStrictEqual(told, await this.#told())) return;
    await this.#parts.state.saveCursor(EVERY_STORE, TOLD, told);
  }

  #saved(): Promise<unknown> {
    return this.#parts.state.cursor(EVERY_STORE, CURSOR);
  }

  /** Those that stand open in Salesforce. Where the state is new or an answer was lost, the org is asked. */
  async #open(): Promise<Open> {
    const saved = await this.#saved();
    if (saved !== null && saved !== undefined) return saved as Open;
    try {
      const [rows = []] = await this.#parts.org.queries([
        `SELECT ${ATTENTION_KEY} FROM ${ATTENTION} WHERE State__c = 'open' AND Cause__c != 'service_silent'`,
      ]);
      return Object.fromEntries(rows.map((row) => [String(row[ATTENTION_KEY]), null]));
    } catch (error) {
      if (!(error instanceof CodedError) || classOf(error.code) !== 'setup') throw error;
      return {};
    }
  }
}

/** Notes since when the causes of open attentions are gone. */
function calmed(open: Open, isThere: (key: string) => boolean, at: string): Open {
  const noted = Object.entries(open).map(([key, calm]) => [
    key,
    isThere(key) ? null : (calm ?? at),
  ]);
  return Object.fromEntries(noted) as Open;
}
