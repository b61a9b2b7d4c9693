import { dayOf, isSpent } from './levels.ts';

type StatusRow = Readonly<Record<string, unknown>>;

/** What the status of each store says of its API calls of the day. */
export const BUDGETS_SOQL =
  'SELECT State__c, API_Budget__c, API_Budget_Used__c, Last_Seen__c FROM Woo_Store_Status__c';

/**
 * Why nobody works on commands now, as the status says; null where that is not for want of API calls. Commands are for
 * all stores, so they go on while one of them has calls left.
 * @param rows what `BUDGETS_SOQL` finds
 */
export function commandsWait(rows: readonly StatusRow[], now: Date): string | null {
  const working = rows.filter((row) => row['API_Budget__c'] !== null || !isPaused(row));
  if (working.length === 0 || !working.every((row) => isUsedUp(row, now))) return null;
  return 'The sync has no API calls left for commands today: this one is kept, and carried out from 00:00 UTC on. Sooner: raise Daily API Calls or Daily API Share of the Woo Store; the service sees it within an hour, or at once when it is started again.';
}

/** A store that was deactivated has no budget, and takes no calls. */
function isPaused(row: StatusRow): boolean {
  return row['State__c'] === 'paused';
}

/** A status of another day says nothing of the calls of today. */
function isUsedUp(row: StatusRow, now: Date): boolean {
  const { API_Budget__c: limit, API_Budget_Used__c: used, Last_Seen__c: seen } = row;
  if (typeof limit !== 'number' || typeof used !== 'number') return false;
  return (
    dayOf(new Date(String(seen))) === dayOf(now) &&
    isSpent('changes', { budget: limit, used, night: 0 }, now)
  );
}
