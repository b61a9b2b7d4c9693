import type { CodedError } from '../errors/coded-error.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import { PAGE_SIZE, type WalkPage, type WooList } from '../ports/store.ts';
import { isWhole } from '../mapping/model/resources.ts';
import { readPosition, type Step, stepOver, stepPast, type WalkPosition } from './page-cursor.ts';
import { type Lister, type PlaceRead, readPlace } from './read-place.ts';
import type { WooParams } from './types.ts';

/**
 * Lists whose records can be asked for by modification date, and come in an order that is certain: WordPress's own
 * lists leave open how records of one second follow each other.
 */
const byDate: readonly WooList[] = ['orders', 'products', 'variations', 'coupons'];

/** Takes the id and the date of a record that cannot be had for its size. */
export type TakeTooLarge = (record: WooRecord, why: CodedError) => void;

interface Walking {
  /** The cursor of a page of an earlier walk; anything else = from the start. */
  readonly from: unknown;
  /** Without it such a record ends the walk. */
  readonly onTooLarge?: TakeTooLarge | undefined;
}

/**
 * Walks a whole list so that edits and deletions during the walk lose nothing; a record edited meanwhile comes
 * again. The next page is being read while the consumer handles one, never more. `total` counts from the start
 * of the walk, also when it goes on from a cursor. An empty list gives one empty page.
 * @param params with `_fields`, they must include `id` and `date_modified_gmt`
 * @throws CodedError as `list` does
 */
export async function* walk(
  store: Lister,
  list: WooList,
  { from, onTooLarge }: Walking,
  params: WooParams = {},
): AsyncGenerator<WalkPage> {
  if (isWhole(list)) {
    yield* wholeList(store, list, params);
    return;
  }
  const by = byDate.includes(list) ? 'modified' : 'id';
  let position = readPosition(from, by);
  let ahead = begin(store, list, position, params);
  for (let first = true; ; first = false) {
    const read = await ahead;
    const step = take(position, read, onTooLarge);
    position = step.next;
    if (step.more) ahead = begin(store, list, position, params);
    if (step.fresh.length > 0 || (first && !step.more)) {
      const perPage = Number(params['per_page'] ?? PAGE_SIZE);
      yield {
        records: step.records,
        read: position.handed,
        total: step.total,
        pages: Math.ceil(step.total / perPage),
        storeTime: read.page.storeTime,
        cursor: position,
      };
    }
    if (!step.more) return;
  }
}

/** @returns what is handed out besides: nothing of a record that is too large. @throws it where nobody takes it */
function take(
  at: WalkPosition,
  { page, bare, tooLarge }: PlaceRead,
  onTooLarge: TakeTooLarge | undefined,
): Step & { readonly records: readonly WooRecord[] } {
  if (tooLarge === undefined) {
    const step = stepOver(at, page, bare);
    return { ...step, records: step.fresh };
  }
  if (onTooLarge === undefined) throw tooLarge;
  const step = stepPast(at, page);
  for (const record of step.fresh) onTooLarge(record, tooLarge);
  return { ...step, records: [] };
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

function begin(
  store: Lister,
  list: WooList,
  position: WalkPosition,
  params: WooParams,
): Promise<PlaceRead> {
  const ahead = readPlace(store, list, position, params);
  // The failure is thrown where the page is awaited; until then Node must not take it for unhandled.
  ahead.catch(() => undefined);
  return ahead;
}
