import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OriginStore } from '../../src/ports/state.ts';
import { type OpenState, places } from './support/places.ts';

describe.each(places)('what shops have shown, in $name', ({ open }) => {
  let origins: OriginStore;
  let close: OpenState['close'];

  beforeAll(async () => {
    const opened = await open();
    ({ origins } = opened.state);
    close = () => opened.close();
  });
  afterAll(() => close());

  it('is kept by resource, the latest date of it, and forgotten by store', async () => {
    const one = {
      key: 'main:1',
      marks: ['a', '-'],
      modified: 1_700_000_000_000,
      isHeld: false,
      isAnother: false,
      ordersDue: false,
    };
    await origins.save('order', [one, { ...one, key: 'main2:1', modified: null }]);
    expect((await origins.find('product', ['main:1'])).size).toBe(0);
    // Another process has read it before us.
    await origins.save('order', [{ ...one, modified: 1_600_000_000_000, isHeld: true }]);
    const found = await origins.find('order', ['main:1', 'main2:1', 'main:2']);
    expect([...found.values()].sort((a, b) => a.key.localeCompare(b.key))).toEqual([
      { ...one, isHeld: true },
      { ...one, key: 'main2:1', modified: null },
    ]);
    expect(await origins.others('main')).toEqual(new Set());
  });

  it('keeps whose orders are due, also where nothing else of it is new', async () => {
    const one = { key: 'due:1', marks: ['a'], modified: 5, isHeld: true, isAnother: true };
    for (const ordersDue of [false, true, false]) {
      await origins.save('customer', [{ ...one, ordersDue }]);
      const found = await origins.find('customer', ['due:1']);
      expect(found.get('due:1')).toEqual({ ...one, ordersDue });
    }
  });

  it('holds what is held until it is read again, however often it is released', async () => {
    const one = {
      key: 'shop:1',
      marks: ['a'],
      modified: 5,
      isHeld: true,
      isAnother: true,
      ordersDue: true,
    };
    await origins.save('customer', [
      one,
      { ...one, key: 'shop:2', isHeld: false, isAnother: false },
    ]);
    await origins.save('order', [
      { ...one, isAnother: false },
      { ...one, key: 'shop2:1' },
    ]);
    expect(await origins.others('shop')).toEqual(new Set(['customer shop:1']));
    expect(await origins.heldOf('customer', [])).toEqual(new Set());
    const keys = ['shop:1', 'shop:2', 'shop:3'];
    expect(await origins.heldOf('customer', keys)).toEqual(new Set(['shop:1']));
    expect(await origins.heldOf('product', keys)).toEqual(new Set());
    const asked = await origins.held('shop');
    expect(asked.map(({ resource, key }) => `${resource} ${key}`).sort()).toEqual([
      'customer shop:1',
      'order shop:1',
    ]);
    expect(await origins.others('shop')).toEqual(new Set(['customer shop:1']));
    for (let times = 0; times < 2; times += 1) {
      const held = await origins.release('shop');
      expect(held.map(({ resource, key }) => `${resource} ${key}`).sort()).toEqual([
        'customer shop:1',
        'order shop:1',
      ]);
    }
    expect(await origins.others('shop')).toEqual(new Set());
    const left = await origins.find('customer', ['shop:1', 'shop:2']);
    expect([...left.values()]).toEqual([
      { ...one, marks: ['-'], modified: null, isAnother: false, ordersDue: false },
    ]);
    await origins.save('customer', [{ ...one, marks: ['b'], modified: 1, isHeld: false }]);
    expect((await origins.find('customer', ['shop:1'])).get('shop:1')).toMatchObject({
      marks: ['b'],
      modified: 1,
      isHeld: false,
    });
    expect(await origins.release('shop2')).toEqual([{ resource: 'order', key: 'shop2:1' }]);
  });
});
