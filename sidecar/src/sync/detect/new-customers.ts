import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import type { ListRead, WooPage } from '../../ports/store.ts';
import type { SweepParts } from './sweep-lists.ts';

/** Customers that one look brings; more only where all of them are new. */
const PAGE = 20;
const CURSOR = 'sweep:customers';

/** The highest id that was seen. */
interface Highest {
  readonly id: number;
}

/**
 * Looks for customers that were not there at the last look, by the highest ids: their list cannot be asked for
 * by date. The first look only remembers what there is.
 */
export class NewCustomers {
  readonly #parts: SweepParts;
  /** What is to be read first; none where customers are not mapped. */
  readonly reads: readonly ListRead[];

  constructor(parts: SweepParts) {
    this.#parts = parts;
    const mapped = parts.mappings.some(({ resource }) => resource === 'customer');
    this.reads = mapped ? [readOf(1)] : [];
  }

  /**
   * @param first the answer to what was to be read
   * @returns how many were queued
   * @throws CodedError where the store cannot answer
   */
  async take(first: WooPage | undefined): Promise<number> {
    if (first === undefined) return 0;
    const { store, state, queue } = this.#parts;
    const known = (await state.cursor(store.key, CURSOR)) as Highest | null;
    const highest = idsOf(first)[0] ?? 0;
    let changed = 0;
    let page = first;
    for (let at = 2; known !== null; at += 1) {
      const ids = idsOf(page);
      const news = ids.filter((id) => id > known.id);
      if (news.length > 0) {
        await queue.add(news.map((id) => ({ resource: 'customer', key: wooKey(store.key, id) })));
      }
      changed += news.length;
      if (news.length < ids.length || ids.length === 0) break;
      const { list, params } = readOf(at);
      page = await store.list(list, params);
    }
    if (highest > (known?.id ?? -1)) await state.saveCursor(store.key, CURSOR, { id: highest });
    return changed;
  }
}

/** A customer that comes meanwhile moves the others to later pages, where they are only seen twice. */
function readOf(page: number): ListRead {
  const order = { orderby: 'id', order: 'desc' };
  return {
    list: 'customers',
    params: { per_page: `${PAGE}`, page: `${page}`, ...order, _fields: 'id' },
  };
}

function idsOf({ records }: WooPage): number[] {
  return records.flatMap(({ id }) => wooId(id) ?? []);
}
