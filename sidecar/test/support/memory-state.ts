import type { CodedError } from '../../src/errors/coded-error.ts';
import { createHash } from 'node:crypto';
import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { Link, MergedRecord, SavedLink } from '../../src/ports/link.ts';
import type { Collection, ItemResult, Org } from '../../src/ports/org.ts';
import type { State } from '../../src/ports/state.ts';
import type {
  ListRead,
  MetaList,
  MetaWrite,
  ProductUpdate,
  WooList,
  WooPage,
  WooReports,
  WooStore,
} from '../../src/ports/store.ts';
import { MemoryMatchClaims } from './memory-match-claims.ts';
import { MemoryOrigins } from './memory-origins.ts';
import { MemoryTotals } from './memory-totals.ts';
import { MemoryTwoWayState, MemoryImages } from './memory-two-way-state.ts';
import { MemoryWaitingLookups } from './memory-waiting-lookups.ts';
import { listed } from './listed.ts';
import { shown } from './shown.ts';

/** What a link is where it is not known any more what its record holds. */
const UNCERTAIN = { state: 'verified', hash: null } as const;

/** What a queue in memory changes of it. */
export type QueueState = Pick<MemoryState, 'clearHashes' | 'origins'>;

/** State in memory, with the meaning of the real one. */
export class MemoryState implements State {
  readonly saved = new Map<string, SavedLink>();
  readonly twoWay = new MemoryTwoWayState(() => this.saved.values());
  readonly images = new MemoryImages();
  readonly origins = new MemoryOrigins();
  readonly totals = new MemoryTotals(() => this.saved.values());
  readonly waiting = new MemoryWaitingLookups((object, key) => this.saved.has(`${object} ${key}`));
  readonly matchClaims = new MemoryMatchClaims();
  readonly cursors = new Map<string, unknown>();

  readings = 0;

  beginRead(): Promise<number> {
    this.readings += 1;
    return Promise.resolve(this.readings);
  }

  links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>> {
    const found = new Map<string, Link>();
    for (const key of keys) {
      const link = this.saved.get(`${object} ${key}`);
      if (link) found.set(key, link);
    }
    return Promise.resolve(found);
  }

  children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>> {
    const all = [...this.saved.values()].filter((link) => link.object === object);
    const byParent = parentKeys.map(
      (parent) => [parent, all.filter(({ parentKey }) => parentKey === parent)] as const,
    );
    return Promise.resolve(new Map(byParent));
  }

