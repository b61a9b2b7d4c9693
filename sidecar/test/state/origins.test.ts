import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OriginStore } from '../../src/ports/state.ts';
import { openState } from '../../src/state/state.ts';
import { MemoryOrigins } from '../support/memory-origins.ts';
import { engines } from './support/engines.ts';

interface Opened {
  readonly origins: OriginStore;
  readonly close: () => Promise<void>;
}

const places: readonly (readonly [name: string, open: () => Promise<Opened>])[] = [
  [
    'memory, as tests have it',
    () => Promise.resolve({ origins: new MemoryOrigins(), close: () => Promise.resolve() }),
  ],
  ...engines.map(({ name, start }) => {
    const open = async (): Promise<Opened> => {
      const engine = await start();
      const state = await openState(engine.location);
      const close = async () => {
        await state.close();
        await engine.stop();
      };
      return { origins: state.origins, close };
    };
    return [name, open] as const;
  }),
];

describe.each(places)('what shops have shown, in %s', (_name, open) => {
  let origins: OriginStore;
  let close: Opened['close'];

  beforeAll(async () => {
    ({ origins, close } = await open());
  });
  afterAll(() => close());

  it('is kept by resource, the latest date of it, and forgotten by store', async () => {
    const one = { key: 'main:1', marks: ['a', '-'], modified: 1_700_000_000_000, isHeld: false };
    await origins.save('order', [one, { ...one, key: 'main2:1', modified: null }]);
    expect((await origins.find('product', ['main:1'])).size).toBe(0);
    // Another process has read it before us.
    await origins.save('order', [{ ...one, modified: 1_600_000_000_000, isHeld: true }]);
    const found = await origins.find('order', ['main:1', 'main2:1', 'main:2']);
    expect([...found.values()].sort((a, b) => a.key.localeCompare(b.key))).toEqual([
      { ...one, isHeld: true },
      { ...one, key: 'main2:1', modified: null },
    ]);
    expect(await origins.forget('main')).toBe(1);
    expect([...(await origins.find('order', ['main:1', 'main2:1'])).keys()]).toEqual(['main2:1']);
  });
});
