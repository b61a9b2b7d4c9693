import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryState } from '../../support/memory-state.ts';
import { ADA, CustomerWorld } from './customer-world.ts';

const GUEST = { ...ADA, id: 0, guest: true, role: 'guest' };
const LATER = { ...GUEST, billing: { phone: '2', city: 'Paris', company: 'Mallory Ltd' } };

describe.each([
  { by: 'mappings of all stores', ownMappings: false },
  { by: 'mappings of the store', ownMappings: true },
])(
  'the order of a guest with the address of a contact of the sales team, by $by',
  ({ ownMappings }) => {
    let world: CustomerWorld;
    let before: string;
    const held = () => JSON.stringify([world.org.of('Account'), world.org.of('Contact')]);

    beforeEach(() => {
      world = new CustomerWorld(undefined, { ownMappings });
      const AccountId = world.org.add('Account', { Name: 'Engines Ltd' });
      world.org.add('Contact', { LastName: 'Chief', Email: ADA.email, AccountId });
      before = held();
    });

    it('fills nothing, neither of the contact nor of its account, however often', async () => {
      await world.load(GUEST);
      expect(held()).toBe(before);
      await world.load(LATER);
      expect(held()).toBe(before);
      world.state = new MemoryState();
      await world.load(GUEST);
      await world.load(LATER);
      expect(held()).toBe(before);
      expect(world.written).toEqual([]);
      expect(world.failures).toEqual([]);
    });

    it('nor where a customer whose contact it is orders without signing in', async () => {
      await world.load(ADA);
      before = held();
      await world.load(ADA, LATER);
      await world.load(ADA, LATER);
      expect(held()).toBe(before);
    });

    it('nor where the company is found by its name', async () => {
      world = new CustomerWorld(undefined, { accountsBy: 'Name', ownMappings });
      world.org.add('Account', { Name: 'Mallory Ltd' });
      before = JSON.stringify(world.org.of('Account'));
      await world.load(LATER);
      await world.load({ ...LATER, billing: { ...LATER.billing, phone: '3' } });
      expect(JSON.stringify(world.org.of('Account'))).toBe(before);
    });

    it('while who registers fills what is empty, and writes over nothing', async () => {
      await world.load(GUEST);
      await world.load(ADA);
      expect(world.only('Contact')).toMatchObject({
        Woo_Key__c: 'main:3',
        LastName: 'Chief',
        FirstName: 'Ada',
        Phone: '1',
      });
      expect(world.only('Account')).toMatchObject({
        Woo_Key__c: 'main:3',
        Name: 'Engines Ltd',
        Phone: '1',
        BillingCity: 'London',
      });
    });
  },
);
