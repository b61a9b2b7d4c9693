import type { HeldMapping } from '../../../ports/held-mappings.ts';
import type { StoreSnapshot } from '../status/store-snapshot.ts';

/** Held mappings by name, each with the name of the one that it is told with. Plain JSON. */
export type ToldWith = Readonly<Record<string, string>>;

type Snapshots = readonly Pick<StoreSnapshot, 'held'>[];

/** The mappings that are held, each once. */
export function heldIn(snapshots: Snapshots): readonly HeldMapping[] {
  const all = snapshots.flatMap(({ held }) => held);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/**
 * Mappings of a store that come to be held together are told together, as one deploy is that spoils many: those that
 * are held already, and those that are held later, are matters of their own.
 */
export function toldTogether(snapshots: Snapshots, before: ToldWith): ToldWith {
  const ofStores = Map.groupBy(heldIn(snapshots), ({ store }) => store);
  const entries = [...ofStores.values()].flatMap((held) => {
    const names = held.map(({ name }) => name).toSorted();
    const taken = new Set(names.map((name) => before[name]));
    const fresh = names.filter((name) => !Object.hasOwn(before, name));
    const first = fresh.find((name) => !taken.has(name)) ?? fresh[0];
    return names.map((name) => [name, before[name] ?? first ?? name]);
  });
  return Object.fromEntries(entries) as ToldWith;
}
