import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../src/ports/change.ts';
import type {
  ListRead,
  PageCursor,
  WalkPage,
  WooList,
  WooPage,
  WooStore,
} from '../../src/ports/store.ts';
import { walk } from '../../src/woo/pagination.ts';
import { listed } from './listed.ts';

type Params = Readonly<Record<string, string>>;

interface Entry {
  readonly id: number;
  /** GMT seconds, as the fields say; null for a record without one. */
  readonly modified: string | null;
  readonly created: string;
  readonly parentId: number;
  readonly trash: boolean;
}

/** A shop whose time passes when the test says so. It filters, orders and pages as WooCommerce 10.5 does. */
export class SweepShop {
  readonly key = 'main';
  readonly url = 'https://shop.example';
  /** Seconds since the beginning of its time, by PHP's clock. */
  now = 0;
  /** By how much the Date header is ahead of PHP's clock. */
  skew = 0;
  /** By how much both are ahead of what the time is. */
  ahead = 0;
  /** Records that a page holds at most. */
  most = 100;
  /** Calls for several reads, and reads by themselves. */
  severalCalls = 0;
  readonly singles: ListRead[] = [];
  readonly asked: ListRead[] = [];
  /** The clock of those who sweep. */
  readonly clock = { now: () => new Date(Date.parse(`${gmt(this.now)}Z`)) };
  /** Called before each read is answered. */
  beforeRead: (list: WooList) => Promise<void> | void = () => undefined;
  readonly #lists = new Map<WooList, Map<number, Entry>>();

  put(list: WooList, id: number, over: Partial<Entry> = {}): void {
    const entries = this.#lists.get(list) ?? new Map<number, Entry>();
    this.#lists.set(list, entries);
    const now = gmt(this.now + this.ahead);
    const before = entries.get(id) ?? { id, created: now, parentId: 0, trash: false };
    entries.set(id, { ...before, modified: now, ...over });
  }

  remove(list: WooList, id: number): void {
    this.#lists.get(list)?.delete(id);
  }

  list(list: WooList, params: Params): Promise<WooPage> {
    listed(list, params);
    this.singles.push({ list, params });
    return this.#read(list, params);
  }

  lists(reads: readonly ListRead[]): Promise<readonly WooPage[]> {
    for (const { list, params } of reads) listed(list, params);
    this.severalCalls += 1;
    return Promise.all(reads.map(({ list, params }) => this.#read(list, params)));
  }

  /** The walk of the real client. */
  walk(list: WooList, from: PageCursor | null, params: Params = {}): AsyncIterable<WalkPage> {
    return walk(this, list, { from }, params);
  }

  /** Types of WordPress's content that have no dates. */
  readonly undated = new Set<string>();

  contentUser(): ReturnType<WooStore['contentUser']> {
    return Promise.resolve('user');
  }

  isDated(list: WooList): Promise<boolean> {
    return Promise.resolve(!this.undated.has(list));
  }

  each(): never {
    throw new Error('a sweep reads lists alone');
  }

  readonly media = null;

  writeMeta(): never {
    throw new Error('a sweep writes nothing');
  }

  home(): never {
    throw new Error('not used');
  }

  orderStatuses(): never {
    throw new Error('not used');
  }

  orderNotes(): never {
    throw new Error('not used');
  }

  addOrderNote(): never {
    throw new Error('not used');
  }

  updateOrders(): never {
    throw new Error('not used');
  }

  updateProducts(): never {
    throw new Error('a sweep writes nothing');
  }

  fetchImage(): never {
    throw new Error('a sweep fetches no images');
  }

  createProducts(): never {
    throw new Error('a sweep writes nothing');
  }

  createOrders(): never {
    throw new Error('a sweep writes nothing');
  }

  async #read(list: WooList, params: Params): Promise<WooPage> {
    await this.beforeRead(list);
    this.asked.push({ list, params });
    const match = [...(this.#lists.get(list)?.values() ?? [])]
      .filter((entry) => matches(entry, params))
      .sort((a, b) => compare(a, b, params));
    const perPage = Number(params['per_page'] ?? '10');
    const offset = Number(params['offset'] ?? (Number(params['page'] ?? '1') - 1) * perPage);
    return {
      records: match
        .slice(offset, offset + Math.min(perPage, this.most))
        .map(toRecord(params))
        .map(typed(list)),
      total: match.length,
      pages: Math.ceil(match.length / perPage),
      storeTime: new Date(Date.parse(`${gmt(this.now + this.ahead + this.skew)}Z`)),
    };
  }
}

/** A second of the shop's time, as WooCommerce writes it in GMT. */
export function gmt(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 1) + seconds * 1000).toISOString().slice(0, 19);
}

function matches({ id, modified, created, trash }: Entry, params: Params): boolean {
  const { modified_after: modifiedAfter, after, before, status, include } = params;
  return (
    trash === (status === 'trash') &&
    (modifiedAfter === undefined || (modified ?? '') > modifiedAfter) &&
    (after === undefined || created > after) &&
    (before === undefined || created < before) &&
    (include === undefined || include.split(',').includes(`${id}`))
  );
}

function compare(a: Entry, b: Entry, { orderby, order }: Params): number {
  const [left, right] = orderby === 'modified' ? [a.modified ?? '', b.modified ?? ''] : ['', ''];
  const ascending = left === right ? a.id - b.id : left < right ? -1 : 1;
  return order === 'asc' ? ascending : -ascending;
}

/** Records of content say their type. */
function typed(list: WooList): (record: WooRecord) => WooRecord {
  const [, type] = /^content\/(.+)$/.exec(list) ?? [];
  return (record) => (type === undefined ? record : { ...record, content_type: type });
}

function toRecord({ _fields: fields }: Params): (entry: Entry) => WooRecord {
  return ({ id, modified, created, parentId }) => {
    const whole = {
      id,
      parent_id: parentId,
      date_modified_gmt: modified,
      date_created_gmt: created,
      // The shop is in New York: who reads site time is hours off.
      date_modified: modified?.replace(/T\d\d/, 'T00'),
    };
    const names = fields?.split(',') ?? Object.keys(whole);
    return Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name)));
  };
}

/** Takes change events and remembers them. */
export class ChangeList {
  readonly all: ChangeEvent[] = [];
  onAdd: (changes: readonly ChangeEvent[]) => void = () => undefined;

  add(changes: readonly ChangeEvent[]): Promise<void> {
    this.onAdd(changes);
    this.all.push(...changes);
    return Promise.resolve();
  }

  /** What came since the last call, such as `order main:7`. */
  take(): string[] {
    return this.all.splice(0).map(({ resource, key }) => `${resource} ${key}`);
  }
}
