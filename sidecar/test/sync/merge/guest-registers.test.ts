import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryState } from '../../support/memory-state.ts';
import { ADA, CustomerWorld } from './customer-world.ts';

const GUEST = { ...ADA, id: 0, guest: true, role: 'guest' };
const MOVED = { ...ADA, email: 'moved@shop.example' };
const KEY = `main:guest:${ADA.email}`;

/** The e-mail address of who bought as a guest, registers, and changes it then. */
describe('the e-mail address of a guest who registers and changes it later', () => {
  let world: CustomerWorld;
  const email = () => world.only('Contact')['Email'];
  const waits = () => {
    expect(email()).toBe(ADA.email);
    expect(world.failures).toMatchObject([
      {
        code: 'CONFLICT_OPEN',
        field: 'Email',
        wooValue: MOVED.email,
        salesforceValue: ADA.email,
      },
    ]);
  };

  /** A contact that people made. @returns its id */
  const ofPeople = (fields: Readonly<Record<string, unknown>>) => {
    const AccountId = world.org.add('Account', { Name: 'Engines Ltd' });
    return world.org.add('Contact', { LastName: 'Chief', Email: ADA.email, AccountId, ...fields });
  };

  beforeEach(() => {
    world = new CustomerWorld();
  });

  it.each([
    ['at once', []],
    ['after more orders as a guest', [GUEST, { ...GUEST, billing: { phone: '2', city: 'Paris' } }]],
  ])('follows in the contact that we made for the guest, %s', async (_, orders) => {
    await world.load(GUEST);
    for (const order of orders) await world.load(order);
    await world.load(ADA);
    expect(email()).toBe(ADA.email);
    await world.load(MOVED);
    expect(email()).toBe(MOVED.email);
    expect(world.failures).toEqual([]);
    await world.load({ ...MOVED, email: 'again@shop.example' });
    expect(email()).toBe('again@shop.example');
  });

  it('makes a contact of its own where it changes before we hear that they registered', async () => {
    await world.load(GUEST);
    await world.load(MOVED);
    // Nothing tells that both are one person.
    expect(world.org.of('Contact').map(({ Email }) => Email)).toEqual([ADA.email, MOVED.email]);
  });

  it('waits for a person where people gave the key of the guest to a contact of their own', async () => {
    ofPeople({ Woo_Key__c: KEY });
    await world.load(GUEST);
    await world.load(ADA);
    await world.load(MOVED);
    waits();
  });

  it('waits where the order of the guest only pointed to a contact of people', async () => {
    ofPeople({});
    await world.load(GUEST);
    await world.load(ADA);
    await world.load(MOVED);
    waits();
  });

  it.each(['before they register', 'after it'])(
    'waits where the state was lost %s',
    async (when) => {
      await world.load(GUEST);
      if (when === 'after it') await world.load(ADA);
      world.state = new MemoryState();
      await world.load(ADA);
      await world.load(MOVED);
      waits();
    },
  );

  it.each(['before they register', 'after it'])(
    'follows into no contact of people into which they merged ours %s',
    async (when) => {
      await world.load(GUEST);
      if (when === 'after it') await world.load(ADA);
      const [ours] = world.org.of('Contact');
      const survivor = ofPeople({ Woo_Key__c: ours?.['Woo_Key__c'] });
      world.org.merged.set(String(ours?.Id), survivor);
      world.org.objects.set(
        'Contact',
        world.org.of('Contact').filter(({ Id }) => Id === survivor),
      );
      await world.load(ADA);
      for (let times = 0; times < 3; times += 1) await world.load(MOVED);
      expect(email()).toBe(ADA.email);
      expect(world.only('Contact')).toMatchObject({ Id: survivor, Woo_Key__c: 'main:3' });
    },
  );

  it('waits where people corrected it in Salesforce', async () => {
    await world.load(GUEST);
    await world.load(ADA);
    world.only('Contact')['Email'] = 'typed@shop.example';
    await world.load(MOVED);
    expect(email()).toBe('typed@shop.example');
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
  });
});
