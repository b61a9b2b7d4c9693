import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { WalkPage, WooList, WooStore } from '../../src/ports/store.ts';
import { IdStore } from './memory-state.ts';
import type { Place } from './paged-store.ts';
import { listed } from './listed.ts';
import { shown } from './shown.ts';

/** What the lists of a store hold; a trash is named as its list with `:trash` behind it. */
export type Lists = Readonly<Partial<Record<WooList | `${WooList}:trash`, readonly WooRecord[]>>>;

/** A store whose lists are walked two records at a time; `onPage` runs after each was handed out. */
export class ListStore extends IdStore {
  readonly held: Lists;
  now = new Date('2026-03-01T10:00:00Z');
  onPage: (list: string, page: number) => void = () => undefined;

  constructor(held: Lists) {
    super(held);
    this.held = held;
  }

  override readonly walk: WooStore['walk'] = (list, from, params) => {
    listed(list, params);
    const name = params?.['status'] === 'trash' ? (`${list}:trash` as const) : list;
    return this.#pages(name, from as Place | null, params ?? {});
  };

  async *#pages(
    name: keyof Lists,
    from: Place | null,
    params: Readonly<Record<string, string>>,
  ): AsyncGenerator<WalkPage> {
    const all = this.held[name] ?? [];
    const pages = Math.max(1, Math.ceil(all.length / 2));
    for (let page = from === null ? 0 : from.after + 1; page < pages; page += 1) {
      await Promise.resolve();
      const records = all.slice(page * 2, page * 2 + 2).map((record) => shown(record, params));
      const read = Math.min(page * 2 + 2, all.length);
      const cursor: Place = { by: 'id', after: page };
      yield { records, total: all.length, read, pages, storeTime: this.now, cursor };
      this.onPage(name, page);
    }
  }
}
