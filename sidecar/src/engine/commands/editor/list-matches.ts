import { z } from 'zod';
import type { Mapping } from '../../../mapping/model/mapping.ts';
import { listsOf } from '../../../mapping/model/resources.ts';
import { heldFor, heldLines } from '../../../ports/held-mappings.ts';
import type { PageCursor, WooList, WooStore } from '../../../ports/store.ts';
import { MatchSuggestions } from '../../../sync/pipeline/suggest-matches.ts';
import { fieldsRead } from '../../../sync/read/fields-param.ts';
import { type CommandsParts, type CommandResult, storeOf, type Work } from '../command.ts';
import { DATA_LENGTH, resultData } from '../output/result-text.ts';
import { partOf } from './data-result.ts';
import { parseArguments, part } from './draft-mapping.ts';
import { toEntry } from './match-entry.ts';

const asked = z.strictObject({
  resource: z.enum(['customer', 'product']),
  /** `next` of the answer before. */
  from: z
    .strictObject({
      list: z.enum(['customers', 'products', 'variations']),
      cursor: z.looseObject({ by: z.enum(['modified', 'id']) }),
    })
    .nullable()
    .default(null),
  part,
});
type Asked = z.infer<typeof asked>;

/** Pages of the shop that one command reads. */
const MOST_PAGES = 20;
/** For names, numbers and the place to go on from. */
const HEAD = 12_000;

/** By what a person knows the records of a list. */
const SHOWN: Readonly<Partial<Record<WooList, readonly string[]>>> = {
  customers: ['first_name', 'last_name', 'username', 'billing', 'email'],
  products: ['name', 'sku'],
  variations: ['name', 'sku'],
};

/**
 * Lists what the next sync would make of records that were never synced, as many as one result holds, and where to go
 * on. Nothing is kept between two such commands, and nothing is written.
 * @throws CodedError where the arguments cannot be read, or a side does not answer
 */
export async function listMatches(
  { org, state }: CommandsParts,
  { command, setup, signal, looking }: Work,
): Promise<CommandResult> {
  const given = parseArguments(command.arguments, asked);
  const { store, mappings: all } = storeOf(command, setup);
  const mappings = all.filter(({ resource }) => resource === given.resource);
  const suggestions = new MatchSuggestions({ org, state, store }, mappings);
  const { entries, ...place } = await walk(store, mappings, given, suggestions, signal);
  const head = {
    store: store.key,
    resource: given.resource,
    looking,
    ...place,
    failed: suggestions.failed,
    mappings: mappings.map(({ name, label, object, keyField }) => ({
      name,
      label,
      object,
      keyField,
    })),
    held: heldFor(setup, store.key).flatMap(heldLines),
  };
  return partOf({ entries, make: (some) => ({ ...head, suggestions: some }) }, given.part);
}

/** What one command has found, and where it stands. */
interface Found {
  readonly entries: readonly object[];
  /** Records of the list that were read since its beginning, and how many it has. */
  readonly list: WooList;
  readonly read: number;
  readonly total: number;
  /** Null at the end of the last list. */
  readonly next: { readonly list: WooList; readonly cursor: PageCursor } | null;
}

async function walk(
  store: WooStore,
  mappings: readonly Mapping[],
  { resource, from }: Asked,
  suggestions: MatchSuggestions,
  signal: AbortSignal,
): Promise<Found> {
  const lists = listsOf({ resource, contentType: null });
  const [first = 'customers'] = lists;
  const entries: object[] = [];
  let [room, pages] = [DATA_LENGTH - HEAD, 0];
  let found: Found = { entries, list: first, read: 0, total: 0, next: null };
  for (const list of lists.slice(from === null ? 0 : Math.max(0, lists.indexOf(from.list)))) {
    const begin = from?.list === list ? from.cursor : null;
    const { _fields } = fieldsRead(list, mappings);
    const params = { _fields: [_fields, ...(SHOWN[list] ?? [])].join(',') };
    for await (const page of store.walk(list, begin, params)) {
      const some = await suggestions.of(resource, list, page.records, page.storeTime);
      const added = some.map(toEntry);
      const size = resultData(added).length;
      entries.push(...added);
      [room, pages] = [room - size, pages + 1];
      const { cursor, read, total } = page;
      found = { entries, list, read, total, next: { list, cursor } };
      // The next page may be as long as this one.
      if (pages === MOST_PAGES || size > room || signal.aborted) return found;
    }
  }
  return { ...found, next: null };
}
