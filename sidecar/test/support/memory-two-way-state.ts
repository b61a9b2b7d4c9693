import { parseNewKey } from '../../src/mapping/keys/new-record-key.ts';
import {
  REFUSED,
  type SyncBase,
  type Base,
  type Pair,
  type TwoWayState,
} from '../../src/ports/two-way-state.ts';
import type { ImageStore, ImageUse, SeenFile } from '../../src/ports/images.ts';

const NOTHING: Pick<SyncBase, 'base' | 'pending'> = { base: {}, pending: {} };

/** What is known of records that go both ways, in memory, with the meaning of the real one. */
export class MemoryTwoWayState implements TwoWayState {
  readonly kept = new Map<string, SyncBase>();
  readonly edits = new Map<string, number>();
  readonly creations = new Map<string, Date>();
  readonly #links: () => Iterable<Pair & { readonly byId: boolean }>;

  constructor(links: () => Iterable<Pair & { readonly byId: boolean }>) {
    this.#links = links;
  }

  syncBases(object: string, keys: readonly string[]): ReturnType<TwoWayState['syncBases']> {
    const found = keys.flatMap((key) => {
      const base = this.kept.get(`${object} ${key}`);
      return base === undefined ? [] : [[key, base] as const];
    });
    return Promise.resolve(new Map(found));
  }

  savePending(coming: readonly (Pair & { readonly pending: Base })[]): Promise<void> {
    for (const { pending, ...pair } of coming) {
      const known = this.#of(pair);
      this.#keep(pair, { base: known.base, pending: { ...known.pending, ...pending } });
    }
    return Promise.resolve();
  }

