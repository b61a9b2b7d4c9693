import type { AdminSession } from '../install/admin-session.ts';
import { countOf, ifShown } from '../install/query.ts';
import type { Named } from './project-components.ts';

/** The field by which a record of a standard object is known to have come from a shop, or to be in one. */
const KEY = 'Woo_Key__c';

/** What nobody can bring back, one line for each object. */
export async function losses(
  session: Pick<AdminSession, 'request'>,
  components: readonly Named[],
): Promise<readonly string[]> {
  const own = components
    .filter(({ type, fullName }) => type === 'CustomObject' && fullName.endsWith('__c'))
    .map(({ fullName }) => fullName)
    .toSorted();
  const lines: string[] = [];
  for (const object of own) {
    const count = await ifShown(countOf(session, object));
    lines.push(`${object}: ${recordsOf(count)}, all of them`);
  }
  const fields = components
    .filter(({ type }) => type === 'CustomField')
    .map(({ fullName }) => fullName.split('.') as [string, string]);
  for (const [object, names] of Map.groupBy(fields, ([name]) => name)) {
    const hasKey = names.some(([, name]) => name === KEY);
    const count = hasKey
      ? await ifShown(countOf(session, `${object} WHERE ${KEY} != null`))
      : undefined;
    const values = count === undefined ? '' : `, filled in up to ${recordsOf(count)}`;
    const list = names.map(([, name]) => name).toSorted();
    lines.push(`${object}: the values of ${list.join(', ')}${values}; the records stay`);
  }
  return lines;
}

/** @param count null where the user may not see them */
const recordsOf = (count: number | null): string =>
  count === null
    ? 'records that you may not see (assign yourself Woo_Admin to count them)'
    : `${count} ${count === 1 ? 'record' : 'records'}`;
