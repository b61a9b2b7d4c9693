import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { US } from '../../support/holding-org.ts';
import { ADA, World } from './kept-world.ts';

const PERSON = '005000000000002AAA';
const MOVED = { ...ADA, billing: { phone: '2' } };
const RULES = ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const;

/** A contact that was loaded, and of which nothing is known any more. */
async function lost(rule: ConflictRule, before?: (world: World) => unknown): Promise<World> {
  const world = new World(rule);
  await world.load(ADA);
  before?.(world);
  world.loseState();
  return world;
}

const typed = (world: World) => world.touch({ Phone: '777' }, PERSON);

describe.each(RULES)(
  'of a field that follows the shop unless it was edited, by the rule %s',
  (rule) => {
    it('what the shop has changed while the state was lost arrives where nobody has touched the contact', async () => {
      const world = await lost(rule, (of) => of.untouched());
      expect(await world.load(MOVED)).toMatchObject({ kept: 0, updated: 1 });
      expect(world.contact).toMatchObject({ Phone: '2' });
      expect(world.failures).toEqual([]);
      await world.load({ ...MOVED, billing: { phone: '3' } });
      expect(world.contact).toMatchObject({ Phone: '3' });
      expect(world.failures).toEqual([]);
    });

    it.each([
      ['a person has touched it since', (of: World) => of.touch({}, PERSON)],
      ['we have written beside it since', (of: World) => of.touch({ Woo_Sync_Note__c: 'x' }, US)],
      [
        'a person typed it, and we have written beside it',
        (of: World) => {
          typed(of);
          of.touch({ Woo_Sync_Note__c: 'x' }, US);
        },
      ],
    ])('waits for a person where both differ and %s', async (_, before) => {
      const world = await lost(rule, before);
      const { Phone: held } = world.contact;
      expect(await world.load(MOVED)).toMatchObject({ kept: 0 });
      expect(world.contact).toMatchObject({ Phone: held });
      expect(world.failures).toMatchObject([
        {
          code: 'CONFLICT_OPEN',
          field: 'Phone',
          wooValue: '2',
          salesforceValue: held,
          message:
            'Phone differs, and what both sides held before is not known any more: nothing was overwritten.',
        },
      ]);
    });

    it('waits for a person where the night has come before the first load', async () => {
      const world = await lost(rule, typed);
      const found = { recordId: String(world.contact['Id']), state: 'unverified' } as const;
      const rest = { hash: null, parentKey: null, byId: false, readNumber: 0 };
      await world.state.didWrite([{ object: 'Contact', key: 'main:3', ...found, ...rest }], []);
      await world.state.clearHashes(['main:3'], null);
      await world.load(MOVED);
      expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Phone' }]);
      expect(world.contact).toMatchObject({ Phone: '777' });
    });

    it.each([
      ['take_woo', '2'],
      ['take_salesforce', '777'],
    ] as const)('goes by what a person says: %s', async (said, phone) => {
      const world = await lost(rule, typed);
      await world.load(MOVED);
      world.decide('Phone', said);
      await world.load(MOVED);
      expect(world.contact).toMatchObject({ Phone: phone });
      expect(world.failures).toEqual([]);
      expect(world.settled).toMatchObject([{ code: 'CONFLICT_OVER', field: 'Phone' }]);
      world.org.objects.set('Woo_Sync_Issue__c', []);
      await world.load(MOVED);
      expect(world.contact).toMatchObject({ Phone: phone });
      expect([world.failures, world.org.queried]).toEqual([[], []]);
    });

    it('waits on, look after look, also before its issue is in Salesforce', async () => {
      const world = await lost(rule, typed);
      for (const _ of [1, 2, 3]) {
        await world.load(MOVED);
        expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Phone' }]);
      }
      const third = { ...ADA, billing: { phone: '3' } };
      await world.load(third);
      expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', wooValue: '3' }]);
      expect(world.contact).toMatchObject({ Phone: '777' });
    });

    it('is over where both sides come to hold the same, and follows the shop from then on', async () => {
      const world = await lost(rule, typed);
      await world.load(MOVED);
      world.touch({ Phone: '2' }, PERSON);
      await world.load(MOVED);
      expect(world.failures).toEqual([]);
      expect(world.settled).toMatchObject([{ code: 'CONFLICT_OVER', field: 'Phone' }]);
      await world.load({ ...ADA, billing: { phone: '3' } });
      expect(world.contact).toMatchObject({ Phone: '3' });
      expect(world.failures).toEqual([]);
    });

    it.each(['saveBase', 'write', 'didWrite'] as const)(
      'is not forgotten by a process that ends in the midst of it: %s',
      async (call) => {
        const world = await lost(rule, (of) => of.untouched());
        const both = { ...MOVED, last_name: 'Lovelace' };
        await world.loadUntil(call, { afterWrite: call === 'didWrite' }, both);
        await world.load(both);
        expect(world.contact).toMatchObject({ Phone: '2', LastName: 'Lovelace' });
        expect(world.failures).toEqual([]);
      },
    );
  },
);

