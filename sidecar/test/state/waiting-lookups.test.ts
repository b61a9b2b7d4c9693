import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../src/ports/state.ts';
import type { WaitingLookup } from '../../src/ports/state.ts';
import { type OpenState, places } from './support/places.ts';

const toCategory = (key: string, product: string): WaitingLookup => ({
  object: 'Category__c',
  key,
  change: { resource: 'product', key: product },
});

describe.each(places)('lookups that wait, in $name', ({ open }) => {
  let state: State;
  let close: OpenState['close'];
  beforeAll(async () => {
    ({ state, close } = await open());
  });
  afterAll(() => close());

  it('are due once their record is linked, each once, by store, until they are forgotten', async () => {
    const [bag, other] = [toCategory('main:c:1', 'main:1'), toCategory('main:c:2', 'main:1')];
    const far = toCategory('main:c:1', 'main2:1');
    await state.waiting.save([bag, bag, other, far]);
    await state.waiting.save([bag]);
    expect(await state.waiting.due('main', 9)).toEqual([]);
    const link = { state: 'verified', hash: 'x', parentKey: null, byId: false } as const;
    const readNumber = 1;
    // Another object has that key too.
    await state.didWrite(
      [
        { ...link, object: 'Category__c', key: 'main:c:1', recordId: 'a1', readNumber },
        { ...link, object: 'Tag__c', key: 'main:c:2', recordId: 'a2', readNumber },
      ],
      [],
    );
    expect(await state.waiting.due('main', 9)).toEqual([bag]);
    expect(await state.waiting.due('main2', 9)).toEqual([far]);
    expect(await state.waiting.due('main', 0)).toEqual([]);
    await state.waiting.forget([bag]);
    expect(await state.waiting.due('main', 9)).toEqual([]);
    expect(await state.waiting.due('main2', 9)).toEqual([far]);
  });
});
