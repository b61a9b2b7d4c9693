import { expect, it } from 'vitest';
import { leadsOfStore } from '../../../src/sync/leads/leads-of-store.ts';
import { readingBuyers } from '../../../src/sync/leads/buyers.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { LeadsOrg } from '../../support/leads-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ADA, CustomerWorld } from '../merge/customer-world.ts';
import { PRODUCTS } from '../merge/two-sides.ts';

const OUT = new Error('The process ends.');

it('a page of a load is not passed over before its edits are in the shop', async () => {
  const [org, state] = [new HoldingOrg(), new MemoryState()];
  const products = [1, 2, 3, 4].map((id) => ({ id, ...PRODUCTS.record(id) }));
  const shop = new ListStore({ products });
  const load = () =>
    backfill({
      org: org.asOrg,
      state,
      store: shop,
      mappings: [PRODUCTS.mapping('salesforce_wins')],
    });
  await load();
  for (const held of org.of('Product2')) Object.assign(held, { Name: `Cup ${held.Id}` });
  // Nothing is known any more of what both sides held.
  state.twoWay.kept.clear();
  const update = shop.updateProducts;
  shop.updateProducts = () => Promise.reject(OUT);
  await expect(load()).rejects.toBe(OUT);
  expect(state.cursors.get('main backfill:products') ?? null).toBeNull();
  shop.updateProducts = update;
  await load();
  expect(shop.productWrites.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4]);
});

it('leads are seen to once their contacts are written, also where enough of them wait for a call', async () => {
  const [org, state] = [new LeadsOrg(), new MemoryState()];
  const lead = org.addLead({ Email: 'c400@shop.example' });
  const { mappings } = new CustomerWorld();
  const customers = Array.from({ length: 403 }, (_, at) => ({
    ...ADA,
    id: at + 1,
    email: `c${at + 1}@shop.example`,
    is_paying_customer: true,
  }));
  const leadsOrg = Object.assign(org.asOrg, { convertLeads: org.convertLeads.bind(org) });
  await backfill({
    org: org.asOrg,
    state,
    store: new ListStore({ customers }),
    mappings: readingBuyers(mappings),
    ...leadsOfStore(leadsOrg, { rule: 'convert', convertedStatus: 'Closed' }),
  });
  expect(org.get('Lead', lead)).toMatchObject({ IsConverted: true });
});

it('the place in a list is kept until the leads of its last page are seen to', async () => {
  const [org, state] = [new LeadsOrg(), new MemoryState()];
  const lead = org.addLead({ Email: 'last@shop.example' });
  const { mappings } = new CustomerWorld();
  const customers = [1, 2, 3].map((id) => ({
    ...ADA,
    id,
    email: id === 3 ? 'last@shop.example' : `c${id}@shop.example`,
    is_paying_customer: id === 3,
  }));
  const convert = org.convertLeads.bind(org);
  let isOut = true;
  const leadsOrg = Object.assign(org.asOrg, {
    convertLeads: (...given: Parameters<typeof convert>) =>
      isOut ? Promise.reject(OUT) : convert(...given),
  });
  const load = () =>
    backfill({
      org: org.asOrg,
      state,
      store: new ListStore({ customers }),
      mappings: readingBuyers(mappings),
      ...leadsOfStore(leadsOrg, { rule: 'convert', convertedStatus: 'Closed' }),
    });
  await expect(load()).rejects.toBe(OUT);
  expect(state.cursors.get('main backfill:customers')).toMatchObject({ cursor: { after: 0 } });
  isOut = false;
  await load();
  expect(org.get('Lead', lead)).toMatchObject({ IsConverted: true });
});
