import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLAIM_SECONDS } from '../../src/ports/match-claims.ts';
import type { State } from '../../src/ports/state.ts';
import { DurableState } from '../../src/state/state.ts';
import type { MemoryState } from '../support/memory-state.ts';
import { type OpenState, places } from './support/places.ts';

const here = { object: 'Contact', key: 'main:5' };
const there = { object: 'Contact', key: 'main2:9' };

describe.each(places)('claimed match values, in $name', ({ open }) => {
  let state: State;
  let close: OpenState['close'];
  beforeAll(async () => {
    ({ state, close } = await open());
  });
  beforeEach(() => state.matchClaims.release([here, there]));
  afterAll(() => close());

  it('belong to who comes first, who may claim them again', async () => {
    const both = [
      { place: 'a', ...here },
      { place: 'a', ...there },
      { place: 'b', ...there },
    ];
    const held = new Map([
      ['a', here],
      ['b', there],
    ]);
    expect(await state.matchClaims.take(both)).toEqual(held);
    expect(await state.matchClaims.take([{ place: 'a', ...here }])).toEqual(new Map([['a', here]]));
    const [a, b] = await Promise.all([
      state.matchClaims.take([{ place: 'c', ...here }]),
      state.matchClaims.take([{ place: 'c', ...there }]),
    ]);
    expect(a).toEqual(b);
  });

  it('are free once the link of their owner is saved, or nothing comes of it', async () => {
    await state.matchClaims.take([
      { place: 'a', ...here },
      { place: 'b', ...here },
    ]);
    const link = { state: 'verified', hash: 'x', parentKey: null, byId: false } as const;
    await state.didWrite([{ ...link, ...here, recordId: '1', readNumber: 1 }], []);
    const claims = ['a', 'b'].map((place) => ({ place, ...there }));
    expect([...(await state.matchClaims.take(claims)).values()]).toEqual([there, there]);
    await state.matchClaims.release([there]);
    expect((await state.matchClaims.take([{ place: 'a', ...here }])).get('a')).toEqual(here);
  });

  it('are free when they have run out, and last longer where their owner comes again', async () => {
    await state.matchClaims.take([{ place: 'a', ...here }]);
    await pass(state, CLAIM_SECONDS - 1);
    await state.matchClaims.take([{ place: 'a', ...here }]);
    await pass(state, CLAIM_SECONDS - 1);
    expect((await state.matchClaims.take([{ place: 'a', ...there }])).get('a')).toEqual(here);
    await pass(state, 2);
    expect((await state.matchClaims.take([{ place: 'a', ...there }])).get('a')).toEqual(there);
  });
});

async function pass(state: State, seconds: number): Promise<void> {
  if (state instanceof DurableState)
    await state.database.query(
      `update woosync.match_claim set until = until - $1::integer * interval '1 second'`,
      [seconds],
    );
  else (state as MemoryState).matchClaims.now += seconds;
}
