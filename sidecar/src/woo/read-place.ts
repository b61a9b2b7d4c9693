import { CodedError } from '../errors/coded-error.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import type { WooList, WooPage } from '../ports/store.ts';
import { overlapOf, paramsAt, type WalkPosition } from './page-cursor.ts';
import type { WooParams } from './types.ts';

export interface Lister {
  list(list: WooList, params: WooParams): Promise<WooPage>;
}

/** What was read of a place in a list. */
export interface PlaceRead {
  readonly page: WooPage;
  /** A record that was handed out before, of which the page has no more than where it is. */
  readonly bare?: WooRecord | undefined;
  /** The next record cannot be had: the page has what tells where it is, of it and of the one before. */
  readonly tooLarge?: CodedError;
}

/** What tells where a record is. */
const FEW = { _fields: 'id,date_modified_gmt' };
/** How often a place is read anew, where what was refused is not there any more. */
const ATTEMPTS = 10;

/**
 * Reads the page behind a position, with the record before it.
 * A page that the record before fills, since the one behind it does not fit, looks like the end of the list.
 * @throws CodedError as `list`; `WOO_ANSWER_TOO_LARGE` only where a store refuses what it hands over when it is asked for
 * alone
 */
export async function readPlace(
  store: Lister,
  list: WooList,
  position: WalkPosition,
  params: WooParams,
  attempts = ATTEMPTS,
): Promise<PlaceRead> {
  const asked = paramsAt(position, params);
  const overlap = overlapOf(position);
  try {
    if (overlap === 1 && position.apart === true)
      return await inTwo(store, list, position, { asked, before: FEW });
    const page = await store.list(list, asked);
    const isCut = overlap === 1 && page.records.length === 1 && page.total > position.offset;
    if (!isCut) return { page };
    return await inTwo(store, list, position, { asked: { ...asked, per_page: '1' }, before: {} });
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    const page = await store.list(list, { ...asked, ...FEW, per_page: `${overlap + 1}` });
    const last = page.records.at(-1);
    if (last === undefined || (await isAloneTooLarge(store, list, last, params)))
      return { page, tooLarge: error };
    if (attempts === 1) throw error;
    // The list has moved since it was refused, or it is the record before that does not fit.
    return readPlace(store, list, { ...position, apart: true }, params, attempts - 1);
  }
}

/**
 * What is behind the overlap, and then the overlap: it shows what has moved up before the first of the two calls.
 * @param how `before` is asked of the overlap besides
 */
async function inTwo(
  store: Lister,
  list: WooList,
  { offset }: WalkPosition,
  how: { readonly asked: WooParams; readonly before: WooParams },
): Promise<PlaceRead> {
  const { asked, before } = how;
  const behind = await store.list(list, { ...asked, offset: String(offset) });
  const { records } = await store.list(list, { ...asked, ...before, per_page: '1' });
  const page = { ...behind, records: [...records, ...behind.records] };
  return before === FEW ? { page, bare: records[0] } : { page };
}

/** Asked for by itself: it may have come to its place after what stood there was refused. */
async function isAloneTooLarge(
  store: Lister,
  list: WooList,
  { id }: WooRecord,
  params: WooParams,
): Promise<boolean> {
  try {
    await store.list(list, { ...params, include: String(id), per_page: '1' });
    return false;
  } catch (error) {
    if (isTooLarge(error)) return true;
    throw error;
  }
}

function isTooLarge(error: unknown): error is CodedError {
  return error instanceof CodedError && error.code === 'WOO_ANSWER_TOO_LARGE';
}
