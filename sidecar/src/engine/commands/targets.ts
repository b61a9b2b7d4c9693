import { CodedError } from '../../errors/coded-error.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import { newKey } from '../../mapping/keys/new-record-key.ts';
import { RESOURCES } from '../../mapping/model/resources.ts';
import { changeFor, isNamedBy } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Setup } from '../../ports/setup.ts';
import { changesOf, type Command, type CommandsParts, storeOf, wooIdsOf } from './command.ts';
import { findRecord, type Found, heldOf, type KnownAs, knownAs } from './known-record.ts';
import { leftOutOf, mappingHeld } from './left-out.ts';

type Parts = Pick<CommandsParts, 'org' | 'state'>;

/**
 * What a command asks to be looked at: what Arguments names, and the record.
 * @throws CodedError where it names nothing, or nothing that can be
 */
export async function targetsOf(
  parts: Parts,
  command: Command,
  setup: Setup,
): Promise<readonly ChangeEvent[]> {
  const ids = wooIdsOf(command);
  if (ids.length === 0 && command.recordId === '') throw withoutRecord();
  const changes: ChangeEvent[] = [];
  if (ids.length > 0) {
    const { store } = storeOf(command, setup);
    changes.push(...changesOf(command, store.key, ids));
  }
  if (command.recordId !== '') changes.push(...(await changesOfRecord(parts, command, setup)));
  refuseUnmapped(changes, setup);
  return [
    ...new Map(changes.map((change) => [`${change.resource} ${change.key}`, change])).values(),
  ];
}

async function changesOfRecord(
  parts: Parts,
  command: Command,
  setup: Setup,
): Promise<ChangeEvent[]> {
  const found = await findRecord(parts, command, setup);
  const known = await knownAs(parts, found, setup);
  const changes = known.flatMap(({ resource, key, parentKey }) => {
    return changeFor(resource, key, parentKey) ?? [];
  });
  if (changes.length > 0) return changes;
  const created = known.length > 0 || found.carried !== null ? [] : newKeys(found, setup);
  if (created.length > 0) return created;
  throw notByItself(found, known, setup);
}

function notByItself(
  { object, recordId, carried }: Found,
  known: readonly KnownAs[],
  setup: Setup,
): CodedError {
  const held = setup.stores.flatMap(({ store }) => heldOf(setup, object, store.key));
  if (known.length === 0 && held.length > 0) return mappingHeld(`The ${object} ${recordId}`, held);
  const store = carried === null ? '' : parseKey(carried).store;
  const without =
    store === ''
      ? 'It carries no key of a shop, and no mapping makes it in a shop.'
      : `Its key is of the store ${store}: see whether that is active and runs, in Woo Store Status.`;
  return new CodedError(
    'COMMAND_RECORD_UNKNOWN',
    `The ${object} ${recordId} is no record of a shop that can be looked at by itself.`,
    known.length > 0 ? 'It comes along with an order: name that order.' : without,
  );
}

/** One that no shop has yet is made in those that a mapping makes it in. */
function newKeys({ object, recordId }: Found, setup: Setup): ChangeEvent[] {
  return setup.stores.flatMap(({ store, mappings }) => {
    const made = mappings.find((one) => one.object === object && one.createInWoo);
    const resource = made && RESOURCES[made.resource].comesWith;
    return resource ? [{ resource, key: newKey(store.key, { object, recordId }) }] : [];
  });
}

/** Nobody would look at any of them, and they would seem to be in order. */
function refuseUnmapped(changes: readonly ChangeEvent[], setup: Setup): void {
  const [unmapped] = changes;
  if (unmapped === undefined || changes.some((change) => isMapped(change, setup))) return;
  const { resource, key } = unmapped;
  const held = leftOutOf(setup, unmapped).filter(
    (one) => one.resource === null || one.resource === resource,
  );
  if (held.length > 0) throw mappingHeld(`${resource} ${key}`, held);
  throw new CodedError(
    'COMMAND_RESOURCE_UNKNOWN',
    `No active mapping of the store ${parseKey(key).store} takes ${resource} records.`,
    'See Setup › Custom Metadata Types › Woo Mapping.',
  );
}

function isMapped(change: ChangeEvent, { stores }: Setup): boolean {
  const own = stores.find(({ store }) => store.key === parseKey(change.key).store);
  return own?.mappings.some((mapping) => isNamedBy(mapping, change)) === true;
}

export function withoutRecord(): CodedError {
  return new CodedError(
    'COMMAND_WITHOUT_RECORD',
    'The command does not say which record it is about.',
    'Fill Record ID; or Woo Resource and Arguments. For all records choose the type Backfill.',
  );
}
