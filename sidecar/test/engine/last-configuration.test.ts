import { describe, expect, it } from 'vitest';

import { LastConfiguration } from '../../src/engine/last-configuration.ts';
import type { Setup } from '../../src/ports/setup.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mapping } from '../support/shop-mappings.ts';

/** A configuration as it was read, with the box "Create in WooCommerce" or without. */
function setup(time: string, createInWoo: boolean): Setup {
  const mappings = [mapping('product', 'Product2', () => [], { createInWoo })];
  const stores = [{ store: { key: 'main' }, mappings }];
  return { stores, readAt: new Date(`2026-11-26T${time}Z`) } as unknown as Setup;
}

/** A state whose sweep of products came as far as that; `start` begins a process on it. */
async function swept(time: string) {
  const state = new MemoryState();
  const place = { stamp: `2026-11-26T${time}.000Z`, seen: [] };
  await state.saveCursor('', 'salesforce:Product2', place);
  const from = async () => {
    const { stamp } = (await state.cursor('', 'salesforce:Product2')) as typeof place;
    return stamp.slice(11, 16);
  };
  return { from, start: () => new LastConfiguration(state) };
}

describe('records that are to be made in a shop from now on', () => {
  it('are swept from the last reading on, within one process', async () => {
    const { from, start } = await swept('10:04:00');
    const process = start();
    expect(await process.take(setup('10:00:00', false))).toBe(false);
    expect(await process.take(setup('10:05:00', true))).toBe(true);
    expect(await from()).toBe('10:00');
  });

  it('are swept from the last reading on, also where the process was restarted in between', async () => {
    const { from, start } = await swept('10:04:00');
    const before = start();
    await before.take(setup('09:55:00', false));
    await before.take(setup('10:00:00', false));
    expect(await start().take(setup('10:30:00', true))).toBe(true);
    expect(await from()).toBe('10:00');
  });

  it('are those of a process that read an older configuration than another one', async () => {
    const { from, start } = await swept('10:04:00');
    const [slow, quick] = [start(), start()];
    await slow.take(setup('10:00:00', false));
    await quick.take(setup('10:01:00', true));
    expect(await slow.take(setup('10:05:00', true))).toBe(true);
    expect(await from()).toBe('10:00');
  });

  it.each([
    ['were made all the time', true, true],
    ['are made by nobody', false, false],
    ['are not made any more', true, false],
  ])('are none where they %s', async (_case, was, is) => {
    const { from, start } = await swept('10:04:00');
    await start().take(setup('10:00:00', was));
    expect(await start().take(setup('10:30:00', is))).toBe(false);
    expect(await from()).toBe('10:04');
  });

  it('are none where nothing was ever read: the first backfill brings all', async () => {
    const { from, start } = await swept('10:04:00');
    expect(await start().take(setup('10:30:00', true))).toBe(false);
    expect(await from()).toBe('10:04');
  });
});
