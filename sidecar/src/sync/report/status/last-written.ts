import { parseKey } from '../../../mapping/keys/keys.ts';
import type { State } from '../../../ports/state.ts';

/** When each mapping last wrote a record that was read then, by the mapping's name, as ISO 8601. Plain JSON. */
export type LastWritten = Readonly<Partial<Record<string, string>>>;

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

const CURSOR = 'standing:written by mapping';
/** As an earlier version noted them: by object. */
const BY_OBJECT = 'standing:written';
/** People read minutes: a load writes thousands of records in one. */
export const WRITTEN_APART_MS = 60_000;

export async function lastWritten(state: Notes, store: string): Promise<LastWritten> {
  return ((await state.cursor(store, CURSOR)) ?? {}) as LastWritten;
}

/** The same by object, as it was before mappings were told apart; nothing of a state that is new. */
export async function lastWrittenByObject(state: Notes, store: string): Promise<LastWritten> {
  return ((await state.cursor(store, BY_OBJECT)) ?? {}) as LastWritten;
}

/** A record that a mapping wrote to Salesforce. */
export interface Written {
  readonly mapping: string;
  readonly key: string;
  /** The store's time at which its source was read. */
  readonly readAt: Date;
}

export async function noteWritten(state: Notes, records: readonly Written[]): Promise<void> {
  for (const [store, written] of Map.groupBy(records, ({ key }) => parseKey(key).store)) {
    const before = await lastWritten(state, store);
    const news = new Map<string, Date>();
    for (const { mapping, readAt } of written) {
      const found = news.get(mapping);
      const known = (found ?? new Date(before[mapping] ?? 0)).getTime();
      const later = readAt.getTime() - known;
      // Back too: a clock of the shop that was ahead is not believed for as long as it was.
      const isNews = found === undefined ? Math.abs(later) >= WRITTEN_APART_MS : later >= 0;
      if (isNews) news.set(mapping, readAt);
    }
    if (news.size === 0) continue;
    const times = [...news].map(([mapping, at]) => [mapping, at.toISOString()]);
    await state.saveCursor(store, CURSOR, { ...before, ...Object.fromEntries(times) });
  }
}
