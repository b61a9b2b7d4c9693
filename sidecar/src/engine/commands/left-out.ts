import { CodedError } from '../../errors/coded-error.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import { broughtBy } from '../../mapping/model/resources.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { heldFor, type HeldMapping, heldLines, isOfChange } from '../../ports/held-mappings.ts';
import type { Issue } from '../../ports/issues.ts';
import type { Setup } from '../../ports/setup.ts';
import { waitsFor } from '../issue-scope.ts';

type Held = Pick<Setup, 'held'>;

/** Which held mappings may be of the records that a change event brings, so that those are not written. */
export function leftOutOf(setup: Held, { resource, key }: ChangeEvent): readonly HeldMapping[] {
  return heldFor(setup, parseKey(key).store).filter((one) => isOfChange(one, resource));
}

/** Whether one of these is of the changed record or its parts, and not of what comes along. */
export function lacksItself(setup: Held, change: ChangeEvent): boolean {
  const own = broughtBy(change.resource);
  return leftOutOf(setup, change).some(
    ({ resource }) => resource !== null && own.includes(resource),
  );
}

/** The held mappings that an open issue waits for: its record is not looked at until they are mended. */
export function awaitedBy(
  { stores, held }: Pick<Setup, 'stores' | 'held'>,
  issue: Pick<Issue, 'store' | 'resource' | 'object'>,
): readonly HeldMapping[] {
  const mappings = stores.find(({ store }) => store.key === issue.store)?.mappings ?? [];
  return waitsFor({ mappings, held: heldFor({ held }, issue.store) }, issue);
}

/** Each held mapping once, with why and where. */
export function leftOutLines(held: Iterable<HeldMapping>): readonly string[] {
  return [...new Set(held)].flatMap(heldLines).map((line) => `Left out: ${line}`);
}

/** @param what is not synced, as `product main:7` */
export function mappingHeld(what: string, held: readonly HeldMapping[]): CodedError {
  return new CodedError(
    'COMMAND_MAPPING_HELD',
    [`${what} is not synced, since its mapping is held.`, ...held.flatMap(heldLines)].join('\n'),
    'Correct that in Setup › Custom Metadata Types, and give the command again.',
  );
}
