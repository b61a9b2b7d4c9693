import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Lookup } from '../../mapping/model/record.ts';
import { type Resource, RESOURCES } from '../../mapping/model/resources.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { WaitingLookup } from '../../ports/state.ts';
import type { Known, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { NAMED_BY_ORDERS } from './orders-of-others.ts';
import { isForCreate } from './references.ts';

/**
 * Notes the rows whose lookups name records that are not in Salesforce: they are looked at again once these are there.
 * @param known what is known of all that the rows refer to
 */
export async function noteWaiting(
  run: Run,
  planned: readonly Planned[],
  known: Known,
): Promise<void> {
  await run.state.waiting.save(planned.flatMap((one) => waitingOf(run, one, known)));
}

function waitingOf(
  { mappings }: Run,
  { mapping, key, parentKey, row, link }: Planned,
  known: Known,
): readonly WaitingLookup[] {
  const empty = row.lookups.filter(
    (lookup) => isEmpty(lookup, known) && !(link && isForCreate(lookup)),
  );
  const change = empty.length === 0 ? null : changeFor(mapping.resource, key, parentKey);
  if (change === null) return [];
  return empty.flatMap((lookup) =>
    lookup.key === null || isGuest(lookup.key) || isAskedFor(mappings, mapping, lookup)
      ? []
      : [{ object: lookup.object, key: lookup.key, change }],
  );
}

function isEmpty({ object, key }: Lookup, known: Known): boolean {
  return key !== null && !known.has(object, key);
}

/** Guests come with their orders, and their keys are addresses. */
function isGuest(key: string): boolean {
  return parseKey(key).email !== null;
}

/** What an order names is asked for with it: what is not there then, the shop does not have, or no mapping wants it. */
function isAskedFor(mappings: readonly Mapping[], { resource }: Mapping, to: Lookup): boolean {
  if (!comesWithOrders(resource)) return false;
  const named = mappings.filter(({ object }) => object === to.object);
  return named.every((one) => NAMED_BY_ORDERS.has(one.resource) || comesWithOrders(one.resource));
}

function comesWithOrders(resource: Resource): boolean {
  return RESOURCES[resource].comesWith === 'order';
}
