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

  it.each([
    ['take_woo', 'new@shop.example'],
    ['take_salesforce', 'ada@shop.example'],
  ] as const)('goes by a person’s word: %s', async (resolution, email) => {
    const world = await adopted();
    const moved = { ...ADA, email: 'new@shop.example' };
    await world.load(moved);
    world.decide('Email', resolution);
    await world.load(moved);
    expect(world.contact).toMatchObject({ Email: email });
    expect(world.failures).toEqual([]);
    world.org.objects.delete('Woo_Sync_Issue__c');
    await world.load(moved);
    expect(world.failures).toEqual([]);
    // The word was of that address alone.
    await world.load({ ...ADA, email: 'mallory@evil.example' });
    expect(world.contact).toMatchObject({ Email: email });
  });

  describe('and whose take-over was undecided when the state was lost', () => {
    const moved = { ...ADA, email: 'new@shop.example' };
    /** Name and phone of such a contact wait too, for it is not known any more that they are a person's. */
    const ofEmail = ({ failures }: World) => failures.filter(({ field }) => field === 'Email');
    const lost = async (issue: Record<string, unknown>) => {
      const world = await adopted();
      await world.load(moved);
      expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
      world.org.add('Woo_Sync_Issue__c', {
        Issue_Key__c: 'customer:Contact:main:3#Email',
        Resolution__c: null,
        State__c: 'open',
        ...issue,
      });
      world.state = new MemoryState();
      return world;
    };

    it.each([
      ['take_woo', 'new@shop.example'],
      ['take_salesforce', 'ada@shop.example'],
    ] as const)('is an issue until a person decides: %s', async (resolution, email) => {
      const world = await lost({});
      for (const time of ['first', 'second']) {
        await world.load(moved);
        expect(ofEmail(world), time).toMatchObject([
          { code: 'CONFLICT_OPEN', field: 'Email', wooValue: 'new@shop.example' },
        ]);
        expect(world.contact).toMatchObject(carla);
      }
      world.org.objects.delete('Woo_Sync_Issue__c');
      world.decide('Email', resolution);
      await world.load(moved);
      expect(world.contact).toMatchObject({ Email: email });
      expect(ofEmail(world)).toEqual([]);
      world.org.objects.delete('Woo_Sync_Issue__c');
      await world.load(moved);
      expect(ofEmail(world)).toEqual([]);
    });

    it('is asked again where a person had settled it: the shop may have changed it since', async () => {
      const world = await lost({ State__c: 'resolved', Resolution__c: 'take_salesforce' });
      await world.load(moved);
      expect(ofEmail(world)).toMatchObject([{ code: 'CONFLICT_OPEN' }]);
      expect(world.contact).toMatchObject(carla);
    });
  });

  describe('and that holds what the customer knows', () => {
    const known = { Email: ADA.email, FirstName: 'Ada', LastName: 'Byron', Phone: '1' };
    const evil = { ...ADA, last_name: 'Evil', billing: { phone: '666' } };
    const open = [
      { code: 'CONFLICT_OPEN', field: 'LastName', wooValue: 'Evil', salesforceValue: 'Byron' },
      { code: 'CONFLICT_OPEN', field: 'Phone', wooValue: '666', salesforceValue: '1' },
    ];
    const equal = async () => {
      const world = new World('ask');
      world.org.add('Contact', known);
      await world.load(ADA);
      expect(world.failures).toEqual([]);
      return world;
    };

    it('keeps it where he changes it afterwards', async () => {
      const world = await equal();
      await world.load(evil);
      expect(world.contact).toMatchObject(known);
      expect(world.failures).toMatchObject(open);
    });

    it('keeps it where he takes it over while a person is asked', async () => {
      const world = new World('ask');
      world.org.add('Contact', known);
      const stranger = { ...ADA, first_name: 'Mal', last_name: 'Strange', billing: { phone: '5' } };
      await world.load(stranger);
      await world.load({ ...stranger, last_name: 'Stranger', billing: { phone: '6' } });
      expect(world.failures).toMatchObject([{ field: 'LastName' }, { field: 'Phone' }]);
      await world.load(ADA);
      expect(world.settled.map(({ field }) => field)).toEqual(['FirstName', 'LastName', 'Phone']);
      await world.load(evil);
      expect(world.contact).toMatchObject(known);
      expect(world.failures).toMatchObject(open);
    });

    it('follows the shop once a person has said so', async () => {
      const world = await equal();
      await world.load(evil);
      world.decide('Phone', 'take_woo');
      await world.load(evil);
      expect(world.contact).toMatchObject({ LastName: 'Byron', Phone: '666' });
      world.org.objects.delete('Woo_Sync_Issue__c');
      await world.load({ ...evil, billing: { phone: '7' } });
      expect(world.contact).toMatchObject({ LastName: 'Byron', Phone: '7' });
      expect(world.failures).toMatchObject([{ field: 'LastName' }]);
    });

    it('follows the shop in what was empty', async () => {
      const world = new World('ask');
      world.org.add('Contact', { ...known, Phone: null });
      await world.load(ADA);
      await world.load({ ...ADA, billing: { phone: '2' } });
      expect(world.contact).toMatchObject({ ...known, Phone: '2' });
      expect(world.failures).toEqual([]);
    });
  });
});
