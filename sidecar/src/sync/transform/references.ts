import type { Lookup } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Candidate, Known, Planned } from '../model/record.ts';
import { isComing, type Run } from '../model/run.ts';

/** Lookups of planned rows to records that are neither in the org, nor on their way, nor planned here. */
export function unknownLookups(planned: readonly Planned[], known: Known): readonly Lookup[] {
  const unknown = new RecordMap<Lookup>();
  for (const { row, link } of planned) {
    for (const lookup of row.lookups) {
      const { object, key } = lookup;
      if (key === null || known.has(object, key) || (link && isForCreate(lookup))) continue;
      unknown.set(object, key, lookup);
    }
  }
  return [...unknown.values()];
}

/** What is known of everything that the rows refer to; what cannot be had is not in it. */
export async function resolve(run: Run, planned: readonly Planned[]): Promise<Known> {
  const known: Known = new RecordMap();
  for (const { mapping, key, link } of planned) known.set(mapping.object, key, link ?? null);
  await learn(
    run,
    planned.flatMap(({ row }) => [...row.lookups, ...(row.leftOut ?? [])]),
    known,
  );
  return known;
}

/** Adds what is known by now of the records that lookups name. */
export async function learn(run: Run, lookups: readonly Lookup[], known: Known): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const { object, key } of lookups) {
    if (key === null || known.has(object, key)) continue;
    const keys = wanted.get(object);
    if (keys) keys.add(key);
    else wanted.set(object, new Set([key]));
  }
  // Those on their way are asked before the state: a row that is finished in between is found in the state.
  for (const [object, keys] of wanted) {
    for (const key of keys) if (isComing(run, object, key)) known.set(object, key, null);
  }
  for (const link of await linksOfAll(run, wanted)) known.set(link.object, link.key, link);
}

/** Whether a lookup is never written to a record that is there. */
export function isForCreate({ onCreate, whenEmpty }: Lookup): boolean {
  return onCreate === true && whenEmpty !== true;
}

export async function linksOf(run: Run, from: readonly Candidate[]): Promise<RecordMap<Link>> {
  const keys = new Map<string, string[]>();
  for (const { mapping, key } of from) {
    const known = keys.get(mapping.object);
    if (known) known.push(key);
    else keys.set(mapping.object, [key]);
  }
  const links = new RecordMap<Link>();
  for (const link of await linksOfAll(run, keys)) links.set(link.object, link.key, link);
  return links;
}

/** The links of keys of several objects, asked for at once. */
async function linksOfAll(
  { state }: Run,
  keys: ReadonlyMap<string, Iterable<string>>,
): Promise<readonly Link[]> {
  const found = await Promise.all(
    [...keys].map(([object, some]) => state.links(object, [...some])),
  );
  return found.flatMap((links) => [...links.values()]);
}
