import type { CallLedger } from '../../src/ports/state.ts';

/** Call ledger in memory, with the meaning of the real one. */
export class MemoryCallLedger implements CallLedger {
  isOut = false;
  #day = '';
  #calls = new Map<string, number>();

  add(day: string, calls: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    if (this.isOut) return Promise.reject(new Error('The state is out.'));
    if (day > this.#day) this.#calls = new Map();
    this.#day = day;
    for (const [store, made] of calls) this.#calls.set(store, (this.#calls.get(store) ?? 0) + made);
    return Promise.resolve(new Map(this.#calls));
  }
}
