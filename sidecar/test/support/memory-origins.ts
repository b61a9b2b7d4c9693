import {
  type HeldRecord,
  type Origin,
  originName,
  type OriginStore,
} from '../../src/ports/state.ts';

/** What shops have shown, in memory. */
export class MemoryOrigins implements OriginStore {
  readonly saved = new Map<string, Origin>();

  find(resource: string, keys: readonly string[]): Promise<ReadonlyMap<string, Origin>> {
    const found = keys.flatMap((key) => this.saved.get(`${resource} ${key}`) ?? []);
    return Promise.resolve(new Map(found.map((one) => [one.key, one])));
  }

  save(resource: string, origins: readonly Origin[]): Promise<void> {
    for (const one of origins) {
      const name = `${resource} ${one.key}`;
      const before = this.saved.get(name)?.modified ?? null;
      const modified =
        one.modified === null ? before : Math.max(one.modified, before ?? one.modified);
      this.saved.set(name, { ...one, modified });
    }
    return Promise.resolve();
  }

  others(store: string): Promise<ReadonlySet<string>> {
    const own = this.#of(store).filter(([, { isAnother }]) => isAnother);
    return Promise.resolve(new Set(own.map(([record]) => originName(record))));
  }

  async heldOf(resource: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.find(resource, keys);
    return new Set([...found.values()].flatMap(({ key, isHeld }) => (isHeld ? [key] : [])));
  }

  held(store: string): Promise<readonly HeldRecord[]> {
    const held = this.#of(store).filter(([, { isHeld }]) => isHeld);
    return Promise.resolve(held.map(([record]) => record));
  }

  release(store: string): Promise<readonly HeldRecord[]> {
    const held = this.#of(store).filter(([, { isHeld }]) => isHeld);
    for (const [record] of this.#of(store)) this.saved.delete(originName(record));
    for (const [record, one] of held)
      this.saved.set(originName(record), {
        ...one,
        marks: ['-'],
        modified: null,
        isAnother: false,
        ordersDue: false,
      });
    return Promise.resolve(held.map(([record]) => record));
  }

  clearOrdersDue(records: readonly HeldRecord[]): void {
    for (const name of records.map(originName)) {
      const one = this.saved.get(name);
      if (one) this.saved.set(name, { ...one, ordersDue: false });
    }
  }

  #of(store: string): (readonly [HeldRecord, Origin])[] {
    return [...this.saved].flatMap(([name, one]) => {
      const [resource = ''] = name.split(' ');
      const record = { resource: resource as HeldRecord['resource'], key: one.key };
      return one.key.startsWith(`${store}:`) ? [[record, one] as const] : [];
    });
  }
}
