import type { WaitingLookup, WaitingLookups } from '../../src/ports/state.ts';

/** Lookups that wait, in memory. */
export class MemoryWaitingLookups implements WaitingLookups {
  readonly saved = new Map<string, WaitingLookup>();
  readonly #has: (object: string, key: string) => boolean;

  /** @param has whether a record is linked */
  constructor(has: (object: string, key: string) => boolean) {
    this.#has = has;
  }

  save(waiting: readonly WaitingLookup[]): Promise<void> {
    for (const one of waiting) this.saved.set(nameOf(one), one);
    return Promise.resolve();
  }

  due(store: string, most: number): Promise<readonly WaitingLookup[]> {
    const own = [...this.saved.values()].filter(({ change }) => change.key.startsWith(`${store}:`));
    return Promise.resolve(own.filter(({ object, key }) => this.#has(object, key)).slice(0, most));
  }

  forget(waiting: readonly WaitingLookup[]): Promise<void> {
    for (const one of waiting) this.saved.delete(nameOf(one));
    return Promise.resolve();
  }
}

function nameOf({ object, key, change }: WaitingLookup): string {
  return `${object} ${key} ${change.resource} ${change.key}`;
}
