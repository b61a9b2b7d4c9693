import type { WooRecord } from '../../mapping/model/record.ts';
import type { ContentList } from '../../mapping/model/resources.ts';
import { type ContentUser, PAGE_SIZE, type WooPage } from '../../ports/store.ts';
import type { HttpAnswer, StoreRead, WooParams } from '../types.ts';
import {
  checkContext,
  checkWhole,
  type ContentAsked,
  readContentPage,
  readSingle,
} from './content-answer.ts';
import { readContentUser } from './content-user.ts';
import { fromWordPress, toWordPress } from './content-format.ts';
import { type ContentType, ContentTypes, type Gets } from './content-types.ts';

/** What WordPress keeps beside the shop, by the routes that it names itself. It is only read. */
export class ContentReads {
  readonly types: ContentTypes;
  readonly #asked: ContentAsked;

  constructor(gets: Gets, asked: Omit<ContentAsked, 'list'>) {
    this.#asked = { ...asked, list: 'content' };
    this.types = new ContentTypes(gets, this.#asked);
  }

  /** Terms and users have no date by which they could be asked for. */
  async isDated(list: ContentList): Promise<boolean> {
    return (await this.#typeOf(list)).kind === 'post';
  }

  /**
   * Where a list is, and how it is asked. Lists of terms in a hierarchy know pages and no `offset`: one that is no
   * beginning of a page takes two reads.
   * @returns one or two reads, and how many of their first records are none of the page
   * @throws CodedError `CONTENT_TYPE_UNKNOWN`
   */
  async readsOf(
    list: ContentList,
    params: WooParams,
  ): Promise<{ readonly reads: readonly [StoreRead, ...StoreRead[]]; readonly skip: number }> {
    const { path, kind } = await this.#typeOf(list);
    const readOf = (query: WooParams) => ({ path: `content/${path}`, query: toWordPress(query) });
    const { offset, ...rest } = params;
    if (kind !== 'term' || offset === undefined) return { reads: [readOf(params)], skip: 0 };
    const size = Number(params['per_page'] ?? PAGE_SIZE);
    const page = Math.floor(Number(offset) / size) + 1;
    const skip = Number(offset) % size;
    const at = (number: number) => readOf({ ...rest, per_page: `${size}`, page: `${number}` });
    return { reads: skip === 0 ? [at(page)] : [at(page), at(page + 1)], skip };
  }

  /** @throws as `readContentPage` */
  page(list: ContentList, answer: HttpAnswer): WooPage {
    const asked = { ...this.#asked, list };
    const page = readContentPage(asked, answer);
    checkWhole(asked, answer, page);
    return { ...page, records: page.records.map((record) => fromWordPress(nameOf(list), record)) };
  }

  /** One that was asked for by itself; null for one that is gone. @throws as `readContentPage` */
  single(list: ContentList, answer: HttpAnswer): WooRecord | null {
    checkContext({ ...this.#asked, list }, answer);
    const { access, cure, ...asked } = { ...this.#asked, list };
    const words = { name: access, wrongKey: cure, wrongSecret: cure };
    const record = readSingle({ ...asked, access: words }, answer);
    return record && fromWordPress(nameOf(list), record);
  }

  /** @throws as `readContentPage` */
  user(answer: HttpAnswer): ContentUser {
    return readContentUser(this.#asked, answer);
  }

  #typeOf(list: ContentList): Promise<ContentType> {
    return this.types.named(nameOf(list));
  }
}

function nameOf(list: ContentList): string {
  return list.slice('content/'.length);
}
