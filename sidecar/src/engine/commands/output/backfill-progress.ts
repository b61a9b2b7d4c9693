import { CodedError } from '../../../errors/coded-error.ts';
import { forStore } from '../../../mapping/model/for-store.ts';
import type { StoreSetup } from '../../../ports/setup.ts';
import type { WooList } from '../../../ports/store.ts';
import { stagesOf } from '../../../sync/pipeline/backfill-lists.ts';
import { listsApart } from '../../../sync/read/lists-apart.ts';
import type { BackfillProgress } from '../../../sync/report/backfill-progress.ts';

interface List {
  readonly store: string;
  readonly list: WooList;
  readonly size: number;
}

/** How much a load of stores has to read, and how far it is: lists are walked in turn, and never twice. */
export class LoadProgress {
  readonly #lists: readonly List[];
  #done = 0;

  private constructor(lists: readonly List[]) {
    this.#lists = lists;
  }

  /**
   * Asks how long the lists are: one request per store, and one for each list of WordPress's content. What the shop does
   * not show counts as empty: the walk says it.
   * @throws CodedError where a store does not answer
   */
  static async open(stores: readonly StoreSetup[]): Promise<LoadProgress> {
    const lists: List[] = [];
    for (const { store, mappings } of stores) {
      const wanted = listsOf(store.key, mappings);
      const params = { per_page: '1' };
      const pages = await listsApart(
        store,
        wanted.map((list) => ({ list, params })),
      );
      for (const [at, list] of wanted.entries()) {
        const page = pages[at];
        const size = page === undefined || page instanceof CodedError ? 0 : page.total;
        lists.push({ store: store.key, list, size });
      }
    }
    return new LoadProgress(lists);
  }

  get total(): number {
    return this.#lists.reduce((sum, { size }) => sum + size, 0);
  }

  /** @returns records read of all lists; what is in the trash does not count */
  reach({ store, list, read }: BackfillProgress): number {
    const at = this.#lists.findIndex((one) => one.store === store && one.list === list);
    const before = this.#lists.slice(0, Math.max(at, 0));
    const here = Math.min(read, this.#lists[at]?.size ?? 0);
    const done = before.reduce((sum, { size }) => sum + size, 0) + here;
    this.#done = Math.max(this.#done, done);
    return this.#done;
  }
}

/** In the order in which a load walks them. */
function listsOf(store: string, all: StoreSetup['mappings']): readonly WooList[] {
  const lists = stagesOf(forStore(all, store)).map(({ list }) => list);
  return [...new Set(lists)];
}
