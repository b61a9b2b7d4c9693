import { recordKey } from '../../mapping/keys/keys.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { Resource } from '../../mapping/model/resources.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { Pair } from '../../ports/two-way-state.ts';
import { mappingsOf, type Run } from '../model/run.ts';
import type { Linked } from './linked.ts';

/**
 * Has records looked at again by their other keys, of which Salesforce has reported an edit and which the shop has no
 * more, or in its trash: what was typed for this store stands in Salesforce alone then, which the store that they belong
 * to says. Two statements of the state, where there are such.
 * @param away records that the shop has no more, by resource
 */
export async function passEditsOn(
  run: Run,
  away: ReadonlyMap<Resource, readonly WooRecord[]>,
): Promise<void> {
  for (const [resource, records] of away) {
    const keys = records
      .flatMap((record) => recordKey(resource, record, run.store.key) ?? [])
      .filter((key) => run.dirty.has(key));
    if (keys.length === 0) continue;
    const sending = mappingsOf(run, resource).filter(({ outgoing }) => outgoing.length > 0);
    for (const object of new Set(sending.map((mapping) => mapping.object))) {
      // Their links may be gone by now; what was in step is not.
      const known = [...(await run.state.twoWay.syncBases(object, keys)).values()];
      const others = await otherKeys(run, known);
      await run.state.twoWay.markDirty(others);
      enqueue(run, resource, others);
    }
  }
}

/**
 * Has records that are back looked at again by their other keys under which an edit has found no shop: it may go to this
 * one now.
 */
export async function lookAtUnsent(run: Run, back: readonly Linked[]): Promise<void> {
  const groups = Map.groupBy(back, ({ row }) => row.mapping);
  for (const [{ object, resource }, some] of groups) {
    const pairs = some.map(({ row, recordId }) => ({ object, key: row.key, recordId }));
    const others = await otherKeys(run, pairs);
    enqueue(run, resource, [...(await run.state.twoWay.dirty(others)).keys()]);
  }
}

async function otherKeys(run: Run, pairs: readonly Pair[]): Promise<readonly string[]> {
  const objects = new Map(pairs.map(({ recordId, object }) => [recordId, object]));
  const linked = await run.state.twoWay.linkedTo([...objects.keys()]);
  const own = new Set(pairs.map(({ key }) => key));
  return linked.flatMap(({ object, key, recordId }) =>
    objects.get(recordId) === object && !own.has(key) ? [key] : [],
  );
}

function enqueue(run: Run, resource: Resource, keys: readonly string[]): void {
  const changes = keys.flatMap((key) => changeFor(resource, key, null) ?? []);
  if (changes.length > 0) run.enqueueFollowUps?.(changes);
}
