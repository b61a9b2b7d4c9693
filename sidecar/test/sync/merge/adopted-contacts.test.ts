import { describe, expect, it } from 'vitest';
import { MemoryState } from '../../support/memory-state.ts';
import { ADA, World } from './kept-world.ts';

describe('a contact that was adopted by its e-mail address', () => {
  const carla = { Email: 'ada@shop.example', LastName: 'Chief', Phone: '9' };
  const adopted = async () => {
    const world = new World();
    world.org.add('Contact', carla);
    await world.load(ADA);
    return world;
  };

  it('keeps its address and its name, whatever the customer writes into the shop', async () => {
    const world = await adopted();
    expect(world.contact).toMatchObject({ ...carla, Woo_Key__c: 'main:3' });
    await world.load({ ...ADA, email: 'mallory@evil.example' });
    await world.load({ ...ADA, email: 'mallory@evil.example' });
    expect(world.contact).toMatchObject(carla);
    expect(world.failures).toMatchObject([
      {
        code: 'CONFLICT_OPEN',
        field: 'Email',
        wooValue: 'mallory@evil.example',
        salesforceValue: 'ada@shop.example',
      },
    ]);
  });

  it('keeps its address also where the state was lost since', async () => {
    const world = await adopted();
    world.state = new MemoryState();
    await world.load(ADA);
    await world.load({ ...ADA, email: 'mallory@evil.example' });
    expect(world.contact).toMatchObject(carla);
  });

  it('asks for no issue when it is met for the first time', async () => {
    const world = await adopted();
    expect(world.org.queried.filter((soql) => soql.includes('Woo_Sync_Issue__c'))).toEqual([]);
  });

  it('is another one than a contact that we made: that follows its address', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load({ ...ADA, email: 'new@shop.example' });
    expect(world.contact).toMatchObject({ Email: 'new@shop.example' });
    expect(world.failures).toEqual([]);
  });

  it('keeps its address also where the shop has deleted the customer that it was made for', async () => {
    const world = new World();
    await world.load(ADA);
    const again = { ...ADA, id: 9, last_name: 'Other' };
    await world.load(again);
    expect(world.org.of('Contact')).toHaveLength(1);
    expect(world.contact).toMatchObject({ Woo_Key__c: 'main:9', LastName: 'Other' });
    await world.load({ ...again, email: 'mallory@evil.example' });
    expect(world.contact).toMatchObject({ Email: ADA.email });
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
  });

  it('gets not one field from a guest’s order, nor its key', async () => {
    const world = new World();
    world.org.add('Contact', carla);
    await world.load({ ...ADA, id: 0, guest: true });
    expect(world.written).toEqual([]);
    expect(world.contact).not.toHaveProperty('Woo_Key__c');
    const links = [...world.state.saved.values()].filter(({ object: of }) => of === 'Contact');
    expect(links).toHaveLength(1);
    expect(links[0]).toMatchObject({ recordId: world.contact['Id'], byId: true });
  });

  it('nor from one that the address of a known customer placed', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load({ ...ADA, id: 0, guest: true, last_name: 'Other', billing: { phone: '9' } });
    expect(world.written).toEqual([]);
    expect(world.contact).toMatchObject({ Woo_Key__c: 'main:3', LastName: 'Byron', Phone: '1' });
  });
});
