import { CodedError } from '../errors/coded-error.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import { PAGE_SIZE, type WalkPage, type WooList, type WooPage } from '../ports/store.ts';
import { isWhole } from '../mapping/model/resources.ts';
import {
  overlapOf,
  paramsAt,
  readPosition,
  type Step,
  stepOver,
  stepPast,
  type WalkPosition,
} from './page-cursor.ts';
import type { WooParams } from './types.ts';

interface Lister {
  list(list: WooList, params: WooParams): Promise<WooPage>;
}

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

/** What was read of a place in the list. */
interface Read {
  readonly page: WooPage;
  /** Where it was asked for. */
  readonly at: WalkPosition;
  /** The next record cannot be had: the page has what tells where it is, of it and of the one before. */
  readonly tooLarge: CodedError | null;
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
    const step = take(read, onTooLarge);
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
  { page, at, tooLarge }: Read,
  onTooLarge: TakeTooLarge | undefined,
): Step & { readonly records: readonly WooRecord[] } {
  if (tooLarge === null) {
    const step = stepOver(at, page);
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
): Promise<Read> {
  const ahead = read(store, list, position, params);
  // The failure is thrown where the page is awaited; until then Node must not take it for unhandled.
  ahead.catch(() => undefined);
  return ahead;
}

/** A page that the record before fills, since the one behind it does not fit, looks like the end of the list. */
async function read(
  store: Lister,
  list: WooList,
  position: WalkPosition,
  params: WooParams,
): Promise<Read> {
  const asked = paramsAt(position, params);
  try {
    const page = await store.list(list, asked);
    const overlap = overlapOf(position);
    const isCut = overlap === 1 && page.records.length === 1 && page.total > position.offset;
    if (!isCut) return { page, at: position, tooLarge: null };
    const apart = { ...position, apart: true };
    const next = await store.list(list, { ...paramsAt(apart, params), per_page: '1' });
    // Shops count what they do not show.
    if (next.records.length === 0) return { page, at: position, tooLarge: null };
    return { page: next, at: apart, tooLarge: null };
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'WOO_ANSWER_TOO_LARGE') throw error;
    const few = { _fields: 'id,date_modified_gmt', per_page: `${overlapOf(position) + 1}` };
    return { page: await store.list(list, { ...asked, ...few }), at: position, tooLarge: error };
  }
}
