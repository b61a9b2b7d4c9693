import type { Link, SavedLink, StaleLink } from '../../ports/link.ts';
import type { Collection, ItemResult, Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Run } from '../model/run.ts';
import type { Report } from '../report/run-report.ts';
import { bothWays } from './push-to-woo.ts';

/** A valid id of no record, for those that would be created. */
const NOWHERE = '000000000000000AAA';

/** Where a run writes to: an org, a store and a state. */
interface Places {
  readonly org: Org;
  readonly store: WooStore;
  readonly state: State;
}

/** The same places to read from; what is written to them counts as done and is not. */
export function dried({ org, store, state }: Places): Places {
  return { org: dryOrg(org), store: dryStore(store), state: new DryState(state) };
}

/**
 * A run that reads and decides as any other, and writes nothing.
 * @param dirty the keys that Salesforce has reported
 */
export function readOnlyRun(
  places: Places,
  mappings: readonly Mapping[],
  report: Report,
  dirty: Run['dirty'] = new Map(),
): Run {
  const nothing = () => Promise.resolve();
  return {
    ...dried(places),
    mappings,
    report,
    dry: true,
    ...bothWays(dirty, null),
    writer: { has: () => false, add: nothing, flush: nothing },
    requestedParents: new Set(),
    matchBuffer: { has: () => false },
  };
}

function dryOrg(org: Org): Org {
  return {
    readMappings: () => org.readMappings(),
    describe: (objects) => org.describe(objects),
    query: (soql) => org.query(soql),
    queries: (soql) => org.queries(soql),
    recordStates: (missing) => org.recordStates(missing),
    files: org.files,
    limits: () => org.limits(),
    write: (collections) => Promise.resolve(collections.map(asIfWritten)),
    get calls() {
      return org.calls;
    },
    get callsFor() {
      return org.callsFor;
    },
    get usage() {
      return org.usage;
    },
  };
}

function dryStore(store: WooStore): WooStore {
  return {
    key: store.key,
    url: store.url,
    list: (list, params) => store.list(list, params),
    lists: (reads) => store.lists(reads),
    isDated: (list) => store.isDated(list),
    contentUser: () => store.contentUser(),
    each: (...asked) => store.each(...asked),
    walk: (...asked) => store.walk(...asked),
    writeMeta: () => Promise.resolve([]),
    updateProducts: (updates) => Promise.resolve(updates.map(({ fields }) => ({ record: fields }))),
    updateOrders: (updates) => Promise.resolve(updates.map(({ fields }) => ({ record: fields }))),
    orderNotes: (id) => store.orderNotes(id),
    addOrderNote: () => Promise.resolve({ record: {} }),
    orderStatuses: () => store.orderStatuses(),
    home: () => store.home(),
    createProducts: (products) => Promise.resolve(products.map((record) => ({ record }))),
    createOrders: (orders) => Promise.resolve(orders.map((record) => ({ record }))),
    media: null,
    fetchImage: (src, most) => store.fetchImage(src, most),
  };
}

function asIfWritten(collection: Collection): ItemResult[] {
  const done = { id: NOWHERE, created: collection.kind === 'upsert', errors: [] };
  const { length } = collection.kind === 'delete' ? collection.ids : collection.records;
  return Array.from({ length }, () => done);
}

/** What is known of records that go both ways, to read from. */
function dryTwoWay(twoWay: State['twoWay']): State['twoWay'] {
  const nothing = () => Promise.resolve();
  return {
    syncBases: (object, keys) => twoWay.syncBases(object, keys),
    basesOf: (recordIds) => twoWay.basesOf(recordIds),
    dirty: (keys) => twoWay.dirty(keys),
    reportedOf: (store, object) => twoWay.reportedOf(store, object),
    begunCreations: (keys) => twoWay.begunCreations(keys),
    linkedTo: (recordIds) => twoWay.linkedTo(recordIds),
    shared: (store, most) => twoWay.shared(store, most),
    saveMade: () => Promise.resolve([]),
    savePending: nothing,
    saveBase: nothing,
    markDirty: nothing,
    clearDirty: nothing,
    forgetRefusals: nothing,
    beginCreations: nothing,
    endCreations: nothing,
  };
}

