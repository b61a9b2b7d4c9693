import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Org } from '../../../src/ports/org.ts';
import type { State } from '../../../src/ports/state.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { PagedStore } from '../../support/paged-store.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

/** Rows of two calls: of the one under way, and of the one before, whose results are being saved. */
const UNDER_WAY = 2 * 1000;

const mappings: readonly Mapping[] = [
  mappingTo('Product2', {
    resource: 'product',
    matchFields: [
      {
        name: 'Code',
        object: 'Product2',
        field: 'Code',
        caseSensitive: false,
        through: null,
        value: ({ sku }) => sku as string,
      },
    ],
    build: ({ id, sku }) => ({ row: rowOf(`main:${String(id)}`, { Code: sku as string }) }),
  }),
];

const pages: WooRecord[][] = Array.from({ length: 32 }, (_, page) =>
  Array.from({ length: 100 }, (_unused, at) => {
    const id = page * 100 + at + 1;
    return { id, sku: `SKU-${id}` };
  }),
);
const total = pages.flat().length;

class Killed extends Error {}

/** A life of the process that ends after so many effects on the org and the state; what follows has none. */
function mortal(org: HoldingOrg, state: MemoryState, effects: number): { org: Org; state: State } {
  let left = effects;
  const life =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (left <= 0) throw new Killed();
      left -= 1;
      const result = await act(...args);
      // What comes back after the end reaches nobody.
      if (left <= 0) throw new Killed();
      return result;
    };
  const dying = Object.create(state) as MemoryState;
  dying.willWrite = life(state.willWrite.bind(state));
  dying.didWrite = life(state.didWrite.bind(state));
  dying.saveCursor = life(state.saveCursor.bind(state));
  const asked: Pick<Org, 'queries' | 'write'> = {
    queries: org.queries.bind(org),
    write: life(org.write.bind(org)),
  };
  return { org: asked as Org, state: dying };
}

interface Told {
  /** Rows that were written again though they were there. */
  readonly again: number;
  /** Of those, rows that were known to be written. */
  readonly saved: number;
}

async function killedAfter(effects: number): Promise<Told | 'it was through'> {
  const [org, state] = [new HoldingOrg(), new MemoryState()];
  const store = new PagedStore(...pages);
  try {
    await backfill({ ...mortal(org, state, effects), store, mappings });
    return 'it was through';
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  const there = new Set(org.of('Product2').map(({ Code }) => Code));
  const saved = new Set([...state.saved.values()].map(({ key }) => key.replace('main:', 'SKU-')));
  const before = org.written.length;
  await backfill({ org: org.asOrg, state, store, mappings });
  const written = org.written.slice(before).map(({ record }) => (record as { Code: string }).Code);
  expect(org.of('Product2'), `killed after ${effects}`).toHaveLength(total);
  expect(new Set(org.of('Product2').map(({ Code }) => Code)).size).toBe(total);
  expect(state.saved.size).toBe(total);
  return {
    again: written.filter((code) => there.has(code)).length,
    saved: written.filter((code) => saved.has(code)).length,
  };
}

describe('a backfill that is killed', () => {
  it('at any moment writes again only what was under way, and loses and doubles nothing', async () => {
    const told: Told[] = [];
    for (let effects = 1; ; effects += 1) {
      const one = await killedAfter(effects);
      if (one === 'it was through') break;
      told.push(one);
    }
    expect(told.length, 'moments').toBeGreaterThan(15);
    expect(told.map(({ saved }) => saved)).toEqual(told.map(() => 0));
    expect(Math.max(...told.map(({ again }) => again))).toBeGreaterThan(0);
    expect(Math.max(...told.map(({ again }) => again))).toBeLessThanOrEqual(UNDER_WAY);
  });
});
