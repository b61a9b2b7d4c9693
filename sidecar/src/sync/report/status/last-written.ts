import { parseKey } from '../../../mapping/keys/keys.ts';
import type { Link } from '../../../ports/link.ts';
import type { State } from '../../../ports/state.ts';

/** When records of each object were last read and then written, as ISO 8601. Plain JSON. */
export type LastWritten = Readonly<Partial<Record<string, string>>>;

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

const CURSOR = 'standing:written';
/** People read minutes: a load writes thousands of records in one. */
const APART_MS = 60_000;

export async function lastWritten(state: Notes, store: string): Promise<LastWritten> {
  return ((await state.cursor(store, CURSOR)) ?? {}) as LastWritten;
}

/** Notes that records were written to Salesforce. @param links with the time at which their source was read */
export async function noteWritten(
  state: Notes,
  links: readonly (Pick<Link, 'object' | 'key'> & { readonly readAt: Date })[],
): Promise<void> {
  for (const [store, written] of Map.groupBy(links, ({ key }) => parseKey(key).store)) {
    const before = await lastWritten(state, store);
    const news = new Map<string, Date>();
    for (const { object, readAt } of written) {
      const known = news.get(object) ?? new Date(before[object] ?? 0);
      const apart = news.has(object) ? 0 : APART_MS;
      if (readAt.getTime() - known.getTime() >= apart) news.set(object, readAt);
    }
    if (news.size === 0) continue;
    const times = [...news].map(([object, at]) => [object, at.toISOString()]);
    await state.saveCursor(store, CURSOR, { ...before, ...Object.fromEntries(times) });
  }
}
