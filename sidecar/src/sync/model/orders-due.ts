import { parseKey } from '../../mapping/keys/keys.ts';
import type { Resource } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Link } from '../../ports/link.ts';
import type { Origin, State } from '../../ports/state.ts';
import type { Run } from './run.ts';

type Parts<Used extends keyof State> = Pick<Run, 'mappings'> & {
  readonly state: Pick<State, Used>;
};

/**
 * Records that were deleted in Salesforce, and are made anew: the lookups that led to them were emptied without a trace,
 * those of other stores that share them too. That their orders are to be written again is kept with them until these are
 * queued; those of guests, whom nothing else has looked at, are.
 * @returns what has them looked at
 */
export async function markGone(
  { state, mappings }: Parts<'origins' | 'sharing' | 'totals' | 'clearHashes'>,
  links: readonly Pick<Link, 'object' | 'key'>[],
): Promise<readonly ChangeEvent[]> {
  const marked: ChangeEvent[] = [];
  const all = [...links, ...(await state.sharing(links))];
  for (const resource of ['customer', 'product'] as const) {
    const objects = new Set(objectsOf({ mappings }, resource));
    const own = all.filter(({ object, key }) => objects.has(object) && parseKey(key).id !== null);
    const keys = [...new Set(own.map(({ key }) => key))];
    if (keys.length === 0) continue;
    const known = await state.origins.find(resource, keys);
    const due = keys.map((key) => ({ ...(known.get(key) ?? anyOrigin(key)), ordersDue: true }));
    await state.origins.save(resource, due);
    marked.push(...keys.map((key): ChangeEvent => ({ resource, key })));
  }
  return [...marked, ...(await rewriteOrdersOfGuests({ state, mappings }, all))];
}

/**
 * Has the orders written again whose guests' records were deleted in Salesforce: the first of them that is looked at makes
 * its guest anew.
 * @param links of which those of guests count
 * @returns what has them looked at
 */
export async function rewriteOrdersOfGuests(
  { state, mappings }: Parts<'totals' | 'clearHashes'>,
  links: readonly Pick<Link, 'object' | 'key'>[],
): Promise<readonly ChangeEvent[]> {
  const objects = new Set(objectsOf({ mappings }, 'customer'));
  const guests = links.filter(
    ({ object, key }) => objects.has(object) && parseKey(key).email !== null,
  );
  if (guests.length === 0) return [];
  const orders = await state.totals.ordersOf([...new Set(guests.map(({ key }) => key))]);
  await state.clearHashes(orders, objectsOf({ mappings }, 'order'));
  return orders.map((key) => ({ resource: 'order', key }));
}

/** What the shop shows under the key is taken as it is. */
function anyOrigin(key: string): Origin {
  return {
    key,
    marks: ['-'],
    modified: null,
    isHeld: false,
    isAnother: false,
    ordersDue: false,
  };
}

/** The objects that mappings of a resource write to. */
export function objectsOf(
  { mappings }: Pick<Run, 'mappings'>,
  resource: Resource,
): readonly string[] {
  const own = mappings.filter((one) => one.resource === resource);
  return [...new Set(own.map(({ object }) => object))];
}
