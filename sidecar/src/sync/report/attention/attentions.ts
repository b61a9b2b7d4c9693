import { isDeepStrictEqual } from 'node:util';
import { classOf } from '../../../errors/catalogue.ts';
import { CodedError } from '../../../errors/coded-error.ts';
import type { ItemResult, Org } from '../../../ports/org.ts';
import type { State } from '../../../ports/state.ts';
import { attentionRow } from './attention-row.ts';
import { attentionsOf, isCalm, isOver, isUnread } from './attention.ts';
import { toldTogether, type ToldWith } from './held-together.ts';
import { EVERY_STORE } from '../issue-key.ts';
import type { OwnRow, OwnUpdate } from '../own-objects.ts';
import type { StoreSnapshot } from '../status/store-snapshot.ts';

export const ATTENTION = 'Woo_Attention__c';
export const ATTENTION_KEY = 'Cause_Key__c';

interface OpenAttention {
  readonly id: string;
  /** Since when the cause is gone, null while it is there. */
  readonly calmSince: string | null;
}

/** The open attentions by their keys. Plain JSON. */
type Open = Readonly<Record<string, OpenAttention>>;

/** What is kept of what was told. Plain JSON. */
interface Told {
  readonly toldWith: ToldWith;
  /** Keys of attentions that were solved in the last minutes, and when. */
  readonly solved: Readonly<Record<string, string>>;
}

/** What is to be written of attentions now. */
export interface AttentionNews {
  /** Rows with their keys: those that open, and those that are open. */
  readonly opened: readonly OwnRow[];
  /** By record id: one that somebody has deleted is not made anew. */
  readonly solved: readonly OwnUpdate[];
  /** Whether one opened or was solved; else the rows only say anew what Salesforce says. */
  readonly isNews: boolean;
  /** Before the rows are written: where nobody comes to know what became of one that opens, the org is asked. */
  readonly begin: () => Promise<void>;
  /** Keeps what Salesforce has taken. @param results one per row, those that are solved last */
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
    const opened = [...there.values()].map((one): OwnRow => ({
      ...attentionRow(one),
      ...(isNew(one.key) && { Since__c: at, ...ANEW }),
    }));
    const over = Object.entries(before).filter(
      ([key, { calmSince }]) => calmSince !== null && isOver(key, new Date(calmSince), now),
    );
    const solved = over.map(([, { id }]) => ({
      id,
      fields: { State__c: 'solved', Solved_At__c: at },
    }));
    const states = [
      ...[...there.keys()].map((key) => `open ${key}`),
      ...over.map(([key]) => `solved ${key}`),
    ];
    const tried = states.sort().join('\n');
    const isMoved = over.length > 0 || [...there.keys()].some(isNew);
    return {
      opened,
      solved,
      isNews: isMoved && tried !== this.#tried,
      begin: async () => {
        if ([...there.keys()].some(isNew)) await this.#save(null);
      },
      said: async (results) => {
        this.#tried = tried;
        const kept = new Map(Object.entries(before));
        for (const [index, key] of [...there.keys()].entries()) {
          const { id = null, errors } = results[index] ?? { errors: [] };
          if (id !== null && errors.length === 0) kept.set(key, { id, calmSince: null });
        }
        for (const [index, [key]] of over.entries()) {
          const result = results[opened.length + index];
          if (result?.errors.every(({ kind }) => kind === 'reference')) kept.delete(key);
        }
        await this.#save(Object.fromEntries(kept));
        // Of what was calm for ten minutes before it was solved the next is another matter at once.
        const justSolved = over
          .filter(([key, { calmSince }]) => !kept.has(key) && calmSince === at)
          .map(([key]) => key);
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
    if (isOpen(saved)) return saved;
    try {
      const [rows = []] = await this.#parts.org.queries([
        `SELECT Id, ${ATTENTION_KEY} FROM ${ATTENTION} WHERE State__c = 'open' AND Cause__c != 'service_silent'`,
      ]);
      return Object.fromEntries(
        rows.map((row) => [String(row[ATTENTION_KEY]), { id: String(row['Id']), calmSince: null }]),
      );
    } catch (error) {
      if (!(error instanceof CodedError) || classOf(error.code) !== 'setup') throw error;
      return {};
    }
  }
}

/** Notes since when the causes of open attentions are gone. */
function calmed(open: Open, isThere: (key: string) => boolean, at: string): Open {
  return Object.fromEntries(
    Object.entries(open).map(([key, { id, calmSince }]) => [
      key,
      { id, calmSince: isThere(key) ? null : (calmSince ?? at) },
    ]),
  );
}

/** What earlier versions have kept has no record ids: it is as good as none. */
function isOpen(saved: unknown): saved is Open {
  if (saved === null || saved === undefined) return false;
  return Object.values(saved).every((one) => typeof one === 'object' && one !== null);
}
