import type { OrgRow } from '../../ports/org.ts';
import type { SyncBase } from '../../ports/two-way-state.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/** Whether the row is of a record that belongs to another store, and whose edits come to this one too. */
export function sharesEdits({ mapping }: Pick<Planned, 'mapping'>): boolean {
  return mapping.outgoing.some(({ onlyEdits }) => onlyEdits);
}

/**
 * What is known of the pairs to which records belong whose edits go to all stores. Asked after the records were
 * read: what an owner's job writes is written ahead there.
 * @param held the records as they were read, with their keys
 */
export async function ownersOf<L extends { readonly row: Planned; readonly recordId: string }>(
  run: Run,
  asked: readonly L[],
  held: ReadonlyMap<string, OrgRow>,
): Promise<ReadonlyMap<L, SyncBase>> {
  const owners = new Map<L, SyncBase>();
  const shared = asked.flatMap((one) => {
    const key = held.get(one.recordId)?.[one.row.mapping.keyField];
    return sharesEdits(one.row) && typeof key === 'string' ? [{ one, key }] : [];
  });
  for (const [object, some] of Map.groupBy(shared, ({ one }) => one.row.mapping.object)) {
    const found = await run.state.twoWay.syncBases(
      object,
      some.map(({ key }) => key),
    );
    for (const { one, key } of some) {
      const base = found.get(key);
      if (base?.recordId === one.recordId) owners.set(one, base);
    }
  }
  return owners;
}
