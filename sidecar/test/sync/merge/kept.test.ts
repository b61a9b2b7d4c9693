import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { ConflictRule, WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import type { HeardFailure } from '../../../src/sync/report/run-report.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';

const ORG = schemas(
  object(
    'Contact',
    field('Email', 'email'),
    field('FirstName', 'string'),
    field('LastName', 'string', { nillable: false }),
    field('Phone', 'string'),
    field('Woo_Sync_Note__c', 'string'),
  ),
);

function mappingsOf(conflictRule: ConflictRule | null) {
  const own = { mapping: 'Contact', writeWhen: 'unless_edited' };
  const { mappings, problems } = compileMappings(
    source({
      mappings: [
        mappingRow({
          ...{ name: 'Contact', resource: 'customer', object: 'Contact', conflictRule },
          matchFields: 'Email',
        }),
      ],
      fields: [
        fieldRow('Email', 'email', { mapping: 'Contact' }),
        fieldRow('FirstName', 'first_name', own),
        fieldRow('LastName', 'last_name', { ...own, transform: 'name_fallback' }),
        fieldRow('Phone', 'billing.phone', own),
      ],
    }),
    ORG,
  );
  expect(problems).toEqual([]);
  return mappings;
}

const ADA = {
  ...{ id: 3, role: 'customer', email: 'ada@shop.example' },
  ...{ first_name: 'Ada', last_name: 'Byron', billing: { phone: '1' } },
};

class World {
  readonly org = new HoldingOrg();
  state = new MemoryState();
  readonly #mappings: ReturnType<typeof mappingsOf>;
  failures: HeardFailure[] = [];
  /** Conflicts that are over. */
  settled: HeardFailure[] = [];
  /** Keys that are to be looked at once more. */
  looked: string[] = [];

  constructor(rule: ConflictRule | null = null) {
    this.#mappings = mappingsOf(rule);
  }

  /** The shop holds these customers, and all of them are looked at. */
  async load(...customers: readonly WooRecord[]) {
    this.failures = [];
    this.settled = [];
    this.looked = [];
    this.org.queried.length = 0;
    this.org.written.length = 0;
    const store = new ListStore({ customers });
    const { mappings } = await backfill({
      ...{ org: this.org.asOrg, state: this.state, store, mappings: this.#mappings },
      listener: {
        failed: (_mapping, failure) => this.failures.push(failure),
        settled: (_mapping, outcome) => this.settled.push(outcome),
        seen: () => undefined,
      },
      onStale: (links) => this.looked.push(...links.map(({ key }) => key)),
    });
    return mappings[0];
  }

  get contact(): Record<string, unknown> {
    const [contact] = this.org.of('Contact');
    if (contact === undefined) throw new Error('no contact');
    return contact;
  }

  /** A person settles the conflict of a field. */
  decide(name: string, resolution: 'take_woo' | 'take_salesforce'): void {
    this.org.add('Woo_Sync_Issue__c', {
      Issue_Key__c: `customer:Contact:main:3#${name}`,
      ...{ Resolution__c: resolution, State__c: 'open' },
    });
  }
}

describe('a field that follows the shop unless it was edited', () => {
  it('gets what only the shop has changed', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load({ ...ADA, last_name: 'Lovelace', billing: { phone: '2' } });
    expect(world.contact).toMatchObject({ LastName: 'Lovelace', Phone: '2', FirstName: 'Ada' });
    expect(world.failures).toEqual([]);
  });

  it('keeps what a person typed, without a word while the shop says what it said', async () => {
    const world = new World();
    await world.load(ADA);
    world.contact['Phone'] = '777';
    await world.load({ ...ADA, last_name: 'Lovelace' });
    await world.load({ ...ADA, last_name: 'King' });
    expect(world.contact).toMatchObject({ LastName: 'King', Phone: '777' });
    expect(world.failures).toEqual([]);
  });

  it.each([
    ['woo_wins', '2', 'CONFLICT_DECIDED'],
    ['salesforce_wins', '777', 'CONFLICT_DECIDED'],
    ['ask', '777', 'CONFLICT_OPEN'],
  ] as const)(
    'goes by the rule %s where both have changed, and is shown',
    async (rule, phone, code) => {
      const world = new World(rule);
      await world.load(ADA);
      world.contact['Phone'] = '777';
      await world.load({ ...ADA, billing: { phone: '2' } });
      expect(world.contact).toMatchObject({ Phone: phone });
      expect(world.failures).toMatchObject([
        { code, field: 'Phone', wooValue: '2', salesforceValue: '777' },
      ]);
    },
  );

  it.each([
    ['is the same on both sides now', { Phone: '2' }, '2', null],
    ["the shop's value was taken, since Salesforce holds again", { Phone: '1' }, '2', null],
    ["the shop's value was taken, as a person has decided", {}, '2', 'take_woo'],
    ["Salesforce's value was taken, as a person has decided", {}, '777', 'take_salesforce'],
  ] as const)('is in conflict no more and says why: %s', async (reason, typed, phone, decision) => {
    const world = new World('ask');
    await world.load(ADA);
    world.contact['Phone'] = '777';
    const moved = { ...ADA, billing: { phone: '2' } };
    await world.load(moved);
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN' }]);
    expect(world.settled).toEqual([]);
    Object.assign(world.contact, typed);
    if (decision !== null) world.decide('Phone', decision);
    await world.load(moved);
    expect(world.failures).toEqual([]);
    const over = { code: 'CONFLICT_OVER', field: 'Phone', aspect: 'Phone', wooValue: '2' };
    expect(world.settled).toMatchObject([over]);
    expect(world.settled[0]?.message).toContain(reason);
    expect(world.contact).toMatchObject({ Phone: phone });
  });

  it('takes the name of who registered without one, and bought later', async () => {
    const world = new World();
    const nameless = { ...ADA, first_name: '', last_name: '', billing: {} };
    await world.load(nameless);
    expect(world.contact).toMatchObject({ LastName: 'ada' });
    // Known from before: nothing was agreed on.
    world.state.twoWay.kept.clear();
    await world.load(ADA);
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Byron', Phone: '1' });
  });

  it('takes no name away: what stands in for one is not written over it', async () => {
    const world = new World();
    await world.load(ADA);
    const emptied = { ...ADA, first_name: '', last_name: '', billing: { phone: '2' } };
    await world.load(emptied);
    expect(world.contact).toMatchObject({ FirstName: null, LastName: 'Byron', Phone: '2' });
    await world.load(emptied);
    expect(world.org.queried).toEqual([]);
    await world.load({ ...ADA, last_name: 'Lovelace' });
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Lovelace' });
    expect(world.failures).toEqual([]);
  });

  it.each([
    ['says', { phone: '1' }],
    ['has empty', { phone: '' }],
    ['does not have', {}],
  ])('takes nothing from a guest whose new account %s it', async (_, billing) => {
    const world = new World();
    const guest = { ...ADA, id: 0, guest: true };
    await world.load(guest);
    const nameless = { ...ADA, first_name: '', last_name: '', billing };
    await world.load(nameless);
    await world.load(nameless);
    expect(world.contact).toMatchObject({
      ...{ Woo_Key__c: 'main:3', FirstName: 'Ada', LastName: 'Byron', Phone: '1' },
    });
    await world.load({ ...ADA, last_name: 'Lovelace', billing: { phone: '2' } });
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Lovelace', Phone: '2' });
    expect(world.org.of('Contact')).toHaveLength(1);
    expect(world.failures).toEqual([]);
  });

  it('leaves what the survivor of a merge holds, and fills what it does not', async () => {
    const world = new World();
    await world.load(ADA);
    const [old] = world.org.of('Contact');
    const survivor = world.org.add('Contact', { LastName: 'Survivor', Phone: '777' });
    world.org.merged.set(String(old?.Id), survivor);
    world.org.objects.set(
      'Contact',
      world.org.of('Contact').filter(({ Id }) => Id === survivor),
    );
    const moved = { ...ADA, email: 'new@shop.example', billing: { phone: '2' } };
    await world.load(moved);
    expect(world.contact).toMatchObject({
      ...{ LastName: 'Survivor', Phone: '777' },
      Woo_Key__c: 'main:3',
    });
    await world.load(moved);
    expect(world.contact).toMatchObject({
      ...{ LastName: 'Survivor', Phone: '777' },
      ...{ FirstName: 'Ada', Email: 'new@shop.example' },
    });
    expect(world.failures).toEqual([]);
  });

  it('makes a deleted record anew as a whole', async () => {
    const world = new World();
    await world.load(ADA);
    world.org.objects.delete('Contact');
    await world.load({ ...ADA, billing: { phone: '2' } });
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Byron', Phone: '2' });
  });

  it('keeps what differs where nothing is known, as a count and no issue', async () => {
    const world = new World();
    await world.load(ADA);
    world.contact['Phone'] = '777';
    world.state = new MemoryState();
    expect(await world.load(ADA)).toMatchObject({ kept: 1, updated: 0 });
    expect(world.org.written).toEqual([]);
    expect(await world.load(ADA)).toMatchObject({ kept: 0, updated: 0 });
    expect(world.org.queried).toEqual([]);
    expect(world.contact).toMatchObject({ Phone: '777' });
    expect(world.failures).toEqual([]);
  });

  it('asks Salesforce nothing of records whose side of the shop stays the same', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load(ADA);
    expect(world.org.queried).toEqual([]);
    expect(world.org.written).toEqual([]);
  });
});

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
        ...{ code: 'CONFLICT_OPEN', field: 'Email', wooValue: 'mallory@evil.example' },
        salesforceValue: 'ada@shop.example',
      },
    ]);
  });

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

  it('keeps its address also where the state was lost since', async () => {
    const world = await adopted();
    world.state = new MemoryState();
    await world.load(ADA);
    await world.load({ ...ADA, email: 'mallory@evil.example' });
    expect(world.contact).toMatchObject(carla);
  });

  describe('and whose take-over was undecided when the state was lost', () => {
    const moved = { ...ADA, email: 'new@shop.example' };
    const lost = async (issue: Record<string, unknown>) => {
      const world = await adopted();
      await world.load(moved);
      expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
      world.org.add('Woo_Sync_Issue__c', {
        Issue_Key__c: 'customer:Contact:main:3#Email',
        ...{ Resolution__c: null, State__c: 'open', ...issue },
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
        expect(world.failures, time).toMatchObject([
          { code: 'CONFLICT_OPEN', field: 'Email', wooValue: 'new@shop.example' },
        ]);
        expect(world.contact).toMatchObject(carla);
      }
      world.org.objects.delete('Woo_Sync_Issue__c');
      world.decide('Email', resolution);
      await world.load(moved);
      expect(world.contact).toMatchObject({ Email: email });
      expect(world.failures).toEqual([]);
      world.org.objects.delete('Woo_Sync_Issue__c');
      await world.load(moved);
      expect(world.failures).toEqual([]);
    });

    it('is none where a person has settled it', async () => {
      const world = await lost({ State__c: 'resolved', Resolution__c: 'take_salesforce' });
      await world.load(moved);
      expect(world.failures).toEqual([]);
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
    expect(world.org.written).toEqual([]);
    expect(world.contact).not.toHaveProperty('Woo_Key__c');
    const [link] = world.state.saved.values();
    expect(link).toMatchObject({ recordId: world.contact['Id'], byId: true });
  });

  it('nor from one that the address of a known customer placed', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load({ ...ADA, id: 0, guest: true, last_name: 'Other', billing: { phone: '9' } });
    expect(world.org.written).toEqual([]);
    expect(world.contact).toMatchObject({ Woo_Key__c: 'main:3', LastName: 'Byron', Phone: '1' });
  });
});

