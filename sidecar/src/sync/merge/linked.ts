import { parseKey } from '../../mapping/keys/keys.ts';
import type { SyncBase } from '../../ports/two-way-state.ts';
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
  const linked = rows.filter(({ link }) => link !== undefined);
  for (const [object, some] of Map.groupBy(linked, ({ mapping }) => mapping.object)) {
    const found = await run.state.twoWay.syncBases(
      object,
      some.flatMap((row) => [row.key, guestKeyOf(row) ?? []].flat()),
    );
    for (const base of found.values()) known.set(object, base.key, base);
  }
  return linked.flatMap((row) => {
    const recordId = row.link?.recordId;
    if (recordId === undefined) return [];
    const { object } = row.mapping;
    const former = guestKeyOf(row);
    const base = known.get(object, row.key) ?? (former ? known.get(object, former) : undefined);
    return [{ row, recordId, base: base?.recordId === recordId ? base : undefined }];
  });
}

/** The key of the guest that a customer was before; the sync base with a customer who is gone says nothing. */
export function guestKeyOf({ found }: Planned): string | null {
  const former = found?.formerKey ?? null;
  return former !== null && parseKey(former).email !== null ? former : null;
}
