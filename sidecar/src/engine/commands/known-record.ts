import { CodedError } from '../../errors/coded-error.ts';
import { inQueries } from '../../lib/soql.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Resource } from '../../mapping/model/record.ts';
import { heldFor, type HeldMapping } from '../../ports/held-mappings.ts';
import type { Setup } from '../../ports/setup.ts';
import { type Command, type CommandsParts, quoted } from './command.ts';
import { leftOutLines } from './left-out.ts';

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
export interface Found {
  readonly object: string;
  readonly recordId: string;
  /** What its key field holds. */
  readonly carried: string | null;
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

/** The keys under which a record that was found is known, also where its mapping is held. */
export async function knownAs(
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
    const [mapping] = [
      ...(own?.mappings.filter((one) => one.object === object) ?? []),
      ...heldOf(setup, object, parseKey(key).store),
    ];
    const resource = own === undefined ? null : (mapping?.resource ?? null);
    const parentKey = links.get(key)?.parentKey ?? null;
    return resource === null ? [] : [{ object, recordId, resource, key, parentKey }];
  });
}

/** The held mappings of an object, as far as their rows name it. */
export function heldOf(setup: Setup, object: string, store: string): readonly HeldMapping[] {
  return heldFor(setup, store).filter(
    (one) => one.object?.trim().toLowerCase() === object.toLowerCase(),
  );
}

/**
 * Asks each object that is synced for it: one API call for five of them. Of others it is known whether a record is
 * linked.
 * @throws CodedError `COMMAND_RECORD_UNKNOWN`
 */
export async function findRecord(
  { org, state }: Parts,
  { recordId }: Command,
  setup: Setup,
): Promise<Found> {
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
  const linked = await state.twoWay.linkedTo([recordId]);
  const pair = linked.find(
    ({ object, key }) => heldOf(setup, object, parseKey(key).store).length > 0,
  );
  if (pair !== undefined) return { object: pair.object, recordId: pair.recordId, carried: null };
  const objects = sources.map(({ object }) => object);
  throw unknownRecord(recordId, objects, setup.held);
}

function unknownRecord(
  recordId: string,
  objects: readonly string[],
  held: readonly HeldMapping[],
): CodedError {
  const why =
    objects.length > 0
      ? `no record that is synced (${objects.join(', ')}) has this id.`
      : `no records are synced at all: ${held.length > 0 ? 'all mappings are held' : 'no mapping is active'}.`;
  const cures = [
    ...(objects.length > 0 ? ['Copy the id from the address of the record.'] : []),
    ...(held.length > 0
      ? ['If a mapping that is left out is of the record, correct that first.']
      : []),
  ];
  return new CodedError(
    'COMMAND_RECORD_UNKNOWN',
    [`Record ID holds ${quoted(recordId)}, and ${why}`, ...leftOutLines(held)].join('\n'),
    cures.join(' ') || 'Activate a mapping.',
  );
}
