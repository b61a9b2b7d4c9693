import type { Origin, OriginStore } from '../../src/ports/state.ts';

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

  forget(store: string): Promise<number> {
    const own = [...this.saved].filter(([, { key }]) => key.startsWith(`${store}:`));
    for (const [name] of own) this.saved.delete(name);
    return Promise.resolve(own.filter(([, { isHeld }]) => isHeld).length);
  }
}
