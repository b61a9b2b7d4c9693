import { expect, it } from 'vitest';
import { loadStore } from '../../src/cli/load-store.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { Mapping } from '../../src/mapping/model/mapping.ts';
import type { BatchResult } from '../../src/ports/change-queue.ts';
import type { ChangeEvent } from '../../src/ports/change.ts';
import type { IssueSeen } from '../../src/ports/issues.ts';
import { CommandOrg, orders, products } from '../engine/commands/world.ts';
import { ListStore } from '../support/list-store.ts';
import { neededLoad } from '../../src/engine/store/loaded-without.ts';
import { heldMapping } from '../support/held.ts';
import { MemoryChangeQueue } from '../support/memory-change-queue.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mappingTo } from '../support/rows.ts';
import { US } from '../support/holding-org.ts';
import { PRODUCTS, TwoSides } from '../sync/merge/two-sides.ts';

const contacts = mappingTo('Contact', { resource: 'customer' });

/** Of a guest for whom the org had several records; no order names the guest any more. */
const GUEST: IssueSeen = {
  key: 'customer:Contact:main:guest:2eb6040c5dc89a19',
  kind: 'ambiguous',
  store: 'main',
  resource: 'customer',
  object: 'Contact',
  retry: 'never',
  recordKey: 'main:guest:2eb6040c5dc89a19',
  recordId: null,
  code: 'MATCH_AMBIGUOUS',
  reason: '',
  cure: '',
  field: null,
  wooValue: null,
  salesforceValue: null,
  change: null,
};

const tell = () =>
  Promise.reject(new Error('Nothing was found that the service is to be told of.'));

async function load(how: { readonly dry?: boolean; readonly refused?: string } = {}) {
  const state = new MemoryState();
  const issues = new MemoryChangeQueue(state);
  await issues.finish({ jobs: [], failures: [GUEST], seen: [], followUps: [] });
  const store = new ListStore({ orders: [{ id: 5, name: 'A', status: 'completed' }] });
  store.onPage = (name) => {
    if (name === how.refused) throw new CodedError('WOO_REFUSED', 'No right.', 'Give it.');
  };
  const mappings = [products, orders, contacts];
  const org = new CommandOrg().audited;
  const loaded = { org, state, issues, mappings, held: [], leadsOf: () => null, tell };
  await loadStore(loaded, store, { dry: how.dry === true });
  return (await issues.find({ store: 'main' }, 9)).length;
}

it('closes issues of guests, whom nothing else looks at again', async () => {
  expect(await load()).toBe(0);
});

it('leaves them open where orders could not be read, and where nothing is written', async () => {
  expect(await load({ refused: 'orders' })).toBe(1);
  expect(await load({ dry: true })).toBe(1);
});

it('has the service load once more for a mapping that was held at the first load, and for no other', async () => {
  const state = new MemoryState();
  const store = new ListStore({ orders: [{ id: 5, name: 'A', status: 'completed' }] });
  const [org, issues] = [new CommandOrg().audited, new MemoryChangeQueue(state)];
  const rest = { org, state, issues, leadsOf: () => null, tell };
  const held = [heldMapping({ name: orders.name })];
  const load = (mappings: readonly Mapping[], without: typeof held) =>
    loadStore({ ...rest, mappings, held: without }, store, { dry: false });
  const needed = (mappings: readonly Mapping[]) => neededLoad(state, { store, mappings, held: [] });
  await load([contacts], held);
  expect(await needed([contacts])).toBe(null);
  expect(await needed([contacts, orders])).toBe('mended');
  await load([contacts, orders], []);
  expect(await needed([contacts, orders])).toBe(null);
  await load([contacts], held);
  expect(await needed([contacts, orders])).toBe(null);
});

it('has the service look again at what was read or edited later, Salesforce included', async () => {
  const state = new MemoryState();
  const didWrite = state.didWrite.bind(state);
  state.didWrite = async (written, gone) => {
    await didWrite(written, gone);
    return written.map(({ object, key, parentKey }) => ({ object, key, parentKey }));
  };
  const added: ChangeEvent[] = [];
  const store = new ListStore({ orders: [{ id: 5, name: 'A', status: 'completed' }] });
  const parts = { state, issues: new MemoryChangeQueue(state), mappings: [orders], held: [] };
  const rest = { org: new CommandOrg().audited, leadsOf: () => null };
  const told = ({ followUps }: Pick<BatchResult, 'followUps'>) =>
    Promise.resolve(void added.push(...followUps));
  await loadStore({ ...parts, ...rest, tell: told }, store, { dry: false });
  expect(added).toEqual([{ resource: 'order', key: 'main:5' }]);
  expect([...state.twoWay.edits.keys()]).toEqual(['main:5']);
});

it('has the service show what it decides: a value that a person typed goes with an issue', async () => {
  const sides = new TwoSides('woo_wins');
  await sides.begin(1);
  sides.editSalesforce(1, { Name: 'Of the rep' });
  const state = new MemoryState();
  const issues = new MemoryChangeQueue(state);
  const audited = Object.assign(sides.org.asOrg, {
    userId: () => Promise.resolve(US),
    queriesAll: () => Promise.resolve([]),
    convertLeads: () => Promise.resolve([]),
  });
  const told = async (found: Pick<BatchResult, 'failures' | 'followUps'>) => {
    await issues.finish({ jobs: [], seen: [], ...found });
  };
  const mappings = [PRODUCTS.mapping('woo_wins')];
  const rest = { org: audited, state, issues, held: [], leadsOf: () => null, tell: told };
  const store = new ListStore({ products: [...sides.shop.products.values()] });
  await loadStore({ ...rest, mappings }, store, { dry: false });
  expect(await issues.find({ store: 'main' }, 9)).toMatchObject([
    {
      code: 'CONFLICT_DECIDED',
      recordKey: 'main:1',
      field: 'Name',
      wooValue: 'Tea 1',
      salesforceValue: 'Of the rep',
    },
  ]);
  expect(sides.record(1)).toMatchObject({ Name: 'Tea 1' });
});

it('keeps what it decides before anything of it is written, so that a load which breaks off there has said it', async () => {
  const sides = new TwoSides('woo_wins');
  await sides.begin(1);
  sides.editSalesforce(1, { Name: 'Of the rep' });
  const state = new MemoryState();
  const issues = new MemoryChangeQueue(state);
  const out = () => Promise.reject(new CodedError('SF_UNREACHABLE', 'Out.', 'Wait.'));
  const audited = Object.assign(sides.org.asOrg, {
    write: out,
    userId: () => Promise.resolve(US),
    queriesAll: () => Promise.resolve([]),
    convertLeads: () => Promise.resolve([]),
  });
  const told = async (found: Pick<BatchResult, 'failures' | 'followUps'>) => {
    await issues.finish({ jobs: [], seen: [], ...found });
  };
  const rest = { org: audited, state, issues, held: [], leadsOf: () => null, tell: told };
  const store = new ListStore({ products: [...sides.shop.products.values()] });
  const mappings = [PRODUCTS.mapping('woo_wins')];
  await expect(loadStore({ ...rest, mappings }, store, { dry: false })).rejects.toThrow('Out.');
  expect(await issues.find({ store: 'main' }, 9)).toMatchObject([{ code: 'CONFLICT_DECIDED' }]);
});