describe('two customers whose contacts were merged in Salesforce', () => {
  const BOB = { ...ADA, id: 4, email: 'bob@shop.example', first_name: 'Bob' };

  /** Bob's contact was merged into Ada's. */
  async function merged() {
    const world = new World();
    await world.load(ADA, BOB);
    const [first, second] = world.org.of('Contact');
    world.org.merged.set(String(second?.Id), String(first?.Id));
    world.org.objects.set(
      'Contact',
      [first].flatMap((one) => one ?? []),
    );
    const moved = { ...BOB, email: 'bob@new.example', billing: { phone: '2' } };
    await world.load(ADA, moved);
    return { world, moved, recordId: String(first?.Id) };
  }

  it('are named by one issue of the one whose values are not written', async () => {
    const { world, moved, recordId } = await merged();
    expect(world.looked).toEqual(['main:4']);
    for (const time of ['first', 'second']) {
      await world.load(ADA, moved);
      expect(world.failures, time).toMatchObject([
        { code: 'CUSTOMERS_MERGED', recordKey: 'main:4', recordId, field: 'Woo_Key__c' },
      ]);
      expect(world.failures[0]?.message).toContain('main:3 and main:4. It carries main:3');
    }
    expect(world.contact).toMatchObject({ Email: ADA.email, FirstName: 'Ada' });
    expect(world.org.queried, 'one query for all of them').toHaveLength(1);
    await world.load({ ...ADA, first_name: 'Augusta' });
    expect(world.failures).toEqual([]);
    expect(world.org.queried.join(), 'only what Ada has changed is asked for').not.toContain(
      'main:4',
    );
  });

  it('are two again where a person gives the other one a contact with its key', async () => {
    const { world, moved } = await merged();
    const own = world.org.add('Contact', { LastName: 'Byron', Woo_Key__c: 'main:4' });
    await world.load(ADA, moved);
    expect(world.failures).toEqual([]);
    expect(world.looked).toEqual(['main:4']);
    await world.load(ADA, moved);
    expect(world.org.get('Contact', own)).toMatchObject({ Email: 'bob@new.example' });
    expect(world.contact).toMatchObject({ Email: ADA.email });
    expect(world.failures).toEqual([]);
  });
});
