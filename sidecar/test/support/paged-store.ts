import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { PageCursor, WalkPage, WooStore } from '../../src/ports/store.ts';
import { IdStore } from './memory-state.ts';
import { shown } from './shown.ts';

/** After which page a walk goes on. */
export interface Place extends PageCursor {
  readonly after: number;
}

/** A store whose lists are walked in pages; `onPage` runs before each, and may end the walk by throwing. */
export class PagedStore extends IdStore {
  readonly #pages: readonly (readonly WooRecord[])[];
  onPage: (page: number) => void = () => undefined;

  constructor(...pages: readonly (readonly WooRecord[])[]) {
    super({ products: pages.flat() });
    this.#pages = pages;
  }

  override readonly walk: WooStore['walk'] = (list, from, params = {}) =>
    this.#walk(list === 'products' ? this.#pages : [], from as Place | null, params);

  async *#walk(
    pages: readonly (readonly WooRecord[])[],
    from: Place | null,
    params: Readonly<Record<string, string>>,
  ): AsyncGenerator<WalkPage> {
    const total = pages.flat().length;
    let read = 0;
    for (const [at, records] of pages.entries()) {
      read += records.length;
      if (from !== null && at <= from.after) continue;
      await Promise.resolve();
      this.onPage(at);
      const cursor: Place = { by: 'id', after: at };
      yield {
        records: records.map((record) => shown(record, params)),
        total,
        read,
        pages: pages.length,
        storeTime: new Date(0),
        cursor,
      };
    }
  }
}
