import { describe, expect, it } from 'vitest';

import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { backfill, type BackfillOptions } from '../../../src/sync/pipeline/backfill.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { SilentOrg } from '../../support/silent-org.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

function mapping(resource: Mapping['resource'], object: string): Mapping {
  return mappingTo(object, {
    resource,
    build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, { Name: `${object} ${String(id)}` }) }),
  });
}

const MAPPINGS = [mapping('product', 'Product2'), mapping('order', 'Order')];
const FIRST = '2026-03-01T10:00:00.000Z';
const LATER = '2026-03-01T12:00:00.000Z';

function world() {
  const ids = [1, 2, 3, 4, 5].map((id) => ({ id }));
  const [org, state] = [new SilentOrg(), new MemoryState()];
  const store = new ListStore({ products: ids, orders: ids });
  store.now = new Date(FIRST);
  const run = (more: Partial<Pick<BackfillOptions, 'dry' | 'signal' | 'goesOn'>> = {}) =>
    backfill({ org: org.asOrg, state, store, mappings: MAPPINGS, ...more });
  const loaded = () => state.cursors.get('main loaded') ?? null;
  return { org, state, store, run, loaded };
}

/** Stops the run when a page of orders was handed out. */
function stopAt(store: ListStore, at: number): AbortSignal {
  const stop = new AbortController();
  store.onPage = (list, page) => {
    if (list === 'orders' && page === at) stop.abort();
  };
  return stop.signal;
}

describe('a load that walked all lists', () => {
  it('says when it began, by the clock of the store', async () => {
    const { store, run, loaded } = world();
    store.onPage = () => {
      store.now = new Date(LATER);
    };
    await run();
    expect(loaded()).toEqual({ at: FIRST });
    await run();
    expect(loaded(), 'the next one anew').toEqual({ at: LATER });
  });

  it('says when it first began, where it was stopped and went on', async () => {
    const { store, run, loaded } = world();
    await run({ signal: stopAt(store, 0) });
    expect(loaded()).toBeNull();
    store.now = new Date(LATER);
    await run();
    expect(loaded()).toEqual({ at: FIRST });
  });

  it('says nothing while a list cannot be read', async () => {
    const { store, run, loaded } = world();
    store.onPage = (list) => {
      if (list === 'products') throw new CodedError('WOO_UNAVAILABLE', 'It is away.', 'Wait.');
    };
    expect((await run()).lists).toHaveLength(1);
    expect(loaded()).toBeNull();
    store.now = new Date(LATER);
    store.onPage = () => undefined;
    await run();
    expect(loaded()).toEqual({ at: FIRST });
  });

  it('passes over the lists that it has walked before, where it is told to go on', async () => {
    const { store, run, loaded } = world();
    store.onPage = (list) => {
      if (list === 'orders') throw new CodedError('WOO_UNAVAILABLE', 'It is away.', 'Wait.');
    };
    await run({ goesOn: true });
    const walked: string[] = [];
    store.onPage = (list) => {
      walked.push(list);
    };
    await run({ goesOn: true });
    expect(new Set(walked)).not.toContain('products');
    expect(walked).toContain('orders');
    expect(loaded()).toEqual({ at: FIRST });
    walked.length = 0;
    await run({ goesOn: true });
    expect(walked, 'the next one anew').toContain('products');
  });

  it('says nothing after a dry run', async () => {
    const { state, run } = world();
    await run({ dry: true });
    expect([...state.cursors]).toEqual([]);
  });
});

describe('a load that is told to stop', () => {
  it('ends with the page under way, saved, and goes on behind it', async () => {
    const { org, state, store, run } = world();
    await run({ signal: stopAt(store, 0) });
    // The signal comes when the first page was handled and the second was asked for.
    expect(org.of('Order').map(({ Woo_Key__c }) => Woo_Key__c)).toEqual(
      [1, 2, 3, 4].map((id) => `main:${id}`),
    );
    expect([...state.saved.keys()].filter((key) => key.startsWith('Order'))).toHaveLength(4);
    const pages: number[] = [];
    store.onPage = (list, page) => {
      if (list === 'orders') pages.push(page);
    };
    await run();
    expect(pages, 'the last one').toEqual([2]);
    expect(org.of('Order')).toHaveLength(5);
    expect(org.of('Product2')).toHaveLength(5);
  });

  it('begins no other list', async () => {
    const { org, run } = world();
    await run({ signal: AbortSignal.abort() });
    expect([...org.records]).toEqual([]);
  });
});