/** The state to read from, and in memory what would have been saved. It begins every list at its start. */
class DryState implements State {
  readonly twoWay: State['twoWay'];
  readonly images: State['images'];
  readonly origins: State['origins'];
  readonly totals: State['totals'];
  readonly waiting: State['waiting'];
  /** Nothing is made, so nobody has to wait for it. */
  readonly matchClaims: State['matchClaims'];
  readonly #state: State;
  readonly #saved = new RecordMap<Link>();
  readonly #removed = new RecordMap<true>();
  /** Items and refunds that were found in the org, by their order. */
  readonly #children = new RecordMap<Map<string, Link>>();

  constructor(state: State) {
    this.#state = state;
    this.twoWay = dryTwoWay(state.twoWay);
    this.images = state.images;
    const { origins } = state;
    this.origins = {
      find: (resource, keys) => origins.find(resource, keys),
      save: () => Promise.resolve(),
      others: (store) => origins.others(store),
      heldOf: (resource, keys) => origins.heldOf(resource, keys),
      held: (store) => origins.held(store),
      release: () => Promise.resolve([]),
    };
    this.totals = state.totals;
    const nothing = () => Promise.resolve();
    this.waiting = { save: nothing, due: () => Promise.resolve([]), forget: nothing };
    this.matchClaims = { take: () => Promise.resolve(new Map()), release: nothing };
  }

  /** Nothing is saved that it could be compared with. */
  beginRead(): Promise<number> {
    return Promise.resolve(0);
  }

  async links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>> {
    const found = new Map(await this.#state.links(object, keys));
    for (const key of keys) {
      if (this.#removed.has(object, key)) found.delete(key);
      const saved = this.#saved.get(object, key);
      if (saved === undefined) continue;
      const { state, hash } = saved;
      found.set(key, { ...(found.get(key) ?? saved), state, hash });
    }
    return found;
  }

  async children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>> {
    const found = await this.#state.children(object, parentKeys);
    const isThere = ({ key }: Link) => !this.#removed.has(object, key);
    return new Map(
      parentKeys.map((parent) => {
        const links = [
          ...(found.get(parent) ?? []),
          ...(this.#children.get(object, parent)?.values() ?? []),
        ];
        return [parent, links.filter(isThere)];
      }),
    );
  }

  /**
   * Items and refunds that would be written are not kept: nothing refers to them, and they are the most. Those
   * that are in the org already are not new.
   */
  didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<readonly StaleLink[]> {
    for (const { object, key } of removed) {
      this.#saved.delete(object, key);
      this.#removed.set(object, key, true);
    }
    for (const link of written) {
      this.#removed.delete(link.object, link.key);
      if (link.parentKey === null) this.#saved.set(link.object, link.key, link);
      else if (link.state === 'unverified') this.#keepDetail(link, link.parentKey);
    }
    return Promise.resolve([]);
  }

  #keepDetail(link: Link, parentKey: string): void {
    const { object, key } = link;
    const siblings = this.#children.get(object, parentKey);
    if (siblings) siblings.set(key, link);
    else this.#children.set(object, parentKey, new Map([[key, link]]));
    this.#saved.set(object, key, link);
  }

  sharing(): ReturnType<State['sharing']> {
    return Promise.resolve([]);
  }

  counts(store: string): Promise<ReadonlyMap<string, number>> {
    return this.#state.counts(store);
  }

  linked(...asked: Parameters<State['linked']>): ReturnType<State['linked']> {
    return this.#state.linked(...asked);
  }

  slice(...asked: Parameters<State['slice']>): ReturnType<State['slice']> {
    return this.#state.slice(...asked);
  }

  clearHashes(): Promise<void> {
    return Promise.resolve();
  }

  willWrite(): Promise<void> {
    return Promise.resolve();
  }

  relink(): Promise<void> {
    return Promise.resolve();
  }

  followMerged(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  cursor(): Promise<unknown> {
    return Promise.resolve(null);
  }

  saveCursor(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
