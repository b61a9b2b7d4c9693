import { expect, it } from 'vitest';
import { ChangeSync } from '../../../src/engine/store/change-sync.ts';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { mappingTo } from '../../support/rows.ts';

const fine = { recordSuccess: () => undefined };

it('says of a held mapping and of one beside it that nothing was looked at, but where records may have been written', async () => {
  const orders = mappingTo('Woo_Order__c', { resource: 'order' });
  const contacts = mappingTo('Contact', { resource: 'customer' });
  const held = [{ name: 'Beside', resource: 'order', object: 'Woo_Order__c' }];
  const store = new IdStore({});
  const setup = { store, mappings: [orders, contacts], held } as unknown as StoreSetup;
  const parts = {
    ...{ org: new HoldingOrg().asOrg, state: new MemoryState(), links: null },
    ...{ budget: { keepReserve: () => Promise.resolve() } },
    availability: { org: fine, budget: fine, store: () => fine },
    clock: { now: () => new Date(0) },
  } as unknown as StoreParts;
  const { lookedAt, writtenTo } = await new ChangeSync(setup, parts).sync([]);
  expect(lookedAt).toEqual([{ resource: 'customer', object: 'Contact' }]);
  expect(writtenTo?.map(({ object }) => object)).toEqual(['Woo_Order__c', 'Contact']);
});