  saveBase(
    reached: readonly (Pair & { readonly base: Base; readonly pending?: Base })[],
  ): Promise<void> {
    for (const { base, pending, ...pair } of reached) {
      const known = this.#of(pair);
      const left = Object.entries(known.pending).filter(([name]) => !(name in base));
      this.#keep(pair, {
        base: { ...known.base, ...base },
        pending: { ...Object.fromEntries(left), ...pending },
      });
    }
    return Promise.resolve();
  }

  saveMade<P extends Pair>(coming: string, made: readonly P[]): Promise<readonly P[]> {
    const others: P[] = [];
    for (const pair of made) {
      const { object, key, recordId } = pair;
      const known = this.kept.get(`${pair.object} ${pair.key}`);
      if (known?.recordId !== coming) others.push(pair);
      else this.#keep({ object, key, recordId }, { base: known.base, pending: known.pending });
    }
    return Promise.resolve(others);
  }

  markDirty(keys: readonly string[]): Promise<void> {
    for (const key of new Set(keys)) this.edits.set(key, (this.edits.get(key) ?? 0) + 1);
    return Promise.resolve();
  }

  dirty(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map(keys.flatMap((key) => this.#told(key))));
  }

  reportedOf(store: string, object: string): Promise<readonly string[]> {
    const linked = new Set([...this.#links()].map((link) => `${link.object} ${link.key}`));
    const keys = [...this.edits.keys()].filter(
      (key) => key.startsWith(`${store}:`) && linked.has(`${object} ${key}`),
    );
    return Promise.resolve(keys.sort());
  }

  clearDirty(told: ReadonlyMap<string, number>): Promise<void> {
    for (const [key, times] of told) if (this.edits.get(key) === times) this.edits.delete(key);
    return Promise.resolve();
  }

  forgetRefusals(keys: readonly string[]): Promise<void> {
    for (const { base, pending, ...pair } of this.kept.values()) {
      if (!keys.includes(pair.key)) continue;
      const left = Object.entries(base).filter(([name]) => !name.endsWith(REFUSED));
      this.#keep(pair, { base: Object.fromEntries(left), pending });
    }
    return Promise.resolve();
  }

  beginCreations(keys: readonly string[]): Promise<void> {
    for (const key of keys) if (!this.creations.has(key)) this.creations.set(key, new Date());
    return Promise.resolve();
  }

  begunCreations(keys: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const begun = [...this.creations].filter(([key]) => keys.includes(key));
    return Promise.resolve(new Map(begun));
  }

  endCreations(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.creations.delete(key);
      this.kept.delete(`${parseNewKey(key)?.object} ${key}`);
    }
    return Promise.resolve();
  }

  basesOf(recordIds: readonly string[]): ReturnType<TwoWayState['basesOf']> {
    return Promise.resolve(
      [...this.kept.values()].filter(({ recordId }) => recordIds.includes(recordId)),
    );
  }

  linkedTo(recordIds: readonly string[]): ReturnType<TwoWayState['linkedTo']> {
    const found = [...this.#links()].filter(({ recordId }) => recordIds.includes(recordId));
    return Promise.resolve(
      found.map(({ object, key, recordId, byId }) => ({ object, key, recordId, byId })),
    );
  }

  shared(store: string, most: number): ReturnType<TwoWayState['shared']> {
    const all = [...this.#links()];
    const found = all
      .filter(({ byId, key }) => byId && key.startsWith(`${store}:`))
      .flatMap(({ object, key, recordId }) => {
        const owner = all.find((one) => !one.byId && one.recordId === recordId)?.key;
        return owner === undefined ? [] : [{ object, key, recordId, owner }];
      })
      .filter(({ owner }) => !owner.startsWith(`${store}:`))
      .sort((a, b) => (`${a.object} ${a.key}` < `${b.object} ${b.key}` ? -1 : 1));
    return Promise.resolve({ count: found.length, first: found.slice(0, most) });
  }

  #told(key: string): readonly (readonly [string, number])[] {
    const times = this.edits.get(key);
    return times === undefined ? [] : [[key, times]];
  }

  #of({ object, key, recordId }: Pair): Pick<SyncBase, 'base' | 'pending'> {
    const known = this.kept.get(`${object} ${key}`);
    return known?.recordId === recordId ? known : NOTHING;
  }

  #keep(pair: Pair, held: Pick<SyncBase, 'base' | 'pending'>): void {
    this.kept.set(`${pair.object} ${pair.key}`, { ...pair, ...held });
  }
}

/** Where images are, in memory. */
export class MemoryImages implements ImageStore {
  readonly #media = new Map<string, number>();
  readonly #files = new Map<string, SeenFile>();
  readonly #uses = new Map<string, ImageUse>();

  media(store: string, hashes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = hashes.flatMap((hash) => {
      const id = this.#media.get(`${store} ${hash}`);
      return id === undefined ? [] : [[hash, id] as const];
    });
    return Promise.resolve(new Map(found));
  }

  keepMedia(store: string, media: ReadonlyMap<string, number>): Promise<void> {
    for (const [hash, id] of media) this.#media.set(`${store} ${hash}`, id);
    return Promise.resolve();
  }

  forgetMedia(store: string, mediaIds: readonly number[]): Promise<void> {
    for (const [name, id] of this.#media) {
      if (name.startsWith(`${store} `) && mediaIds.includes(id)) this.#media.delete(name);
    }
    return Promise.resolve();
  }

  files(documentIds: readonly string[]): Promise<ReadonlyMap<string, SeenFile>> {
    const found = documentIds.flatMap((id) => this.#files.get(id) ?? []);
    return Promise.resolve(new Map(found.map((file) => [file.documentId, file])));
  }

  keepFiles(files: readonly SeenFile[]): Promise<void> {
    for (const file of files) this.#files.set(file.documentId, file);
    return Promise.resolve();
  }

  fileOf(hash: string): Promise<SeenFile | null> {
    return Promise.resolve([...this.#files.values()].find((file) => file.hash === hash) ?? null);
  }

  keepUses(uses: readonly ImageUse[]): Promise<void> {
    for (const use of uses) this.#uses.set(`${use.object} ${use.key}`, use);
    return Promise.resolve();
  }

  used(after: string, most: number): ReturnType<ImageStore['used']> {
    const all = [...this.#uses.values()].flatMap(({ documentIds }) => documentIds);
    const behind = [...new Set(all)].filter((id) => id > after).sort();
    return Promise.resolve(
      behind.slice(0, most).map((documentId) => ({
        documentId,
        versionId: this.#files.get(documentId)?.versionId ?? null,
      })),
    );
  }

  usersOf(documentIds: readonly string[]): Promise<readonly string[]> {
    const users = [...this.#uses.values()].filter((use) =>
      use.documentIds.some((id) => documentIds.includes(id)),
    );
    return Promise.resolve([...new Set(users.map(({ key }) => key))].sort());
  }

  filesOfMedia(
    store: string,
    mediaIds: readonly number[],
  ): Promise<ReadonlyMap<number, readonly SeenFile[]>> {
    const found = new Map<number, SeenFile[]>();
    for (const [name, id] of this.#media) {
      if (!name.startsWith(`${store} `) || !mediaIds.includes(id)) continue;
      const mark = name.slice(store.length + 1);
      const files = [...this.#files.values()].filter(({ hash }) => hash.startsWith(mark));
      if (files.length > 0) found.set(id, [...(found.get(id) ?? []), ...files]);
    }
    return Promise.resolve(found);
  }
}
