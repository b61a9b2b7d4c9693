import { parseKey } from '../../mapping/keys/keys.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Pair } from '../../ports/two-way-state.ts';
import { withoutValues } from '../model/ownership.ts';
import type { RecordMap } from '../model/record-map.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { rowsByKey } from '../read/rows-by-key.ts';

/** A customer whose record is another customer's of the store too, as since the two were merged in Salesforce. */
interface MergedCustomer {
  readonly row: Planned;
  readonly recordId: string;
  /** Key of the other customer, whose values are written. */
  readonly owner: string;
  /** Whether the record carries that key; else it carries one of another store, whose values are not touched. */
  readonly isOwners: boolean;
}

/**
 * Reports customers that were merged into the record of another one: their own values are not written any more. A
 * record that carries the key of such a customer by now is theirs again. The state tells which they are; only for
 * those the org is asked, in one call.
 * @returns the rows, without values of those customers, and without those that have a record of their own again,
 * which are looked at anew
 */
export async function reportMergedCustomers(
  run: Run,
  planned: readonly Planned[],
): Promise<readonly Planned[]> {
  const merged = await mergedIn(run, planned);
  if (merged.length === 0) return planned;
  const own = await relinkOwn(run, merged);
  const isParted = ({ mapping, key }: Planned) => own.has(mapping.object, key);
  for (const one of merged) {
    const { row, recordId } = one;
    const { mapping, key } = row;
    if (isParted(row)) continue;
    run.report.fail(mapping, {
      key,
      recordId,
      code: 'CUSTOMERS_MERGED',
      field: mapping.keyField,
      message: reasonOf(one),
    });
  }
  const others = new Set(merged.map(({ row }) => row));
  return planned
    .filter((row) => !isParted(row))
    .map((row) => (others.has(row) ? withoutValues(row, run.store) : row));
}

function reasonOf({ row: { mapping, key }, recordId, owner, isOwners }: MergedCustomer): string {
  const record = `${mapping.object} ${recordId}`;
  return isOwners
    ? `${record} was merged in Salesforce and stands for two customers of the shop: ${owner} and ${key}. It carries ${owner} in ${mapping.keyField}, so the values of ${owner} are written, and those of ${key} are not.`
    : `${record} belongs to another store and stands for two customers of this one: ${owner} and ${key}. Into the fields that are this store's own the values of ${owner} are written, and those of ${key} are not.`;
}

async function mergedIn(run: Run, planned: readonly Planned[]): Promise<readonly MergedCustomer[]> {
  const linked = planned.flatMap((row) =>
    row.link?.byId === true && isOnePersons(row) ? [{ row, recordId: row.link.recordId }] : [],
  );
  if (linked.length === 0) return [];
  const pairs = await run.state.twoWay.linkedTo(linked.map(({ recordId }) => recordId));
  const byRecord = Map.groupBy(pairs, ({ recordId, object }) => recordId + object);
  return linked.flatMap(({ row, recordId }): readonly MergedCustomer[] => {
    const others = (byRecord.get(recordId + row.mapping.object) ?? []).filter(({ key }) =>
      isOtherCustomer(row.key, key),
    );
    const owner = others.find(({ byId }) => !byId)?.key;
    if (owner !== undefined) return [{ row, recordId, owner, isOwners: true }];
    const first = firstOf(row, others);
    return first === undefined ? [] : [{ row, recordId, owner: first, isOwners: false }];
  });
}

/**
 * The customer that comes before in the shop, where the record is one of another store: of such a record only the
 * fields that are the store's own are written, and where it has none, nothing is.
 */
function firstOf({ mapping, key }: Planned, others: readonly Pair[]): string | undefined {
  if (mapping.fields.length === 0) return undefined;
  const idOf = (of: string) => parseKey(of).id ?? Infinity;
  const before = others.filter((other) => idOf(other.key) < idOf(key));
  return before.sort((a, b) => idOf(a.key) - idOf(b.key))[0]?.key;
}

/** Whether each customer has a record alone; an account that is found by its contacts may be that of several. */
function isOnePersons({ mapping, key, found }: Planned): boolean {
  if (mapping.resource !== 'customer' || found !== undefined || parseKey(key).id === null)
    return false;
  return mapping.matchFields.every(({ through }) => through === null);
}

function isOtherCustomer(key: string, owner: string): boolean {
  const [mine, other] = [parseKey(key), parseKey(owner)];
  return mine.store === other.store && other.id !== null && other.id !== mine.id;
}

/** Links customers to the records that carry their keys. */
async function relinkOwn(
  run: Run,
  merged: readonly MergedCustomer[],
): Promise<Pick<RecordMap<OrgRow>, 'has'>> {
  const rows = merged.map(({ row }) => row);
  const own = await rowsByKey(run.org, rows);
  const links = rows.flatMap(({ mapping: { object }, key }) => {
    const record = own.get(object, key);
    if (record === undefined) return [];
    return [{ object, key, recordId: String(record['Id']), byId: false, parentKey: null }];
  });
  if (run.dry || links.length === 0) return own;
  await run.state.relink(links);
  run.onStaleRead?.(links);
  return own;
}