  willWrite(object: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const link = this.saved.get(`${object} ${key}`);
      if (link) this.saved.set(`${object} ${key}`, { ...link, ...UNCERTAIN });
    }
    return Promise.resolve();
  }

  didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): ReturnType<State['didWrite']> {
    void this.matchClaims.release(written);
    for (const { object, key } of removed) this.saved.delete(`${object} ${key}`);
    const stale = written.filter((link) => {
      const name = `${link.object} ${link.key}`;
      const known = this.saved.get(name);
      const isStale = known !== undefined && known.readNumber > link.readNumber;
      this.saved.set(
        name,
        isStale ? { ...link, ...UNCERTAIN, readNumber: known.readNumber } : link,
      );
      return isStale;
    });
    return Promise.resolve(stale.map(({ object, key, parentKey }) => ({ object, key, parentKey })));
  }

  clearHashes(keys: readonly string[], objects: readonly string[] | null): Promise<void> {
    for (const [name, link] of this.saved) {
      const isOne = keys.includes(link.key) || keys.includes(link.parentKey ?? '');
      const isForgotten = link.state === 'unverified';
      if (isOne && !isForgotten && objects?.includes(link.object) !== false)
        this.saved.set(name, { ...link, ...UNCERTAIN });
    }
    return Promise.resolve();
  }

  relink(links: readonly Pick<Link, 'object' | 'key' | 'recordId' | 'byId'>[]): Promise<void> {
    for (const { object, key, recordId, byId } of links) {
      const link = this.saved.get(`${object} ${key}`);
      if (link) this.saved.set(`${object} ${key}`, { ...link, recordId, byId, ...UNCERTAIN });
    }
    return Promise.resolve();
  }

  followMerged(merged: readonly MergedRecord[]): Promise<readonly string[]> {
    const keys: string[] = [];
    for (const [name, link] of this.saved) {
      const found = merged.find(({ lostId }) => lostId === link.recordId);
      if (found === undefined) continue;
      const { recordId, key } = found;
      this.saved.set(name, {
        ...link,
        recordId,
        byId: key === null ? link.byId : link.key !== key,
        ...UNCERTAIN,
      });
      keys.push(link.key);
    }
    return Promise.resolve(keys);
  }

  sharing(links: readonly Pick<Link, 'object' | 'key'>[]): ReturnType<State['sharing']> {
    const own = links.flatMap(({ object, key }) => this.saved.get(`${object} ${key}`) ?? []);
    const others = [...this.saved.values()].filter((link) =>
      own.some(
        ({ object, key, recordId, byId }) =>
          !byId && link.object === object && link.recordId === recordId && link.key !== key,
      ),
    );
    return Promise.resolve(others.map(({ object, key }) => ({ object, key })));
  }

  counts(store: string): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { object, key } of this.saved.values()) {
      if (key.startsWith(`${store}:`)) counts.set(object, (counts.get(object) ?? 0) + 1);
    }
    return Promise.resolve(counts);
  }

  linked(store: string, object: string, after: number, most: number): Promise<readonly number[]> {
    const ids = this.#keysOf(store, object).map((key) => Number(key.slice(store.length + 1)));
    const behind = ids.filter((id) => id > after).sort((a, b) => a - b);
    return Promise.resolve(behind.slice(0, most));
  }

  slice(store: string, object: string, of: number, at: number): Promise<readonly string[]> {
    const part = (key: string) =>
      parseInt(createHash('md5').update(key).digest('hex').slice(0, 7), 16) % of;
    const keys = this.#keysOf(store, object).filter((key) => part(key) === at);
    return Promise.resolve(keys.sort());
  }

  #keysOf(store: string, object: string): readonly string[] {
    return [...this.saved.values()]
      .filter((link) => link.object === object && link.key.startsWith(`${store}:`))
      .map(({ key }) => key)
      .filter((key) => /^\d+$/.test(key.slice(store.length + 1)));
  }

  cursor(store: string, name: string): Promise<unknown> {
    return Promise.resolve(this.cursors.get(`${store} ${name}`) ?? null);
  }

  saveCursor(store: string, name: string, value: unknown): Promise<void> {
    this.cursors.set(`${store} ${name}`, value);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

type Written = Readonly<Record<string, unknown>>;

/** An org that takes everything, and keeps what it was sent by object. */
export class TakingOrg {
  readonly records = new Map<string, Written[]>();
  readonly deleted: string[] = [];
  calls = 0;

  readonly asOrg = this as unknown as Org;

  of(object: string): readonly Written[] {
    return this.records.get(object) ?? [];
  }

  write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    this.calls += 1;
    return Promise.resolve(collections.map((collection) => this.#take(collection)));
  }

  #take(collection: Collection): ItemResult[] {
    if (collection.kind === 'delete') {
      this.deleted.push(...collection.ids);
      return collection.ids.map((id) => ({ id, created: false, errors: [] }));
    }
    const { object, kind } = collection;
    const records = collection.records.map((record) => JSON.parse(record) as Written);
    this.records.set(object, [...this.of(object), ...records]);
    return records.map((record) =>
      kind === 'update'
        ? { id: record['id'] as string, created: false, errors: [] }
        : { id: `id:${record['Woo_Key__c'] as string}`, created: true, errors: [] },
    );
  }
}

/** Several reads of a store that has single ones. */
export function listsBy(list: WooStore['list']): WooStore['lists'] {
  return (reads) => Promise.all(reads.map((read) => list(read.list, read.params)));
}

/** A store that answers reads by id and of the latest records, and remembers what it was asked. */
export class IdStore implements WooStore, WooReports {
  readonly key: string = 'main';
  readonly url = 'https://shop.example';
  readonly asked: string[] = [];
  readonly #records: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>;

  constructor(records: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>) {
    this.#records = records;
  }

  list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage> {
    listed(list, params);
    const { include = '', search } = params;
    this.asked.push(`${list} ${include}`);
    const ids = new Set(include.split(',').map(Number));
    const all = this.#records[list] ?? [];
    const isLatest = params['order'] === 'desc' && params['include'] === undefined;
    const records = isLatest
      ? all.slice(0, Number(params['per_page']))
      : all.filter((one) =>
          search === undefined ? ids.has(Number(one['id'])) : JSON.stringify(one).includes(search),
        );
    const shows = records.map((record) => shown(record, params));
    return Promise.resolve({
      records: shows,
      total: shows.length,
      pages: 1,
      storeTime: new Date(0),
    });
  }

  /** Whether the shop's lists of WordPress's content have dates. */
  dated = true;

  readonly isDated: WooStore['isDated'] = () => Promise.resolve(this.dated);

  readonly contentUser: WooStore['contentUser'] = () => Promise.resolve('user');

  each(list: WooList, ids: readonly number[]): ReturnType<WooStore['each']> {
    this.asked.push(`${list} each ${ids.join()}`);
    const all = this.#records[list] ?? [];
    return Promise.resolve(ids.map((id) => all.find((one) => one['id'] === id) ?? null));
  }

  /** Thrown in place of the statuses of orders. */
  statusesOut: CodedError | null = null;

  orderStatuses: WooReports['orderStatuses'] = () => {
    this.asked.push('statuses');
    if (this.statusesOut) return Promise.reject(this.statusesOut);
    return Promise.resolve([
      { slug: 'processing', name: 'Processing' },
      { slug: 'packed', name: 'Packed by us' },
    ]);
  };

  /** How many calls for several reads there were. */
  callsForSeveral = 0;

  home: WooReports['home'] = () => Promise.resolve(this.url);

  lists(reads: readonly ListRead[]): ReturnType<WooStore['lists']> {
    this.callsForSeveral += 1;
    return listsBy((list, params) => this.list(list, params))(reads);
  }

  /** What was written to custom fields: list, key, and write. */
  readonly metaWrites: [MetaList, string, MetaWrite][] = [];

  writeMeta: WooStore['writeMeta'] = (list, key, writes) => {
    for (const { id, parentId, value } of writes) {
      this.metaWrites.push([list, key, { id, parentId, value }]);
    }
    return Promise.resolve([]);
  };

  /** What was sent to products and variations. */
  readonly productWrites: ProductUpdate[] = [];

  orderNotes: WooStore['orderNotes'] = () => Promise.resolve([]);
  addOrderNote: WooStore['addOrderNote'] = () => Promise.reject(new Error('no notes are written'));
  updateOrders: WooStore['updateOrders'] = () => Promise.reject(new Error('no orders are written'));
  updateProducts: WooStore['updateProducts'] = (updates) => {
    this.productWrites.push(...updates);
    const all = [...(this.#records.products ?? []), ...(this.#records.variations ?? [])];
    return Promise.resolve(
      updates.map(({ id, fields }) => ({
        record: { ...all.find((record) => record['id'] === id), ...fields },
      })),
    );
  };

  /** Bytes of images, by address. */
  readonly images = new Map<string, Buffer>();

  fetchImage: WooStore['fetchImage'] = (src) =>
    Promise.resolve(
      this.images.get(src) ?? { code: 'SHOP_IMAGE_NOT_FETCHED', message: 'It is not there.' },
    );

  readonly createProducts: WooStore['createProducts'] = () => {
    throw new Error('this store makes no products');
  };

  readonly createOrders: WooStore['createOrders'] = () => {
    throw new Error('this store makes no orders');
  };

  readonly media: WooStore['media'] = null;

  readonly walk: WooStore['walk'] = () => {
    throw new Error('this store is read by id only');
  };
}

/** A store with a trash, which its lists show only when asked for it. */
export class TrashStore extends IdStore {
  readonly #trash: IdStore;

  constructor(
    records: ConstructorParameters<typeof IdStore>[0],
    trash: ConstructorParameters<typeof IdStore>[0] = {},
  ) {
    super(records);
    this.#trash = new IdStore(trash);
  }

  override list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage> {
    if (params['status'] !== 'trash') return super.list(list, params);
    this.asked.push(`${list} trash ${params['include'] ?? ''}`);
    return this.#trash.list(list, params);
  }
}
