import { sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { parseTypedKey, recordKey, type TypedKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { isTyped, isWhole, listsOf, recordTypeOf } from '../../mapping/model/resources.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { WooList, WooStore } from '../../ports/store.ts';
import { fieldsRead } from './fields-param.ts';
import { readAllByIds } from './read-by-ids.ts';

/** What the shop holds of the records of one type that change events name. */
export interface TypedRecords {
  readonly resource: Resource;
  readonly there: readonly WooRecord[];
  /** What is gone, in the trash, or not shown any more: of that its id is all that is left. */
  readonly away: readonly WooRecord[];
  /** The store's time of the read; null where nothing had to be read. */
  readonly readAt: Date | null;
  /** Why they cannot be read; their keys are in `refusedKeys` then. */
  readonly refused: CodedError | null;
  readonly keys: readonly string[];
}

/** Statuses of what WordPress does not show to visitors. */
const UNPUBLISHED: ReadonlySet<unknown> = new Set([
  'trash',
  'draft',
  'auto-draft',
  'pending',
  'private',
  'future',
]);

/**
 * Reads the records that change events of typed resources name, a list at a time. One that its list leaves out is
 * asked for by itself: whoever may not see drafts or the trash is told nothing of them, and nothing of what is gone.
 * @throws CodedError of a shop that is out; what it does not show of one type is said with that type
 */
export async function readTyped(
  store: WooStore,
  mappings: readonly Mapping[],
  changes: readonly ChangeEvent[],
): Promise<readonly TypedRecords[]> {
  const typed = changes.flatMap(({ key }) => parseTypedKey(key) ?? []);
  const found: TypedRecords[] = [];
  for (const [type, keys] of Map.groupBy(typed, (key) => key.type)) {
    const own = mappings.filter((one) => isTyped(one.resource) && recordTypeOf(one) === type);
    const [mapping] = own;
    const [list] = mapping === undefined ? [] : listsOf(mapping);
    if (mapping === undefined || list === undefined) continue;
    const { resource } = mapping;
    found.push(...(await readParts(store, { resource, list, type }, own, keys)));
  }
  return found;
}

/** A record that is too large to be handed over is halved away from the others, until it is refused alone. */
async function readParts(
  store: WooStore,
  typed: TypedList,
  own: readonly Mapping[],
  keys: readonly TypedKey[],
): Promise<readonly TypedRecords[]> {
  const { resource, type } = typed;
  const named = keys.map(({ ref }) => `${store.key}:${type}:${ref}`);
  try {
    const read = await readList(store, typed, own, keys);
    return [{ resource, keys: named, refused: null, ...read }];
  } catch (error) {
    if (!(error instanceof CodedError) || sideOf(error) !== null) throw error;
    if (error.code === 'WOO_ANSWER_TOO_LARGE' && keys.length > 1) {
      const half = Math.ceil(keys.length / 2);
      return [
        ...(await readParts(store, typed, own, keys.slice(0, half))),
        ...(await readParts(store, typed, own, keys.slice(half))),
      ];
    }
    const none = { there: [], away: [], readAt: null };
    return [{ resource, keys: named, refused: error, ...none }];
  }
}

interface TypedList {
  readonly resource: Resource;
  readonly list: WooList;
  readonly type: string;
}

async function readList(
  store: WooStore,
  { resource, list, type }: TypedList,
  mappings: readonly Mapping[],
  keys: readonly TypedKey[],
): Promise<Pick<TypedRecords, 'there' | 'away' | 'readAt'>> {
  const params = fieldsRead(list, mappings);
  const { records, readAt } = isWhole(list)
    ? await readWhole(store, list, params)
    : await readListed(store, list, params, keys);
  const byRef = new Map<string, WooRecord>();
  for (const record of records) {
    const key = recordKey(resource, record, store.key);
    const ref = key === null ? undefined : parseTypedKey(key)?.ref;
    if (ref !== undefined) byRef.set(ref, record);
  }
  const there = [...byRef.values()];
  const missing = keys.filter(({ ref }) => !byRef.has(ref));
  const asked = isWhole(list) ? [] : missing.map(({ ref }) => Number(ref));
  const single = asked.length === 0 ? [] : await store.each(list, asked, params['context']);
  const seen = single.filter((one) => one !== null).filter((one) => !isUnpublished(one, params));
  const shown = new Set(seen.map(({ id }) => String(id)));
  const away = missing.filter(({ ref }) => !shown.has(ref)).map((key) => goneOf(key, type));
  return { there: [...there, ...seen], away, readAt };
}

async function readWhole(store: WooStore, list: WooList, params: Readonly<Record<string, string>>) {
  const { records, storeTime: readAt } = await store.list(list, params);
  return { records, readAt };
}

async function readListed(
  store: WooStore,
  list: WooList,
  params: Readonly<Record<string, string>>,
  keys: readonly TypedKey[],
) {
  const ids = keys.map(({ ref }) => Number(ref)).filter((id) => Number.isSafeInteger(id));
  const [found] = await readAllByIds(store, [{ list, ids, params }]);
  return found ?? { records: [], readAt: null };
}

/** Whether it has a status that its list is not asked for, and so is gone for its mappings. */
export function isUnpublished(
  { status }: WooRecord,
  params: Readonly<Record<string, string>>,
): boolean {
  return UNPUBLISHED.has(status) && !(params['status'] ?? '').split(',').includes(String(status));
}

/** By the id or, of what has none, the slug. */
function goneOf({ ref }: TypedKey, type: string): WooRecord {
  const id = Number(ref);
  return { ...(Number.isSafeInteger(id) ? { id } : { slug: ref }), content_type: type };
}
