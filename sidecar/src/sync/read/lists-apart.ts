import { sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { isContent } from '../../mapping/model/resources.ts';
import type { ListRead, WooPage, WooStore } from '../../ports/store.ts';

/**
 * One page of several lists: WooCommerce's at once, and each of WordPress's content by itself, so that what the shop
 * does not show of the one holds no other up. Where one of WooCommerce's is refused each is read by itself too.
 * @returns a page for each, in the order asked, or why the shop does not show it
 * @throws CodedError where the shop does not answer, or one of WooCommerce's lists cannot be read
 */
export async function listsApart(
  store: Pick<WooStore, 'list' | 'lists'>,
  reads: readonly ListRead[],
): Promise<readonly (WooPage | CodedError)[]> {
  const own = reads.filter(({ list }) => !isContent(list));
  const pages = await pagesOf(store, own);
  const answers: (WooPage | CodedError)[] = [];
  for (const read of reads) {
    const page = pages[own.indexOf(read)];
    answers.push(page ?? (await pageOrRefusal(store, read)));
  }
  return answers;
}

/** None where one of them is refused. */
async function pagesOf(
  store: Pick<WooStore, 'lists'>,
  reads: readonly ListRead[],
): Promise<readonly WooPage[]> {
  try {
    return await store.lists(reads);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'WOO_REQUEST_REFUSED') return [];
    throw error;
  }
}

async function pageOrRefusal(
  store: Pick<WooStore, 'list'>,
  { list, params }: ListRead,
): Promise<WooPage | CodedError> {
  try {
    return await store.list(list, params);
  } catch (refused) {
    if (!(refused instanceof CodedError) || sideOf(refused) !== null) throw refused;
    return refused;
  }
}
