import { CodedError } from '../../errors/coded-error.ts';
import { inQueries } from '../../lib/soql.ts';
import { parseKey, wooKey } from '../../mapping/keys/keys.ts';
import { newKey } from '../../mapping/keys/new-record-key.ts';
import type { Resource } from '../../mapping/model/record.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Setup } from '../../ports/setup.ts';
import {
  type Command,
  type CommandsParts,
  quoted,
  resourceOf,
  storeOf,
  wooIdsOf,
} from './command.ts';

type Parts = Pick<CommandsParts, 'org' | 'state'>;

/** A record of Salesforce by one of the keys under which it is known. */
export interface KnownAs {
  readonly object: string;
  readonly recordId: string;
  readonly resource: Resource;
  readonly key: string;
  /** Key of the order of an item or a refund; null where it is not known, or there is none. */
  readonly parentKey: string | null;
}

/** A record of Salesforce that is in an object which is synced. */
interface Found {
  readonly object: string;
  readonly recordId: string;
  /** What its key field holds. */
  readonly carried: string | null;
}

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
    const resource = resourceOf(command);
    changes.push(...ids.map((id) => ({ resource, key: wooKey(store.key, id) })));
  }
  if (command.recordId !== '') changes.push(...(await changesOfRecord(parts, command, setup)));
  for (const change of changes) refuseUnmapped(change, setup);
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
  const { object, recordId } = found;
  throw new CodedError(
    'COMMAND_RECORD_UNKNOWN',
    `The ${object} ${recordId} is no record of a shop that can be looked at by itself.`,
    known.length > 0
      ? 'It comes along with an order: name that order.'
      : 'It carries no key of a shop, and no mapping makes it in a shop.',
  );
}

/** One that no shop has yet is made in those that a mapping makes it in. */
function newKeys({ object, recordId }: Found, setup: Setup): ChangeEvent[] {
  return setup.stores.flatMap(({ store, mappings }) =>
    mappings.some((one) => one.object === object && one.createInWoo)
      ? [{ resource: 'product', key: newKey(store.key, { object, recordId }) }]
      : [],
  );
}

/**
 * The keys under which the record of a command is known, in whatever store.
 * @throws CodedError `COMMAND_RECORD_UNKNOWN`
 */
export async function recordOf(
  parts: Parts,
  command: Command,
  setup: Setup,
): Promise<readonly KnownAs[]> {
  return knownAs(parts, await findRecord(parts, command, setup), setup);
}

async function knownAs(
  { state }: Parts,
  { object, recordId, carried }: Found,
  setup: Setup,
): Promise<readonly KnownAs[]> {
  const linked = await state.twoWay.linkedTo([recordId]);
  const keys = new Set(linked.filter((pair) => pair.object === object).map(({ key }) => key));
  if (carried !== null) keys.add(carried);
  const links = await state.links(object, [...keys]);
  return [...keys].flatMap((key) => {
    const own = setup.stores.find(({ store }) => store.key === parseKey(key).store);
    const resource = own?.mappings.find((mapping) => mapping.object === object)?.resource;
    const parentKey = links.get(key)?.parentKey ?? null;
    return resource === undefined ? [] : [{ object, recordId, resource, key, parentKey }];
  });
}

/** Asks each object that is synced for it: one API call for five of them. */
async function findRecord({ org }: Parts, { recordId }: Command, setup: Setup): Promise<Found> {
  const id = /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(recordId) ? recordId : null;
  const mappings = setup.stores.flatMap((one) => one.mappings);
  const sources = [...new Map(mappings.map((one) => [one.object, one])).values()];
  const asked = sources.flatMap(({ object, keyField }) =>
    inQueries(object, ['Id', keyField], new Map([['Id', new Set(id === null ? [] : [id])]])),
  );
  const answers = id === null ? [] : await org.queries(asked);
  for (const [at, { object, keyField }] of sources.entries()) {
    const row = answers[at]?.[0];
    if (row === undefined) continue;
    const carried = row[keyField];
    const key = typeof carried === 'string' && carried !== '' ? carried : null;
    return { object, recordId: String(row['Id']), carried: key };
  }
  const objects = sources.map(({ object }) => object).join(', ');
  throw new CodedError(
    'COMMAND_RECORD_UNKNOWN',
    objects === ''
      ? `Record ID holds ${quoted(recordId)}, and no records are synced at all: no mapping is active, or all of them are held.`
      : `Record ID holds ${quoted(recordId)}, and no record that is synced (${objects}) has this id.`,
    objects === ''
      ? 'Activate a mapping, or correct what woo-salesforce check names.'
      : 'Copy the id from the address of the record.',
  );
}

/** Nobody would look at it, and it would seem to be in order. */
function refuseUnmapped({ resource, key }: ChangeEvent, { stores }: Setup): void {
  const { store } = parseKey(key);
  const mappings = stores.find((one) => one.store.key === store)?.mappings ?? [];
  if (mappings.some((mapping) => mapping.resource === resource)) return;
  throw new CodedError(
    'COMMAND_RESOURCE_UNKNOWN',
    `No active mapping of the store ${store} takes ${resource} records.`,
    'See Setup › Custom Metadata Types › Woo Mapping.',
  );
}

export function withoutRecord(): CodedError {
  return new CodedError(
    'COMMAND_WITHOUT_RECORD',
    'The command does not say which record it is about.',
    'Fill Record ID; or Woo Resource and Arguments. For all records choose the type Backfill.',
  );
}
