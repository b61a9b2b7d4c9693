import { parseKey } from '../../mapping/keys/keys.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Base, SyncBase } from '../../ports/two-way-state.ts';
import { isComing } from '../model/coming-record.ts';
import { agreedName } from '../model/digest.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/** A row whose record is in Salesforce and has fields that go to the shop. */
export interface Linked {
  readonly row: Planned;
  readonly recordId: string;
  readonly base: SyncBase | undefined;
}

/** The rows whose records are in Salesforce, with the sync base on of them. */
export async function withBases(run: Run, rows: readonly Planned[]): Promise<readonly Linked[]> {
  const known = new RecordMap<SyncBase>();
  const linked = rows.flatMap((row) => (row.link ? [{ row, recordId: row.link.recordId }] : []));
  const byObject = [...Map.groupBy(linked, ({ row }) => row.mapping.object)];
  const found = await Promise.all(
    byObject.map(([object, some]) =>
      run.state.twoWay.syncBases(
        object,
        some.flatMap(({ row }) => [row.key, formerOf(row) ?? []].flat()),
      ),
    ),
  );
  for (const bases of found)
    for (const base of bases.values()) known.set(base.object, base.key, base);
  return linked.map(({ row, recordId }) => {
    const { object } = row.mapping;
    const own = known.get(object, row.key);
    if (own?.recordId === recordId) return { row, recordId, base: own };
    // The link was saved, and the process ended before it saved whose base this is. What was found is another record.
    if (own && isComing(own) && !row.found) return { row, recordId, base: { ...own, recordId } };
    const former = known.get(object, formerOf(row) ?? '');
    const base = former?.recordId === recordId ? inherited(row, former) : undefined;
    return { row, recordId, base };
  });
}

/** Whether the record is ours and was found again by its key alone, as after the state was lost, and not written since. */
export function isFoundAgain({ row: { link } }: Pick<Linked, 'row'>): boolean {
  return link?.byId === false && link.state === 'unverified';
}

/**
 * Whether fields of which nothing is known are of a record that is no new acquaintance: one of ours that was found
 * again by its key alone, or one that carries the key of another store. Of the latter it is not known whether this store
 * meets it for the first time; what a person has typed into a field of this store is nothing to pass over either way.
 */
export function isForgotten(one: Linked, held: OrgRow): boolean {
  const { row, base } = one;
  const { link, mapping } = row;
  if (link?.byId !== true) return isFoundAgain(one);
  if (base !== undefined) return false;
  const owner = held[mapping.keyField];
  return typeof owner === 'string' && parseKey(owner).store !== parseKey(row.key).store;
}

/** The key that the same person had before, as a guest or as a customer whom the shop has deleted. */
export function formerOf({ found }: Planned): string | null {
  return found?.baseKey ?? null;
}

/**
 * The base of who registers again. What the record was found by is left out: anybody may register with the address
 * of a customer who is gone, so that nobody but a person lets it go where the new one changes it.
 */
function inherited({ mapping }: Planned, former: SyncBase): SyncBase {
  if (parseKey(former.key).email !== null) return former;
  const guarded = new Set(mapping.kept.filter(({ isMatch }) => isMatch).map(agreedName));
  const rest = (of: Base): Base =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !guarded.has(name)));
  return { ...former, base: rest(former.base), pending: rest(former.pending) };
}
