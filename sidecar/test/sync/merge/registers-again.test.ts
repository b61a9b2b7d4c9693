import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState } from '../../../src/state/state.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { type Engine, engines } from '../../state/support/engines.ts';
import { ADA, CustomerWorld } from './customer-world.ts';

/** The same person, whom the shop has deleted and who has registered anew. */
const AGAIN = { ...ADA, id: 9 };
const MOVED = {
  ...AGAIN,
  first_name: 'Augusta',
  last_name: 'Lovelace',
  billing: { phone: '2', city: 'Paris' },
};
const FOLLOWED = {
  Contact: {
    Woo_Key__c: 'main:9',
    FirstName: 'Augusta',
    LastName: 'Lovelace',
    Phone: '2',
    MailingCity: 'Paris',
    Email: ADA.email,
  },
  Account: {
    Woo_Key__c: 'main:9',
    Name: 'Augusta Lovelace',
    Phone: '2',
    BillingCity: 'Paris',
  },
};

function isFollowed(world: CustomerWorld): void {
  expect(world.only('Contact')).toMatchObject(FOLLOWED.Contact);
  expect(world.only('Account')).toMatchObject(FOLLOWED.Account);
  expect(world.failures).toEqual([]);
}

describe.each(engines)('a customer who registers again, with $name', ({ start }) => {
  let engine: Engine;
  let world: CustomerWorld;

  beforeEach(async () => {
    engine = await start();
    world = new CustomerWorld(await openState(engine.location));
  });
  afterEach(async () => {
    await world.state.close();
    await engine.stop();
  });

  it('is followed after restarts, also one in the middle of the write', async () => {
    const restart = async () => {
      await world.state.close();
      world.state = await openState(engine.location);
    };
    await world.load(ADA);
    await world.change([3]);
    await restart();
    await world.load({ ...ADA, id: 0, guest: true, billing: { phone: '9', city: 'Oslo' } });
    await restart();
    const write = world.org.write.bind(world.org);
    world.org.write = async (collections) => {
      await write(collections);
      throw new Error('the process ends here');
    };
    await expect(world.load(MOVED)).rejects.toThrow('ends here');
    world.org.write = write;
    await restart();
    await world.load(MOVED);
    isFollowed(world);
    await restart();
    await world.load({ ...MOVED, billing: { phone: '3', city: 'Rome' } });
    expect(world.only('Contact')).toMatchObject({ Phone: '3', MailingCity: 'Rome' });
    expect(world.only('Account')).toMatchObject({ Phone: '3', BillingCity: 'Rome' });
    expect(world.failures).toEqual([]);
  });
});

describe('a customer who registers again', () => {
  let world: CustomerWorld;

  beforeEach(() => {
    world = new CustomerWorld();
  });

  it('brings what is new in the shop, and what changes later', async () => {
    await world.load(ADA);
    await world.load(MOVED);
    isFollowed(world);
    await world.load({ ...MOVED, billing: { phone: '3', city: 'Rome' } });
    expect(world.only('Contact')).toMatchObject({ Phone: '3', MailingCity: 'Rome' });
    expect(world.only('Account')).toMatchObject({ Phone: '3', BillingCity: 'Rome' });
    expect(world.failures).toEqual([]);
  });

  it('does so also where deletion and registration are one batch', async () => {
    await world.change([3], ADA);
    await world.change([3, 9], MOVED);
    isFollowed(world);
    await world.change([3, 9], MOVED);
    expect(world.org.written).toEqual([]);
  });

  it('or days apart, with orders as a guest between', async () => {
    await world.change([3], ADA);
    await world.change([3]);
    await world.load({ ...ADA, id: 0, guest: true, billing: { phone: '9', city: 'Oslo' } });
    expect(world.only('Contact')).toMatchObject({ Phone: '1', MailingCity: 'London' });
    await world.change([9], MOVED);
    isFollowed(world);
  });

  it('twice', async () => {
    await world.load(ADA);
    await world.load({ ...AGAIN, billing: { phone: '5', city: 'Bonn' } });
    await world.load({ ...MOVED, id: 12 });
    expect(world.only('Contact')).toMatchObject({ ...FOLLOWED.Contact, Woo_Key__c: 'main:12' });
    expect(world.only('Account')).toMatchObject({ ...FOLLOWED.Account, Woo_Key__c: 'main:12' });
    expect(world.failures).toEqual([]);
  });

  it('keeps what a person typed, and asks only where the shop has changed it too', async () => {
    await world.load(ADA);
    world.only('Contact')['Phone'] = '777';
    await world.load({ ...AGAIN, billing: { phone: '1', city: 'Paris' } });
    expect(world.only('Contact')).toMatchObject({ Phone: '777', MailingCity: 'Paris' });
    expect(world.failures).toEqual([]);
    await world.load(MOVED);
    expect(world.only('Contact')).toMatchObject({ Phone: '777', LastName: 'Lovelace' });
    expect(world.failures).toMatchObject([
      { code: 'CONFLICT_OPEN', field: 'Phone', salesforceValue: '777', wooValue: '2' },
    ]);
  });

  it('takes nothing away while the new account is blank, and follows it later', async () => {
    await world.load(ADA);
    await world.load({ ...AGAIN, first_name: '', last_name: '', billing: { phone: '', city: '' } });
    const before = { Phone: '1', MailingCity: 'London', FirstName: 'Ada', LastName: 'Byron' };
    expect(world.only('Contact')).toMatchObject({ ...before, Woo_Key__c: 'main:9' });
    await world.load(MOVED);
    isFollowed(world);
  });

  it('leaves the e-mail address to a person', async () => {
    await world.load(ADA);
    await world.load(MOVED);
    await world.load({ ...MOVED, email: 'mallory@evil.example' });
    expect(world.only('Contact')).toMatchObject(FOLLOWED.Contact);
    expect(world.failures).toMatchObject([
      { code: 'CONFLICT_OPEN', field: 'Email', wooValue: 'mallory@evil.example' },
    ]);
  });

  it('is not a colleague who registers in the same batch', async () => {
    await world.load(ADA);
    const { Id: AccountId } = world.only('Account');
    const email = 'bob@shop.example';
    world.org.add('Contact', { LastName: 'Smith', Email: email, AccountId });
    const bob = { ...MOVED, id: 8, email, first_name: 'Bob', last_name: 'Smith' };
    await world.load(bob, AGAIN);
    const account = { Woo_Key__c: 'main:9', Name: 'Ada Byron', BillingCity: 'London' };
    expect(world.only('Account')).toMatchObject(account);
    await world.load(bob, MOVED);
    expect(world.only('Account')).toMatchObject(FOLLOWED.Account);
  });

  it('is somebody else where nothing but the name is the same: what is there stays', async () => {
    world = new CustomerWorld(new MemoryState(), { accountsBy: 'Name' });
    await world.load(ADA);
    const other = { ...AGAIN, email: 'other@shop.example', billing: { phone: '2', city: 'Paris' } };
    await world.load(other);
    expect(world.only('Account')).toMatchObject({ Phone: '1', BillingCity: 'London' });
  });
});
