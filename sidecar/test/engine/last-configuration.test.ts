import { describe, expect, it } from 'vitest';

import { LastConfiguration } from '../../src/engine/last-configuration.ts';
import type { Setup } from '../../src/ports/setup.ts';
import { sweepSalesforce } from '../../src/sync/detect/sweep-salesforce.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mapping } from '../support/shop-mappings.ts';

/** A configuration as it was read, with the box "Create in WooCommerce" or without. */
function setup(time: string, createInWoo: boolean): Setup {
  const mappings = [mapping('product', 'Product2', () => [], { createInWoo })];
  const stores = [{ store: { key: 'main' }, mappings }];
  const compiledOf = { source: { mappings: [] } };
  return { stores, compiledOf, readAt: new Date(`2026-11-26T${time}Z`) } as unknown as Setup;
}

/** What a sweep goes by: products are sent to a shop. */
const SENT = {
  stores: [
    {
      store: { key: 'outlet' },
      held: [],
      mappings: [
        mapping('product', 'Product2', () => [], { outgoing: [{ field: 'Name' }] as never }),
      ],
    },
  ],
} as unknown as Setup;
/** How far back a sweep looks anyway. */
const OVERLAP = 600_000;

/** A state whose sweep of products came as far as that; `start` begins a process on it. */
async function swept(time: string) {
  const state = new MemoryState();
  const dated = (at: string) => `2026-11-26T${at}.000Z`;
  await state.saveCursor('', 'salesforce:Product2', { stamp: dated(time), seen: [] });
  /** @returns from when on a sweep takes what was saved; the last of it is of the time that is given */
  const sweep = async (last?: string) => {
    let from = '';
    const queries = ([asked = '']: readonly string[]) => {
      [, from = ''] = /SystemModstamp >= (\S+)/.exec(asked) ?? [];
      const row = { Id: `01t${'0'.repeat(15)}`, Woo_Key__c: null };
      return Promise.resolve([last === undefined ? [] : [{ ...row, SystemModstamp: dated(last) }]]);
    };
    await sweepSalesforce(
      {
        state,
        twoWay: state.twoWay,
        clock: { now: () => new Date() },
        setup: () => SENT,
        away: () => new Set(),
        org: { queries, userId: () => Promise.resolve('') },
        queue: { add: () => Promise.resolve() },
      },
      [],
    );
    return new Date(Date.parse(from) + OVERLAP).toISOString().slice(11, 16);
  };
  return { from: () => sweep(), sweepTo: sweep, start: () => new LastConfiguration(state) };
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

/** What a store has of products: a mapping that makes them in the shop or not, none that is active, or one that is held. */
type Has = 'makes' | 'sends' | 'off' | 'held';

function setupOf(time: string, stores: Readonly<Record<string, Has>>): Setup {
  const all = Object.entries(stores).map(([key, has]) => ({
    store: { key },
    mappings:
      has === 'makes' || has === 'sends'
        ? [mapping('product', 'Product2', () => [], { createInWoo: has === 'makes' })]
        : [],
    held: has === 'held' ? [{ name: 'Product', object: 'Product2', resource: 'product' }] : [],
  }));
  const rows = Object.entries(stores).map(([store, has]) => ({
    store,
    object: 'Product2',
    createInWoo: has !== 'sends',
  }));
  const compiledOf = { source: { mappings: rows } };
  return { stores: all, compiledOf, readAt: new Date(`2026-11-26T${time}Z`) } as unknown as Setup;
}

describe('records that were saved while the mapping that makes them in the shop was away', () => {
  it.each(['off', 'held'] as const)(
    'are swept from when it was last there, where it was %s and another store is sent them',
    async (away) => {
      const { from, sweepTo, start } = await swept('10:01:00');
      const process = start();
      await process.take(setupOf('10:00:00', { main: 'makes', outlet: 'sends' }));
      await process.take(setupOf('10:05:00', { main: away, outlet: 'sends' }));
      await sweepTo('10:30:00');
      await process.take(setupOf('10:35:00', { main: away, outlet: 'sends' }));
      expect(await process.take(setupOf('10:40:00', { main: 'makes', outlet: 'sends' }))).toBe(
        true,
      );
      expect(await from()).toBe('10:00');
    },
  );

  it.each(['off', 'held'] as const)(
    'are swept from the first reading on where a state that is new finds it %s',
    async (away) => {
      const { from, sweepTo, start } = await swept('10:01:00');
      const process = start();
      await process.take(setupOf('10:00:00', { main: away, outlet: 'sends' }));
      expect([...process.away]).toEqual(['main Product2']);
      await sweepTo('10:30:00');
      await process.take(setupOf('10:35:00', { main: away, outlet: 'sends' }));
      expect(await start().take(setupOf('10:40:00', { main: 'makes', outlet: 'sends' }))).toBe(
        true,
      );
      expect(await from()).toBe('10:00');
    },
  );

  it('are those of each store that has none of its own, where it is one for all', async () => {
    const { start } = await swept('10:01:00');
    const process = start();
    const { stores, compiledOf, ...rest } = setupOf('10:00:00', { main: 'off', outlet: 'sends' });
    const [row] = compiledOf.source.mappings;
    const source = { mappings: [{ ...row, store: null }] } as unknown as typeof compiledOf.source;
    await process.take({ ...rest, stores, compiledOf: { ...compiledOf, source } });
    expect([...process.away]).toEqual(['main Product2']);
  });

  it('are known as such until it is there again, also by a process that was started since', async () => {
    const { start } = await swept('10:01:00');
    const process = start();
    await process.take(setupOf('10:00:00', { main: 'makes', outlet: 'makes' }));
    expect([...process.away]).toEqual([]);
    await process.take(setupOf('10:05:00', { main: 'off', outlet: 'makes' }));
    expect([...process.away]).toEqual(['main Product2']);
    const next = start();
    await next.take(setupOf('10:10:00', { main: 'off', outlet: 'makes' }));
    expect([...next.away]).toEqual(['main Product2']);
    await next.take(setupOf('10:15:00', { main: 'makes', outlet: 'makes' }));
    expect([...next.away]).toEqual([]);
  });

  it('are swept once', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    const process = start();
    await process.take(setupOf('10:00:00', { main: 'makes' }));
    await process.take(setupOf('10:05:00', { main: 'off' }));
    await process.take(setupOf('10:10:00', { main: 'makes' }));
    await sweepTo('10:30:00');
    expect(await process.take(setupOf('10:35:00', { main: 'makes' }))).toBe(false);
    expect(await from()).toBe('10:30');
  });

  it('are swept from where the sweep had come by then, where that is earlier', async () => {
    const { from, sweepTo, start } = await swept('09:50:00');
    const process = start();
    await process.take(setupOf('10:00:00', { main: 'makes', outlet: 'sends' }));
    await process.take(setupOf('10:05:00', { main: 'off', outlet: 'sends' }));
    await sweepTo('10:30:00');
    await process.take(setupOf('10:40:00', { main: 'makes', outlet: 'sends' }));
    expect(await from()).toBe('09:50');
  });

  it('are those of each store, also where another one goes on making them', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    const process = start();
    await process.take(setupOf('10:00:00', { main: 'makes', outlet: 'makes' }));
    await process.take(setupOf('10:05:00', { main: 'makes', outlet: 'off' }));
    await sweepTo('10:30:00');
    await process.take(setupOf('10:40:00', { main: 'makes', outlet: 'makes' }));
    expect(await from()).toBe('10:00');
  });

  it('are those of a store that was away itself', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    await start().take(setupOf('10:00:00', { main: 'makes', outlet: 'makes' }));
    await start().take(setupOf('10:05:00', { main: 'makes' }));
    await sweepTo('10:30:00');
    await start().take(setupOf('10:40:00', { main: 'makes', outlet: 'makes' }));
    expect(await from()).toBe('10:00');
  });

  it('are known over a restart, and whichever process has seen it first', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    const [slow, quick] = [start(), start()];
    await quick.take(setupOf('10:00:00', { main: 'makes', outlet: 'sends' }));
    await slow.take(setupOf('10:04:00', { main: 'makes', outlet: 'sends' }));
    await quick.take(setupOf('10:05:00', { main: 'off', outlet: 'sends' }));
    await sweepTo('10:20:00');
    await slow.take(setupOf('10:09:00', { main: 'off', outlet: 'sends' }));
    await sweepTo('10:30:00');
    expect(await start().take(setupOf('10:40:00', { main: 'makes', outlet: 'sends' }))).toBe(true);
    expect(await from()).toBe('10:00');
  });

  it('are swept too where this process has not seen it away, and another one has', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    const [slow, quick] = [start(), start()];
    await quick.take(setupOf('10:00:00', { main: 'makes', outlet: 'sends' }));
    await slow.take(setupOf('10:04:00', { main: 'makes', outlet: 'sends' }));
    await quick.take(setupOf('10:05:00', { main: 'off', outlet: 'sends' }));
    await sweepTo('10:08:00');
    expect(await slow.take(setupOf('10:09:00', { main: 'makes', outlet: 'sends' }))).toBe(true);
    expect(await from()).toBe('10:00');
  });

  it('are swept too where it went off again before a sweep came to them', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    const process = start();
    await process.take(setupOf('10:00:00', { main: 'makes', outlet: 'sends' }));
    await process.take(setupOf('10:05:00', { main: 'off', outlet: 'sends' }));
    await sweepTo('10:30:00');
    await process.take(setupOf('10:35:00', { main: 'makes', outlet: 'sends' }));
    await process.take(setupOf('10:40:00', { main: 'off', outlet: 'sends' }));
    await sweepTo('10:45:00');
    await process.take(setupOf('10:50:00', { main: 'makes', outlet: 'sends' }));
    expect(await from()).toBe('10:00');
  });

  it('are not to be made where the mapping was told meanwhile to make none', async () => {
    const { from, sweepTo, start } = await swept('10:01:00');
    const process = start();
    await process.take(setupOf('10:00:00', { main: 'makes', outlet: 'sends' }));
    await process.take(setupOf('10:05:00', { main: 'off', outlet: 'sends' }));
    await process.take(setupOf('10:10:00', { main: 'sends', outlet: 'sends' }));
    await sweepTo('10:45:00');
    await process.take(setupOf('10:40:00', { main: 'sends', outlet: 'sends' }));
    await process.take(setupOf('10:50:00', { main: 'makes', outlet: 'sends' }));
    expect(await from()).toBe('10:40');
  });
});
