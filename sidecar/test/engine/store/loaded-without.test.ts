import { beforeEach, expect, it } from 'vitest';
import { beginLoad, endLoad, neededLoad } from '../../../src/engine/store/loaded-without.ts';
import { BACKFILLED, BACKFILLING } from '../../../src/sync/model/backfill-marker.ts';
import { stagesOf } from '../../../src/sync/pipeline/backfill-lists.ts';
import { heldMapping } from '../../support/held.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const orders = mappingTo('Order', { resource: 'order' });
const customers = mappingTo('Contact', { resource: 'customer' });
const AT = { at: '2026-11-28T09:00:00Z' };

let state: MemoryState;
beforeEach(() => {
  state = new MemoryState();
});

/** The store as it is set up while these mappings are held, and the others run. */
const without = (...held: readonly string[]) => ({
  store: { key: 'main' },
  mappings: [orders, customers].filter(({ name }) => !held.includes(name)),
  held: held.map((name) => ({ ...heldMapping(), name })),
});

async function loadOf(...held: readonly string[]): Promise<void> {
  await beginLoad(state, without(...held));
  await state.saveCursor('main', BACKFILLED, AT);
  await endLoad(state, without(...held));
}
const needed = (...held: readonly string[]) => neededLoad(state, without(...held));

it('is needed of a store that was never loaded, and not while its mapping is still held', async () => {
  expect(await needed()).toBe('first');
  await loadOf('Order', 'Contact');
  expect(await needed('Order', 'Contact')).toBeNull();
  expect(await needed('Contact')).toBe('mended');
  await loadOf('Contact');
  expect(await needed('Contact')).toBeNull();
  expect(await needed()).toBe('mended');
  await loadOf();
  expect(await needed()).toBeNull();
});

it('is needed until a load that was stopped has come to its end', async () => {
  await loadOf('Order');
  await beginLoad(state, without());
  await state.saveCursor('main', BACKFILLING, AT);
  expect(await needed()).toBe('mended');
  await beginLoad(state, without());
  // It goes on where it was.
  expect(await state.cursor('main', BACKFILLING)).toEqual(AT);
  await state.saveCursor('main', BACKFILLING, null);
  await endLoad(state, without());
  expect(await needed()).toBeNull();
});

it('begins with the first record of each list for a mapping that was mended since it began', async () => {
  await loadOf('Order');
  const cursors = stagesOf(without().mappings).map(({ cursor }) => cursor);
  for (const cursor of cursors) await state.saveCursor('main', cursor, { by: 'id' });
  await state.saveCursor('main', BACKFILLING, AT);
  await beginLoad(state, without());
  for (const cursor of [...cursors, BACKFILLING])
    expect(await state.cursor('main', cursor)).toBeNull();
});

it('is needed again for a mapping that was held once more before the load was over', async () => {
  await loadOf('Order', 'Contact');
  await beginLoad(state, without());
  await state.saveCursor('main', BACKFILLING, AT);
  await beginLoad(state, without('Order'));
  expect(await state.cursor('main', BACKFILLING)).toEqual(AT);
  await state.saveCursor('main', BACKFILLING, null);
  await endLoad(state, without('Order'));
  expect(await needed('Order')).toBeNull();
  expect(await needed()).toBe('mended');
  // The lists begin anew for it, as for one that no load has brought.
  await state.saveCursor('main', BACKFILLING, AT);
  await beginLoad(state, without());
  expect(await state.cursor('main', BACKFILLING)).toBeNull();
});
