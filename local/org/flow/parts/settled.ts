import type { Database } from '../../lib/database.ts';
import { attemptsIn } from './limits.ts';

/**
 * Does work for items together. Where it fails for some, all of it is undone and done anew without those, with the
 * limits that it began with.
 * @param attempt says of each item what became of it
 * @param most attempts
 * @returns what became of each; nothing of those that were still open after the last attempt
 */
export function settled<Item, Result>(
  db: Database,
  items: readonly Item[],
  attempt: (items: readonly Item[]) => readonly Result[],
  isFailed: (result: Result) => boolean,
  most = Infinity,
): ReadonlyMap<Item, Result> {
  const results = new Map<Item, Result>();
  const attempts = attemptsIn(db);
  let open = items;
  for (let times = 1; open.length > 0 && times <= most; times++) {
    const tried = open;
    if (times > 1) attempts.anew();
    const outcome = db.transaction(
      () => attempt(tried),
      (all) => !all.some(isFailed),
    );
    const isClean = !outcome.some(isFailed);
    for (const [at, item] of tried.entries()) {
      const result = outcome[at] as Result;
      if (isClean || isFailed(result)) results.set(item, result);
    }
    open = tried.filter((item) => !results.has(item));
  }
  return results;
}
