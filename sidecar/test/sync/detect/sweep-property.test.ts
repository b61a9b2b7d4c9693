import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sweepStore } from '../../../src/sync/detect/sweep-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { gmt, ChangeList, SweepShop } from '../../support/sweep-shop.ts';

const mappings = [mappingTo('Woo_Order__c', { resource: 'order', deleteRule: 'flag' })];
const IDS = 12;

/** What happens in the shop, or to it. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 3 }) }),
  fc.record({
    kind: fc.constant('wait' as const),
    seconds: fc.constantFrom(50, 130, 700, 4000),
  }),
  fc.record({ kind: fc.constant('edit' as const), id: fc.integer({ min: 1, max: IDS }) }),
  fc.record({ kind: fc.constant('trash' as const), id: fc.integer({ min: 1, max: IDS }) }),
  fc.record({
    kind: fc.constant('late' as const),
    id: fc.integer({ min: 1, max: IDS }),
    seconds: fc.integer({ min: 1, max: 100 }),
  }),
  fc.record({
    kind: fc.constant('future' as const),
    id: fc.integer({ min: 1, max: IDS }),
    seconds: fc.constantFrom(1, 40, 500, 100_000),
  }),
  fc.record({
    kind: fc.constant('sweep' as const),
    /** Records that are edited while its pages are read. */
    edits: fc.array(fc.integer({ min: 1, max: IDS }), { maxLength: 4 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A shop in which things happen, with the order of all changes and change events. */
class World {
  readonly shop = new SweepShop();
  readonly state = new MemoryState();
  readonly changes = new ChangeList();
  readonly #changed = new Map<number, number>();
  readonly #reported = new Map<number, number>();
  readonly #late: { id: number; second: string; due: number }[] = [];
  /** Records and seconds that were used: no second is written late, or ahead of its time, a second time. */
  readonly #used = new Set<string>();
  #order = 0;

  constructor(skew: number, most: number) {
    this.shop.now = 5000;
    this.shop.skew = skew;
    this.shop.most = most;
    this.changes.onAdd = (changes) => {
      this.#order += 1;
      for (const { key } of changes) this.#reported.set(Number(key.split(':')[1]), this.#order);
    };
  }

  async take(one: Step): Promise<void> {
    if (one.kind === 'wait') this.wait(one.seconds);
    else if (one.kind === 'edit') this.#edit(one.id);
    else if (one.kind === 'trash') this.#edit(one.id, true);
    else if (one.kind === 'late') this.#writeLate(one.id, one.seconds);
    // A clock that is ahead takes a date in the future for one of the past.
    else if (one.kind === 'future') {
      const second = gmt(this.shop.now + one.seconds);
      const isNew = !this.#used.has(`${one.id} ${second}`);
      if (this.shop.skew <= 0 && isNew) this.#put(one.id, second);
    } else await this.sweep(one.edits);
  }

  /** Rows whose time has come are written meanwhile. */
  wait(seconds: number): void {
    this.shop.now += seconds;
    for (const row of this.#late.splice(0)) {
      if (row.due <= this.shop.now) this.#put(row.id, row.second);
      else this.#late.push(row);
    }
  }

  async sweep(edits: readonly number[] = []): Promise<number> {
    const open = [...edits];
    this.shop.beforeRead = () => {
      this.wait(open.length % 2);
      const id = open.shift();
      if (id !== undefined) this.#edit(id);
    };
    const { shop: store, state, changes } = this;
    const { changed } = await sweepStore({
      store,
      state,
      queue: changes,
      mappings,
      resources: ['order'],
      clock: store.clock,
    });
    this.shop.beforeRead = () => undefined;
    return changed;
  }

  /** Records that were not queued after their last change. */
  get missed(): number[] {
    return [...this.#changed]
      .filter(([id, changed]) => (this.#reported.get(id) ?? 0) < changed)
      .map(([id]) => id);
  }

  #edit(id: number, trash = false): void {
    // A clock that is ahead cannot tell when a second is over.
    if (this.shop.skew > 0) this.wait(1);
    const second = gmt(this.shop.now);
    if (this.#late.some((row) => row.id === id && row.second === second)) return;
    this.#put(id, second, trash);
  }

  #writeLate(id: number, seconds: number): void {
    const second = gmt(this.shop.now);
    if (this.#used.has(`${id} ${second}`)) return;
    this.#used.add(`${id} ${second}`);
    this.#late.push({ id, second, due: this.shop.now + seconds });
  }

  #put(id: number, modified: string, trash = false): void {
    this.#used.add(`${id} ${modified}`);
    this.#order += 1;
    this.#changed.set(id, this.#order);
    this.shop.put('orders', id, { modified, trash });
  }
}

it('sweeps queue every change, whatever happens in the shop, and nothing in an idle one', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(0, -300, 3600),
    fc.constantFrom(2, 3, 100),
    fc.array(step, { maxLength: 40 }),
    async (skew, most, steps) => {
      const world = new World(skew, most);
      for (const one of steps) await world.take(one);
      world.wait(100);
      await world.sweep();
      if (skew >= 0) expect(world.missed).toEqual([]);
      // Seconds that are not over by the clock that the shop shows are looked at when they are.
      world.wait(400);
      await world.sweep();
      expect(world.missed).toEqual([]);
      expect(await world.sweep()).toBe(0);
      world.wait(700);
      await world.sweep();
      const { asked } = world.shop;
      const [reads, calls] = [asked.length, world.shop.severalCalls];
      expect(await world.sweep()).toBe(0);
      expect(world.shop.severalCalls - calls).toBe(1);
      // Only dates in the future are read again each time.
      if (!steps.some(({ kind }) => kind === 'future')) expect(asked.length - reads).toBe(2);
    },
  );
  await fc.assert(property, { numRuns: 400 });
});