describe('nobody is asked', () => {
  it('of what both sides hold alike', async () => {
    const world = await lost('ask', (of) => of.touch({ Woo_Sync_Note__c: 'x' }, US));
    expect(await world.load(ADA)).toMatchObject({ kept: 0, updated: 0 });
    expect([world.failures, world.settled]).toEqual([[], []]);
  });

  it.each([
    ['an empty field of Salesforce is filled', { Phone: null }, MOVED, '2'],
    ['what is empty in the shop clears nothing', {}, { ...ADA, billing: { phone: '' } }, '1'],
  ])('where a side is empty: %s', async (_, there, shop, phone) => {
    const world = await lost('ask', (of) => of.touch(there, PERSON));
    await world.load(shop);
    expect(world.contact).toMatchObject({ Phone: phone });
    expect(world.failures).toEqual([]);
  });

  it('of a name that stands in for one, on either side', async () => {
    const nameless = { ...ADA, first_name: '', last_name: '' };
    const world = await lost('ask', (of) => of.touch({ LastName: 'Typed' }, PERSON));
    await world.load(nameless);
    expect(world.contact).toMatchObject({ LastName: 'Typed' });
    expect(world.failures).toEqual([]);
    const other = new World('ask');
    await other.load(nameless);
    other.touch({}, PERSON);
    other.loseState();
    await other.load(ADA);
    expect(other.contact).toMatchObject({ LastName: 'Byron' });
    expect(other.failures).toEqual([]);
  });

  it('of a contact that is met for the first time, whose values stay', async () => {
    const world = new World('ask');
    world.org.add('Contact', { Email: ADA.email, LastName: 'Chief', Phone: '9' });
    expect(await world.load(ADA)).toMatchObject({ adopted: 1, kept: 2 });
    expect(world.contact).toMatchObject({ LastName: 'Chief', Phone: '9', FirstName: 'Ada' });
    expect([world.failures, world.askedWho]).toEqual([[], 0]);
  });

  it('of a field that begins to be kept, for the state knows the contact', async () => {
    const world = new World('ask');
    await world.load(ADA);
    typed(world);
    world.state.twoWay.kept.clear();
    expect(await world.load(ADA)).toMatchObject({ kept: 1 });
    expect(world.contact).toMatchObject({ Phone: '777' });
    expect([world.failures, world.askedWho]).toEqual([[], 0]);
  });
});

describe('what it costs', () => {
  it('a first load of new customers asks nothing more', async () => {
    const world = new World('ask');
    await world.load(ADA, { ...ADA, id: 4, email: 'bea@shop.example' });
    expect(world.askedWho).toBe(0);
    expect(
      world.org.queried.filter((soql) => /LastModifiedById|Woo_Sync_Issue__c/.test(soql)),
    ).toEqual([]);
  });

  it('a load after a lost state one question of who we are, and one of what is decided where contacts differ', async () => {
    const world = new World('woo_wins');
    await world.load(ADA);
    world.loseState();
    await world.load(ADA);
    expect(world.askedWho).toBe(1);
    const queries = world.org.queried.length;
    const other = await lost('woo_wins', typed);
    await other.load(ADA);
    const issues = other.org.queried.filter((soql) => soql.includes('Woo_Sync_Issue__c'));
    expect([other.askedWho, issues.length, other.org.queried.length - queries]).toEqual([1, 1, 1]);
  });

  it('a bad record among good ones: each is looked at by itself', async () => {
    const bea = { ...ADA, id: 4, email: 'bea@shop.example', billing: { phone: '5' } };
    const world = new World('ask');
    await world.load(ADA, bea);
    for (const one of world.org.of('Contact')) one['CreatedDate'] = one['LastModifiedDate'];
    typed(world);
    world.loseState();
    await world.load(ADA, { ...bea, billing: { phone: '6' } });
    expect(world.org.of('Contact').map(({ Phone }) => Phone)).toEqual(['777', '6']);
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', recordKey: 'main:3' }]);
  });

  it('its e-mail address waits for a person, also where nobody has touched it', async () => {
    const world = await lost('woo_wins', (of) => of.untouched());
    await world.load({ ...ADA, email: 'new@shop.example' });
    expect(world.contact).toMatchObject({ Email: ADA.email });
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
  });

  it('is said by a dry run before, which changes nothing', async () => {
    const world = await lost('ask', typed);
    await world.loadDry(MOVED);
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Phone' }]);
    expect([world.contact['Phone'], world.org.written]).toEqual(['777', []]);
  });
});
