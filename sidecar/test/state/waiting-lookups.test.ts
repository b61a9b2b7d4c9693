import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../src/ports/state.ts';
import type { WaitingLookup } from '../../src/ports/state.ts';
import { openState } from '../../src/state/state.ts';
import { MemoryState } from '../support/memory-state.ts';
import { engines } from './support/engines.ts';

type Opened = Pick<State, 'waiting' | 'didWrite' | 'close'>;

const places: readonly (readonly [name: string, open: () => Promise<Opened>])[] = [
  ['memory, as tests have it', () => Promise.resolve(new MemoryState())],
  ...engines.map(({ name, start }) => {
    const open = async (): Promise<Opened> => {
      const engine = await start();
      const state = await openState(engine.location);
      const close = async () => {
        await state.close();
        await engine.stop();
      };
      return { waiting: state.waiting, didWrite: state.didWrite.bind(state), close };
    };
    return [name, open] as const;
  }),
];

const toCategory = (key: string, product: string): WaitingLookup => ({
  ...{ object: 'Category__c', key },
  change: { resource: 'product', key: product },
});

describe.each(places)('lookups that wait, in %s', (_name, open) => {
  let state: Opened;
  beforeAll(async () => {
    state = await open();
  });
  afterAll(() => state.close());

  it('are due once their record is linked, each once, by store, until they are forgotten', async () => {
    const [bag, other] = [toCategory('main:c:1', 'main:1'), toCategory('main:c:2', 'main:1')];
    const far = toCategory('main:c:1', 'main2:1');
    await state.waiting.save([bag, bag, other, far]);
    await state.waiting.save([bag]);
    expect(await state.waiting.due('main', 9)).toEqual([]);
    const link = { state: 'verified', hash: 'x', parentKey: null, byId: false } as const;
    const readAt = new Date('2026-01-01');
    // Another object has that key too.
    await state.didWrite(
      [
        { ...link, object: 'Category__c', key: 'main:c:1', recordId: 'a1', readAt },
        { ...link, object: 'Tag__c', key: 'main:c:2', recordId: 'a2', readAt },
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
