import type { Collection, ItemResult, Link, Org, SavedLink, State, WooStore } from './ports.ts';
import { RecordMap } from './record-map.ts';

/** A valid id of no record, for those that would be created. */
const NOWHERE = '000000000000000AAA';

/** Where a run writes: an org, a store and a state. */
interface Places {
  readonly org: Org;
  readonly store: WooStore;
  readonly state: State;
}

/** The same places to read from; what is written to them counts as done and is not. */
export function dried({ org, store, state }: Places): Places {
  return { org: dryOrg(org), store: dryStore(store), state: new DryState(state) };
}

function dryOrg(org: Org): Org {
  return {
    readMappings: () => org.readMappings(),
    describe: (objects) => org.describe(objects),
    query: (soql) => org.query(soql),
    queries: (soql) => org.queries(soql),
    fates: (missing) => org.fates(missing),
    limits: () => org.limits(),
    write: (collections) => Promise.resolve(collections.map(asIfWritten)),
    get calls() {
      return org.calls;
    },
  };
}

function dryStore(store: WooStore): WooStore {
  return {
    key: store.key,
    url: store.url,
    list: (list, params) => store.list(list, params),
    lists: (reads) => store.lists(reads),
    walk: (list, from, params) => store.walk(list, from, params),
    writeMeta: () => Promise.resolve([]),
  };
}

function asIfWritten(collection: Collection): ItemResult[] {
  const done = { id: NOWHERE, created: collection.kind === 'upsert', errors: [] };
  const { length } = collection.kind === 'delete' ? collection.ids : collection.records;
  return Array.from({ length }, () => done);
}

/** The state to read from, and in memory what would have been saved. It begins every list at its start. */
class DryState implements State {
  readonly #state: State;
  readonly #saved = new RecordMap<Link>();
  readonly #removed = new RecordMap<true>();

  constructor(state: State) {
    this.#state = state;
  }

  async links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>> {
    const found = new Map(await this.#state.links(object, keys));
    for (const key of keys) {
      if (this.#removed.has(object, key)) found.delete(key);
      const saved = this.#saved.get(object, key);
      if (saved) found.set(key, { ...(found.get(key) ?? saved), hash: saved.hash });
    }
    return found;
  }

  async children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>> {
    const found = [...(await this.#state.children(object, parentKeys))];
    const isThere = ({ key }: Link) => !this.#removed.has(object, key);
    return new Map(found.map(([parent, links]) => [parent, links.filter(isThere)]));
  }

  /** Items and refunds are not kept: nothing refers to them, and they are the most. */
  didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<void> {
    for (const { object, key } of removed) {
      this.#saved.delete(object, key);
      this.#removed.set(object, key, true);
    }
    for (const link of written) {
      this.#removed.delete(link.object, link.key);
      if (link.parentKey === null) this.#saved.set(link.object, link.key, link);
    }
    return Promise.resolve();
  }

  counts(store: string): Promise<ReadonlyMap<string, number>> {
    return this.#state.counts(store);
  }

  willWrite(): Promise<void> {
    return Promise.resolve();
  }

  relink(): Promise<void> {
    return Promise.resolve();
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
