import { parseKey } from '../mapping/keys.ts';
import type { Mapping, WooRecord } from '../mapping/types.ts';
import { fieldsRead } from './fields-read.ts';
import type { Hint, HintResource } from './hints.ts';
import type { WooList, WooStore } from './ports.ts';
import { readAllByIds, type FoundRecords } from './read-by-id.ts';

/** What the shop holds of the records that hints name. */
export interface Looked {
  readonly there: ReadonlyMap<WooList, readonly WooRecord[]>;
  /** What is in the trash, and what is gone: of that its id is all that is left. */
  readonly away: ReadonlyMap<HintResource, readonly WooRecord[]>;
  /** The store's time of the first read. */
  readonly readAt: Date;
}

/** The lists that show a resource. A hint does not tell a variation from a product. */
const LISTS: Readonly<Record<HintResource, readonly WooList[]>> = {
  product: ['products', 'variations'],
  customer: ['customers'],
  order: ['orders'],
};

type Ids = ReadonlyMap<HintResource, readonly number[]>;

/**
 * Reads the records that hints name, in as few calls as there can be; those that their lists leave out are
 * looked for in the trash.
 */
export async function look(
  store: WooStore,
  mappings: readonly Mapping[],
  hints: readonly Hint[],
): Promise<Looked> {
  const ids = idsOf(hints);
  const first = await ask(store, mappings, ids, {});
  const there = recordsByList(first);
  const missing = leftOut(ids, first);
  // Customers have no trash.
  const second = await ask(store, mappings, without(missing, 'customer'), { status: 'trash' });
  const away = new Map<HintResource, readonly WooRecord[]>();
  const gone = leftOut(missing, second);
  for (const resource of missing.keys()) {
    const trashed = second.filter((one) => one.resource === resource);
    away.set(resource, [
      ...trashed.flatMap(({ found }) => found.records),
      ...(gone.get(resource) ?? []).map((id) => ({ id })),
    ]);
  }
  const times = first.flatMap(({ found }) => found.readAt?.getTime() ?? []);
  return { there, away, readAt: new Date(Math.min(...times)) };
}

interface Answer {
  readonly resource: HintResource;
  readonly list: WooList;
  readonly found: FoundRecords;
}

async function ask(
  store: WooStore,
  mappings: readonly Mapping[],
  ids: Ids,
  params: Readonly<Record<string, string>>,
): Promise<readonly Answer[]> {
  const asked = [...ids].flatMap(([resource, some]) =>
    LISTS[resource].map((list) => ({ resource, list, ids: some })),
  );
  const found = await readAllByIds(
    store,
    asked.map(({ list, ids: some }) => ({
      list,
      ids: some,
      params: { ...fieldsRead(list, mappings), ...params },
    })),
  );
  return asked.flatMap(({ resource, list }, at) => {
    const one = found[at];
    return one === undefined ? [] : [{ resource, list, found: one }];
  });
}

function idsOf(hints: readonly Hint[]): Ids {
  const ids = new Map<HintResource, number[]>();
  for (const { resource, key } of hints) {
    const { id } = parseKey(key);
    if (id === null) continue;
    const some = ids.get(resource);
    if (some) some.push(id);
    else ids.set(resource, [id]);
  }
  return ids;
}

function recordsByList(answers: readonly Answer[]): ReadonlyMap<WooList, readonly WooRecord[]> {
  return new Map(answers.map(({ list, found }) => [list, found.records]));
}

/** The ids that none of their resource's lists has shown; resources that have none are left out. */
function leftOut(ids: Ids, answers: readonly Answer[]): Ids {
  const left = new Map<HintResource, readonly number[]>();
  for (const [resource, some] of ids) {
    const seen = new Set(
      answers
        .filter((answer) => answer.resource === resource)
        .flatMap(({ found }) => found.records.map(({ id }) => Number(id))),
    );
    const missing = some.filter((id) => !seen.has(id));
    if (missing.length > 0) left.set(resource, missing);
  }
  return left;
}

function without(ids: Ids, resource: HintResource): Ids {
  return new Map([...ids].filter(([one]) => one !== resource));
}
