import { CodedError } from '../../../src/errors/coded-error.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { WooList, WooPage } from '../../../src/ports/store.ts';
import type { WooParams } from '../../../src/woo/types.ts';

interface Entry {
  id: number;
  /** GMT second. */
  modified: string | null;
  version: number;
}

/** A list in memory that filters, orders and cuts as WooCommerce 10.5 does, and can be edited between two reads. */
export class FakeShop {
  readonly entries: Entry[] = [];
  readonly asked: WooParams[] = [];
  /** Records that fitted into a page of `listThroughOrg`. */
  #fitted: number | undefined;
  /** Called before each read is answered, with its number from 1. */
  beforeRead: (read: number) => void = () => undefined;

  add(id: number, modified: string | null): void {
    this.entries.push({ id, modified, version: 1 });
  }

  edit(id: number, modified: string): void {
    const entry = this.entries.find((one) => one.id === id);
    if (entry === undefined) throw new Error(`There is no record ${id}.`);
    entry.modified = modified;
    entry.version += 1;
  }

  remove(id: number): void {
    const index = this.entries.findIndex((one) => one.id === id);
    if (index >= 0) this.entries.splice(index, 1);
  }

  list(_list: WooList, params: WooParams): Promise<WooPage> {
    this.asked.push(params);
    this.beforeRead(this.asked.length);
    const after = params['modified_after'];
    const wanted = params['include'] === undefined ? null : Number(params['include']);
    const match = this.entries
      .filter(({ id }) => wanted === null || id === wanted)
      .filter(({ modified }) => after === undefined || (modified ?? '') > after)
      .sort((a, b) => this.#compare(a, b, params['orderby'] === 'modified'));
    const perPage = Number(params['per_page']);
    const offset = Number(params['offset'] ?? '0');
    return Promise.resolve({
      records: match.slice(offset, offset + perPage).map((entry): WooRecord => ({
        id: entry.id,
        date_modified_gmt: entry.modified,
        version: entry.version,
      })),
      total: match.length,
      pages: Math.ceil(match.length / perPage),
      storeTime: new Date('2026-03-20T12:00:00Z'),
    });
  }

  /** As the gateway of the org: of records that are too large a page has those before, and one alone is refused. */
  async listThroughOrg(
    list: WooList,
    params: WooParams,
    large: readonly number[],
  ): Promise<WooPage> {
    const wanted = Number(params['per_page']);
    const isBare = params['_fields'] !== undefined;
    for (let size = Math.min(wanted, this.#fitted ?? wanted); ; size = Math.ceil(size / 2)) {
      const page = await this.list(list, { ...params, per_page: String(size) });
      if (isBare)
        return {
          ...page,
          records: page.records.map(({ id, date_modified_gmt }) => ({ id, date_modified_gmt })),
        };
      if (!page.records.some(({ id }) => large.includes(Number(id)))) {
        if ((this.#fitted ?? wanted) < wanted || size < wanted) this.#fitted = size * 2;
        return page;
      }
      if (size <= 1) throw new CodedError('WOO_ANSWER_TOO_LARGE', 'One record is too large.', '');
    }
  }

  #compare(a: Entry, b: Entry, byModified: boolean): number {
    const [left, right] = [a.modified ?? '', b.modified ?? ''];
    if (byModified && left !== right) return left < right ? -1 : 1;
    return a.id - b.id;
  }
}

/** The n-th second of a day. */
export function second(n: number): string {
  return new Date(Date.UTC(2026, 2, 1) + n * 1000).toISOString().slice(0, 19);
}
