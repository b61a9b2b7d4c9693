import { parseKey, recordKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type { WooList, WooStore } from '../../ports/store.ts';
import { fieldsRead } from './fields-param.ts';
import type { ProductTypeCache } from './product-type-cache.ts';
import { IDS_OF_EVERYBODY } from './gone-customers.ts';
import { readAllByIds } from './read-by-ids.ts';

/** What the shop holds of the records that change events name. */
export interface ChangedRecords {
  readonly there: ReadonlyMap<WooList, readonly WooRecord[]>;
  /** What is in the trash, and what is gone: of that its id is all that is left. */
  readonly away: ReadonlyMap<ChangeResource, readonly WooRecord[]>;
  /** Keys of what is in the trash. */
  readonly trashed: ReadonlySet<string>;
  /** The store's time of the first read. */
  readonly readAt: Date;
}

/** A list that may show records of a resource. */
interface Question {
  readonly resource: ChangeResource;
  readonly list: WooList;
  readonly ids: readonly number[];
  /** What its list shows by itself, what is in the trash, or the ids of people of every role. */
  readonly view: 'listed' | 'trash' | 'every role';
}

interface Answer extends Question {
  readonly records: readonly WooRecord[];
  readonly readAt: Date | null;
}

/**
 * Reads the records that change events name, in as few calls as there can be; those that their lists leave out are
 * looked for in the trash. A customer whose role is another by now is neither there nor away: it stays as it is.
 * @param seen in which list products were seen before; is reported those that are found
 */
export async function readChanged(
  store: WooStore,
  mappings: readonly Mapping[],
  changes: readonly ChangeEvent[],
  seen: ProductTypeCache,
): Promise<ChangedRecords> {
  const wanted = idsOf(changes);
  const asked = questions(wanted).map((one) => ({ ...one, ids: likelyIds(one, seen) }));
  const first = await ask(store, mappings, asked);
  const missing = leftOut(wanted, first);
  const left = [...elsewhere(missing, asked), ...questions(missing).map(outOfSight)];
  const second = await ask(store, mappings, left);
  const there = [...first, ...second].filter(({ view }) => view === 'listed');
  for (const { list, records } of there) {
    if (list !== 'products' && list !== 'variations') continue;
    for (const { id } of records) seen.note(Number(id), list);
  }
  const times = first.flatMap(({ readAt }) => readAt?.getTime() ?? []);
  return {
    there: byList(there),
    away: awayIn(leftOut(wanted, there), second),
    trashed: trashedIn(second, store.key),
    readAt: new Date(Math.min(...times)),
  };
}

/** Orders say in their lines whose stock they took, also where no mapping reads those. */
function soldOf(list: WooList, mappings: readonly Mapping[]): readonly string[] {
  const isAsked = list === 'orders' && mappings.some(({ resource }) => resource === 'product');
  return isAsked ? ['line_items'] : [];
}

type Ids = ReadonlyMap<ChangeResource, readonly number[]>;

/** A change event does not tell a variation from a product, so that both lists are asked. */
function questions(ids: Ids): Question[] {
  return [...ids].flatMap(([resource, some]) =>
    RESOURCES[resource].lists.map((list) => ({ resource, list, ids: some, view: 'listed' })),
  );
}

function likelyIds({ list, ids }: Question, seen: ProductTypeCache): readonly number[] {
  if (list !== 'products' && list !== 'variations') return ids;
  return ids.filter((id) => seen.mayShow(id, list));
}

/** Where records that are missing were not looked for yet: a product may be a variation by now. */
function elsewhere(missing: Ids, asked: readonly Question[]): Question[] {
  return questions(missing).map((one) => {
    const before = asked.find(({ list }) => list === one.list)?.ids ?? [];
    return { ...one, ids: one.ids.filter((id) => !before.includes(id)) };
  });
}

/** Customers have no trash: one that is not listed is gone, or has another role by now. */
function outOfSight(one: Question): Question {
  return { ...one, view: RESOURCES[one.resource].hasTrash ? 'trash' : 'every role' };
}

const PARAMS: Readonly<Record<Question['view'], Readonly<Record<string, string>>>> = {
  listed: {},
  trash: { status: 'trash' },
  'every role': IDS_OF_EVERYBODY,
};

async function ask(
  store: WooStore,
  mappings: readonly Mapping[],
  asked: readonly Question[],
): Promise<readonly Answer[]> {
  const found = await readAllByIds(
    store,
    asked.map(({ list, ids, view }) => ({
      list,
      ids,
      params: { ...fieldsRead(list, mappings, soldOf(list, mappings)), ...PARAMS[view] },
    })),
  );
  return asked.flatMap((one, at) => {
    const answer = found[at];
    return answer === undefined ? [] : [{ ...one, ...answer }];
  });
}

function idsOf(changes: readonly ChangeEvent[]): Ids {
  const ids = new Map<ChangeResource, number[]>();
  for (const { resource, key } of changes) {
    const { id } = parseKey(key);
    if (id === null) continue;
    const some = ids.get(resource);
    if (some) some.push(id);
    else ids.set(resource, [id]);
  }
  return ids;
}

function byList(answers: readonly Answer[]): ReadonlyMap<WooList, readonly WooRecord[]> {
  const lists = new Map<WooList, WooRecord[]>();
  for (const { list, records } of answers) {
    lists.set(list, [...(lists.get(list) ?? []), ...records]);
  }
  return lists;
}

/** The ids that no answer about their resource shows; resources that have none are left out. */
function leftOut(ids: Ids, answers: readonly Answer[]): Ids {
  const left = new Map<ChangeResource, readonly number[]>();
  for (const [resource, some] of ids) {
    const shown = new Set(recordsOf(resource, answers).map(({ id }) => Number(id)));
    const missing = some.filter((id) => !shown.has(id));
    if (missing.length > 0) left.set(resource, missing);
  }
  return left;
}

function awayIn(missing: Ids, answers: readonly Answer[]): ChangedRecords['away'] {
  const trashed = answers.filter(({ view }) => view === 'trash');
  const unlisted = answers.filter(({ view }) => view !== 'listed');
  const gone = leftOut(missing, unlisted);
  return new Map(
    [...missing.keys()].map((resource) => [
      resource,
      [
        ...recordsOf(resource, trashed),
        ...(gone.get(resource) ?? []).map((id): WooRecord => ({ id })),
      ],
    ]),
  );
}

/** By what was asked for: no mapping need read the status of a record. */
function trashedIn(answers: readonly Answer[], store: string): ReadonlySet<string> {
  const trashed = answers.filter(({ view }) => view === 'trash');
  return new Set(
    trashed.flatMap(({ resource, records }) =>
      resource === 'content'
        ? []
        : records.flatMap((record) => recordKey(resource, record, store) ?? []),
    ),
  );
}

function recordsOf(resource: ChangeResource, answers: readonly Answer[]): readonly WooRecord[] {
  return answers.filter((one) => one.resource === resource).flatMap(({ records }) => records);
}
