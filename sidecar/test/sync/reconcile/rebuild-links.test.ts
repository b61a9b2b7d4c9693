import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { rebuildLinks } from '../../../src/sync/reconcile/rebuild-links.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { verified } from '../../support/links.ts';

const owner = { relationshipName: 'Order__r', keyField: 'Woo_Key__c' };
const flag = { deleteRule: 'flag', deleteFlag: { field: 'Deleted__c', value: true } } as const;
const orders = mappingTo('Order', flag);
const items = mappingTo('Item', { resource: 'order_item', owner });
const MAPPINGS: readonly Mapping[] = [orders, items];

function world() {
  const [org, state] = [new HoldingOrg(), new MemoryState()];
  const rebuild = (mappings = MAPPINGS, store = 'main', signal?: AbortSignal) =>
    rebuildLinks({ org, state, store, mappings, signal });
  const keyed = (object: string, key: string, more: Record<string, unknown> = {}) =>
    org.add(object, { Woo_Key__c: key, ...more });
  return { org, state, rebuild, keyed };
}

describe('rebuildLinks', () => {
  it('remembers which records are in the org, whose they are, and which are flagged', async () => {
    const { state, rebuild, keyed } = world();
    const first = keyed('Order', 'main:1', { Deleted__c: false });
    const second = keyed('Order', 'main:2', { Deleted__c: true });
    const item = keyed('Item', 'main:10', { Order__c: first });
    await rebuild();
    const links = [...state.saved.values()].map(({ readNumber, ...link }) => {
      expect(readNumber).toBe(0);
      return link;
    });
    const plain = { hash: null, parentKey: null, byId: false };
    expect(links).toEqual([
      { object: 'Order', key: 'main:1', recordId: first, state: 'unverified', ...plain },
      { object: 'Order', key: 'main:2', recordId: second, state: 'soft_deleted', ...plain },
      {
        object: 'Item',
        key: 'main:10',
        recordId: item,
        state: 'unverified',
        ...plain,
        parentKey: 'main:1',
      },
    ]);
  });

  it('reads them page by page, and never again', async () => {
    const { org, state, rebuild, keyed } = world();
    for (let id = 1; id <= 4500; id += 1) keyed('Order', `main:${id}`);
    await rebuild();
    expect(state.saved.size).toBe(4500);
    const asked = org.queried.filter((soql) => soql.includes('FROM Order'));
    expect(asked).toHaveLength(3);
    org.queried.length = 0;
    await rebuild();
    expect(org.queried).toEqual([]);
  });

  it('asks an org that holds nothing of ours once', async () => {
    const { org, state, rebuild } = world();
    await rebuild();
    await rebuild();
    expect(org.queried).toHaveLength(MAPPINGS.length);
    expect(state.saved.size).toBe(0);
  });

  it('asks for the object of a mapping that was added later, and for no other', async () => {
    const { org, state, rebuild, keyed } = world();
    await rebuild();
    org.queried.length = 0;
    keyed('Contact', 'main:3');
    await rebuild([...MAPPINGS, mappingTo('Contact', { resource: 'customer' })]);
    expect(org.queried).toHaveLength(1);
    expect([...state.saved.keys()]).toEqual(['Contact main:3']);
    await rebuild();
    expect(org.queried).toHaveLength(1);
  });

  it('leaves alone what the state knows', async () => {
    const { state, rebuild, keyed } = world();
    const recordId = keyed('Order', 'main:1');
    const known = { object: 'Order', key: 'main:1', recordId, parentKey: null, byId: false };
    await state.didWrite([{ ...known, ...verified('h'), readNumber: 5 }], []);
    await rebuild();
    expect([...state.saved.values()]).toEqual([{ ...known, ...verified('h'), readNumber: 5 }]);
  });

  it('takes the records of its store alone, whatever is in its key', async () => {
    const { org, state, rebuild, keyed } = world();
    for (const store of ['a_b', 'axb', 'A_B', 'a_b2']) keyed('Order', `${store}:1`);
    await rebuild([orders], 'a_b');
    expect([...state.saved.keys()]).toEqual(['Order a_b:1']);
    expect(org.queried[0]).toContain(String.raw`LIKE 'a\_b:%'`);
  });

  it('is not done where it was stopped', async () => {
    const { org, state, rebuild, keyed } = world();
    for (let id = 1; id <= 2500; id += 1) keyed('Order', `main:${id}`);
    const stop = new AbortController();
    const queries = org.queries.bind(org);
    org.queries = (soql) => {
      stop.abort();
      return queries(soql);
    };
    await rebuild(MAPPINGS, 'main', stop.signal);
    expect(state.saved.size).toBe(2000);
    await rebuild();
    expect(state.saved.size).toBe(2500);
  });
});
