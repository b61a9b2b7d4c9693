import type { Mapping } from '../mapping/model/mapping.ts';
import type { HeldMapping } from '../ports/held-mappings.ts';
import type { IssueScope } from '../ports/issues.ts';
import type { StoreSetup } from '../ports/setup.ts';

type Scoped = Pick<StoreSetup, 'mappings' | 'held'>;

/** What a job of the store looks at: of a mapping that is held, and of one that writes to the same place, nothing. */
export function lookedAtFor(setup: Scoped): readonly IssueScope[] {
  return setup.mappings
    .filter((mapping) => !isHalfHeld(setup, mapping))
    .map(({ resource, object }) => ({ resource, object }));
}

/**
 * Whether a mapping runs beside a held one of the same records, such as one that only goes to the shop: an issue
 * may be of either, so that it stays open until both run.
 */
export function isHalfHeld({ mappings, held }: Scoped, scope: IssueScope): boolean {
  return held.some(
    (one) =>
      one.resource === scope.resource &&
      isObject(one, scope.object) &&
      !isReplaced(one, mappings, scope),
  );
}

/** Whether nothing is looked at for such issues as long as a mapping is held. */
export function isHeldBack(setup: Scoped, scope: IssueScope): boolean {
  return !isUnmapped(setup, scope) && !lookedAtFor(setup).some((one) => isOf(one, scope));
}

/** Whether no active mapping is of these records any more, be it a held one. */
export function isUnmapped({ mappings, held }: Scoped, scope: IssueScope): boolean {
  if (mappings.some((mapping) => isOf(mapping, scope))) return false;
  // What a row leaves open or wrong may be what holds it.
  return !held.some(
    (one) =>
      one.resource === null || one.resource === scope.resource || isObject(one, scope.object),
  );
}

/** One for every store does not run where the store has its own. */
function isReplaced(
  { store }: HeldMapping,
  mappings: readonly Mapping[],
  scope: IssueScope,
): boolean {
  return store === null && mappings.some((own) => own.store !== null && isOf(own, scope));
}

function isOf({ resource, object }: IssueScope, scope: IssueScope): boolean {
  return resource === scope.resource && object === scope.object;
}

function isObject(held: HeldMapping, object: string): boolean {
  return held.object?.trim().toLowerCase() === object.toLowerCase();
}
