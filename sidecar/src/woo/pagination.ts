import { PAGE_SIZE, type WalkPage, type WooList, type WooPage } from '../ports/store.ts';
import { isWhole } from '../mapping/model/resources.ts';
import { paramsAt, readPosition, stepOver, type WalkPosition } from './page-cursor.ts';
import type { WooParams } from './types.ts';

interface Lister {
  list(list: WooList, params: WooParams): Promise<WooPage>;
}

/**
 * Lists whose records can be asked for by modification date, and come in an order that is certain: WordPress's own
 * lists leave open how records of one second follow each other.
 */
const byDate: readonly WooList[] = ['orders', 'products', 'variations', 'coupons'];

/**
 * Walks a whole list so that edits and deletions during the walk lose nothing; a record edited meanwhile comes
 * again. The next page is being read while the consumer handles one, never more. `total` counts from the start
 * of the walk, also when it goes on from a cursor. An empty list gives one empty page.
 * @param from the cursor of a page of an earlier walk; anything else = from the start
 * @param params with `_fields`, they must include `id` and `date_modified_gmt`
 * @throws CodedError as `list` does
 */
export async function* walk(
  store: Lister,
  list: WooList,
  from: unknown,
  params: WooParams = {},
): AsyncGenerator<WalkPage> {
  if (isWhole(list)) {
    yield* wholeList(store, list, params);
    return;
  }
  const by = byDate.includes(list) ? 'modified' : 'id';
  let position = readPosition(from, by);
  let ahead = read(store, list, position, params);
  for (let first = true; ; first = false) {
    const page = await ahead;
    const step = stepOver(position, page);
    position = step.next;
    if (step.more) ahead = read(store, list, position, params);
    if (step.fresh.length > 0 || (first && !step.more)) {
      const perPage = Number(params['per_page'] ?? PAGE_SIZE);
      yield {
        records: step.fresh,
        read: position.handed,
        total: step.total,
        pages: Math.ceil(step.total / perPage),
        storeTime: page.storeTime,
        cursor: position,
      };
    }
    if (!step.more) return;
  }
}

/** Which pages there are of a list that knows none; some of these have no numbers as ids. */
async function* wholeList(
  store: Lister,
  list: WooList,
  params: WooParams,
): AsyncGenerator<WalkPage> {
  const page = await store.list(list, params);
  yield { ...page, read: page.records.length, cursor: { by: 'id' } };
}

function read(
  store: Lister,
  list: WooList,
  position: WalkPosition,
  params: WooParams,
): Promise<WooPage> {
  const page = store.list(list, paramsAt(position, params));
  // The failure is thrown where the page is awaited; until then Node must not take it for unhandled.
  page.catch(() => undefined);
  return page;
}
