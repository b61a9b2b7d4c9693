import type { WooRecord } from '../../mapping/model/record.ts';
import type { ContentList } from '../../mapping/model/resources.ts';
import type { WooPage } from '../../ports/store.ts';
import type { HttpAnswer, StoreRead, WooParams } from '../types.ts';
import { type ContentAsked, readContentPage, readSingle } from './content-answer.ts';
import { fromWordPress, toWordPress } from './content-format.ts';
import { type ContentType, ContentTypes } from './content-types.ts';

/** What WordPress keeps beside the shop, by the routes that it names itself. It is only read. */
export class ContentReads {
  readonly types: ContentTypes;
  readonly #asked: ContentAsked;

  constructor(
    get: (path: string, query: WooParams) => Promise<HttpAnswer>,
    asked: Omit<ContentAsked, 'list'>,
  ) {
    this.#asked = { ...asked, list: 'content' };
    this.types = new ContentTypes(get, this.#asked);
  }

  /** Terms and users have no date by which they could be asked for. */
  async isDated(list: ContentList): Promise<boolean> {
    return (await this.#typeOf(list)).kind === 'post';
  }

  /** @throws CodedError `CONTENT_TYPE_UNKNOWN` */
  async readOf(list: ContentList, params: WooParams): Promise<StoreRead> {
    const { path } = await this.#typeOf(list);
    return { path: `content/${path}`, query: toWordPress(params) };
  }

  /** @throws as `readContentPage` */
  page(list: ContentList, answer: HttpAnswer): WooPage {
    const page = readContentPage({ ...this.#asked, list }, answer);
    return { ...page, records: page.records.map((record) => fromWordPress(nameOf(list), record)) };
  }

  /** One that was asked for by itself; null for one that is gone. @throws as `readContentPage` */
  single(list: ContentList, answer: HttpAnswer): WooRecord | null {
    const { access, cure, ...asked } = { ...this.#asked, list };
    const words = { name: access, wrongKey: cure, wrongSecret: cure };
    const record = readSingle({ ...asked, access: words }, answer);
    return record && fromWordPress(nameOf(list), record);
  }

  #typeOf(list: ContentList): Promise<ContentType> {
    return this.types.named(nameOf(list));
  }
}

function nameOf(list: ContentList): string {
  return list.slice('content/'.length);
}
