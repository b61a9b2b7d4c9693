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

/** The held mappings of an issue's records, for which it waits; of a row that is wrong, those that may be. */
export function waitsFor({ mappings, held }: Scoped, scope: IssueScope): readonly HeldMapping[] {
  const own = held.filter((one) => isHeldOf(one, scope));
  if (own.length > 0 || mappings.some((mapping) => isOf(mapping, scope))) return own;
  return held.filter((one) => mayBeOf(one, scope));
}

/**
 * Whether a mapping runs beside a held one of the same records, such as one that only goes to the shop: an issue
 * may be of either, so that it stays open until both run.
 */
export function isHalfHeld({ held }: Pick<Scoped, 'held'>, scope: IssueScope): boolean {
  return held.some((one) => isHeldOf(one, scope));
}

/** Whether nothing is looked at for such issues as long as a mapping is held. */
export function isHeldBack(setup: Scoped, scope: IssueScope): boolean {
  return waitsFor(setup, scope).length > 0;
}

/** Whether no active mapping is of these records any more, be it a held one. */
export function isUnmapped({ mappings, held }: Scoped, scope: IssueScope): boolean {
  if (mappings.some((mapping) => isOf(mapping, scope))) return false;
  return !held.some((one) => mayBeOf(one, scope));
}

/** What a row leaves open or wrong may be what holds it. */
function mayBeOf(held: HeldMapping, scope: IssueScope): boolean {
  const { resource } = held;
  return resource === null || resource === scope.resource || isObject(held, scope.object);
}

function isHeldOf(held: HeldMapping, { resource, object }: IssueScope): boolean {
  return held.resource === resource && isObject(held, object);
}

function isOf({ resource, object }: IssueScope, scope: IssueScope): boolean {
  return resource === scope.resource && object === scope.object;
}

function isObject(held: HeldMapping, object: string): boolean {
  return held.object?.trim().toLowerCase() === object.toLowerCase();
}
