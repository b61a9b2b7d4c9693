import { describe, expect, it } from 'vitest';
import type { MappingExplanation } from '../../../src/diagnostics/explain/explain.ts';
import { sameValue } from '../../../src/diagnostics/explain/org-records.ts';
import type { ConflictRule, WooRecord } from '../../../src/mapping/model/record.ts';
import { US } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { ADA, CustomerWorld } from '../../sync/merge/customer-world.ts';
import { TwoSides } from '../../sync/merge/two-sides.ts';

const MOVED = { ...ADA, billing: { phone: '2', city: 'Paris' } };
const GUEST = { ...MOVED, id: 0, guest: true, role: 'guest' };
const KNOWN = { Email: ADA.email, LastName: 'Chief', Phone: '9' };

interface Scene {
  readonly name: string;
  readonly rule?: ConflictRule;
  /** The mappings are the store's own. */
  readonly ownMappings?: boolean;
  /** What was there before; nothing for an empty org. */
  readonly before?: (world: CustomerWorld) => Promise<unknown>;
  readonly shop: WooRecord;
  /** Fields that wait for a person. */
  readonly waits?: readonly string[];
}

const typed = async (world: CustomerWorld) => {
  await world.load(ADA);
  world.only('Contact')['Phone'] = '777';
};
const adopted = async (world: CustomerWorld) => {
  world.org.add('Contact', KNOWN);
  await world.load(ADA);
};

const withAccount = (world: CustomerWorld, more: Readonly<Record<string, unknown>> = {}) => {
  const AccountId = world.org.add('Account', { Name: 'Sales Corp', Phone: '8' });
  return world.org.add('Contact', { ...KNOWN, AccountId, ...more });
};

const scenes: readonly Scene[] = [
  { name: 'a new customer', shop: ADA },
  { name: 'nothing new', before: (world) => world.load(ADA), shop: ADA },
  { name: 'a change in the shop', before: (world) => world.load(ADA), shop: MOVED },
  { name: 'an edit in Salesforce', before: typed, shop: ADA },
  {
    name: 'an edit beside another change of the shop',
    before: typed,
    shop: { ...ADA, last_name: 'King' },
  },
  { name: 'a change on both sides', before: typed, shop: MOVED, waits: ['Phone'] },
  { name: 'one that the shop wins', rule: 'woo_wins', before: typed, shop: MOVED },
  { name: 'one that Salesforce wins', rule: 'salesforce_wins', before: typed, shop: MOVED },
  {
    name: 'one that a person has decided',
    before: async (world) => {
      await typed(world);
      world.org.add('Woo_Sync_Issue__c', {
        Issue_Key__c: 'customer:Contact:main:3#Phone',
        Resolution__c: 'take_woo',
        State__c: 'open',
      });
    },
    shop: MOVED,
  },
  {
    name: 'a contact of the sales team that is found',
    before: (world) => Promise.resolve(world.org.add('Contact', KNOWN)),
    shop: ADA,
  },
  {
    name: 'a contact of the sales team that is found with its account',
    before: (world) => Promise.resolve(withAccount(world)),
    shop: ADA,
  },
  {
    name: 'a guest who orders with the address of a contact that has an account',
    before: (world) => Promise.resolve(withAccount(world)),
    shop: GUEST,
  },
  {
    name: 'a contact of another store with its account',
    before: (world) => Promise.resolve(withAccount(world, { Woo_Key__c: 'two:5' })),
    shop: ADA,
  },
  {
    name: 'another e-mail address of one that was adopted by it',
    before: adopted,
    shop: { ...MOVED, email: 'mallory@evil.example' },
    waits: ['Email', 'Phone'],
  },
  {
    name: 'another e-mail address of one that we made',
    before: (world) => world.load(ADA),
    shop: { ...ADA, email: 'new@shop.example' },
  },
  { name: 'who registers again', before: typed, shop: { ...MOVED, id: 9 }, waits: ['Phone'] },
  {
    name: 'who registers again, and changes the address',
    before: async (world) => {
      await world.load(ADA);
      await world.load({ ...ADA, id: 9 });
    },
    shop: { ...MOVED, id: 9, email: 'mallory@evil.example' },
    waits: ['Email'],
  },
  {
    name: 'a name that the shop has no more',
    before: (world) => world.load(ADA),
    shop: { ...ADA, first_name: '', last_name: '', billing: { phone: '2', city: '' } },
  },
  {
    name: 'a guest who orders with the address of a contact',
    before: (world) => Promise.resolve(world.org.add('Contact', KNOWN)),
    shop: GUEST,
  },
  {
    name: 'one who does so again, by mappings of the store',
    ownMappings: true,
    before: (world) => {
      world.org.add('Contact', KNOWN);
      return world.load(GUEST);
    },
    shop: { ...GUEST, billing: { phone: '3', city: 'Rome' } },
  },
  { name: 'a guest who has an account', before: (world) => world.load(ADA), shop: GUEST },
  {
    name: 'a guest whom we know',
    before: (world) => world.load({ ...GUEST, billing: ADA.billing }),
    shop: GUEST,
  },
  {
    name: 'a contact of another store',
    before: (world) => Promise.resolve(world.org.add('Contact', { ...KNOWN, Woo_Key__c: 'two:5' })),
    shop: ADA,
  },
  {
    name: 'one that the state has forgotten',
    before: async (world) => {
      await typed(world);
      world.state = new MemoryState();
    },
    shop: MOVED,
    waits: ['MailingCity', 'Phone'],
  },
];

/** Fields of the record that would change, by what is said of it. */
function toChange({ action, trace, beside, stays }: MappingExplanation): readonly string[] {
  if (!['create', 'adopt', 'update'].includes(action)) return [];
  return trace.fields
    .filter(({ field, result }) => {
      const now = beside.find((one) => one.field === field)?.now ?? null;
      return result !== undefined && stays[field] === undefined && !sameValue(result, now);
    })
    .map(({ field }) => field)
    .sort();
}

/** Fields of the object's only record that are not what they were. */
function changed(
  before: Readonly<Record<string, unknown>> | undefined,
  after: Readonly<Record<string, unknown>> | undefined,
  fields: readonly string[],
): readonly string[] {
  return fields.filter((name) => !sameValue(after?.[name], before?.[name])).sort();
}

describe('what is explained is what the sync does', () => {
  it.each(scenes)('$name', async ({ rule, ownMappings = false, before, shop, waits = [] }) => {
    const world = new CustomerWorld(undefined, {
      ...(rule && { conflictRule: rule }),
      ownMappings,
    });
    await before?.(world);
    const id = shop['guest'] === true ? `guest:${ADA.email}` : Number(shop['id']);
    const said = (await world.explain(id, shop)).parts.flatMap(({ mappings }) => mappings);
    const there = new Map(
      [...world.org.objects].map(([name, records]) => [name, records.map((one) => ({ ...one }))]),
    );
    await world.load(shop);
    for (const one of said) {
      const records = world.org.of(one.object);
      const old = there.get(one.object) ?? [];
      const at = records.findIndex(({ Id }) => Id === (one.recordId ?? records.at(-1)?.Id));
      const fields = one.trace.fields.map(({ field }) => field);
      expect(records.length - old.length, one.action).toBe(one.action === 'create' ? 1 : 0);
      expect(toChange(one), `${one.object}: ${one.why}`).toEqual(
        changed(old[at], records[at], fields),
      );
      const isWritten = world.org.written.some(({ object }) => object === one.object);
      if (one.action === 'unchanged') expect(isWritten, one.object).toBe(false);
      if (one.action === 'update') expect(isWritten, one.object).toBe(true);
    }
    const waiting = said.flatMap(({ object, stays }) =>
      Object.entries(stays).flatMap(([field, why]) =>
        why.startsWith('waits for a person') ? [`${object} ${field}`] : [],
      ),
    );
    expect(waiting.filter((one) => one.startsWith('Contact '))).toEqual(
      waits.map((field) => `Contact ${field}`),
    );
    const open = world.failures.filter(({ code }) => code === 'CONFLICT_OPEN');
    expect(open.map(({ field }) => field).sort()).toEqual(
      waiting.map((one) => one.split(' ')[1]).sort(),
    );
  });

  it('writes nothing by itself, and says what it cannot know without the state', async () => {
    const state = new MemoryState();
    const world = new CustomerWorld(state);
    await adopted(world);
    const held = () => JSON.stringify([world.org.of('Account'), world.org.of('Contact')]);
    const known = held();
    const remembered = JSON.stringify([[...state.saved], [...state.twoWay.kept]]);
    await world.explain(3, { ...MOVED, email: 'mallory@evil.example' });
    expect(held()).toBe(known);
    expect(JSON.stringify([[...state.saved], [...state.twoWay.kept]])).toBe(remembered);
    const blind = await world.explainBlind(3, { ...MOVED, email: 'mallory@evil.example' });
    const contact = blind.parts[0]?.mappings.find(({ object }) => object === 'Contact');
    expect(contact?.action).toBe('unknown');
    expect(contact?.stays['Email']).toContain('unless it waits for a person');
  });
});

describe('what is explained while a running service has the state', () => {
  async function blind(shop: WooRecord, before: (world: CustomerWorld) => unknown) {
    const world = new CustomerWorld();
    await before(world);
    const { parts } = await world.explainBlind(Number(shop['id']), shop);
    const said = parts.flatMap(({ mappings }) => mappings);
    return said.map(({ object, action, why }) => ({ object, action, why }));
  }
  const unknown = 'Whether the sidecar knows a record of it already cannot be looked at here';

  it('is not that a record would be made which is linked without its key', async () => {
    const foreign = { ...KNOWN, Woo_Key__c: 'two:5' };
    const said = await blind({ ...ADA, email: 'new@shop.example' }, async (world) => {
      withAccount(world, foreign);
      await world.load(ADA);
    });
    const why = `Salesforce has no record with its key, and none matches. ${unknown}; if it does not, it would be created.`;
    expect(said).toContainEqual({ object: 'Contact', action: 'unseen', why });
  });

  it('is not that one would be taken over, or stays out, as if that were sure', async () => {
    const said = await blind(ADA, (world) => withAccount(world));
    for (const object of ['Account', 'Contact'])
      expect(said).toContainEqual({
        object,
        action: 'unseen',
        why: expect.stringMatching(
          `Its match fields find .* ${unknown}; if it does not, it would go there`,
        ) as string,
      });
  });
});

describe('what is explained of a product that goes both ways', () => {
  interface ProductScene {
    readonly name: string;
    readonly rule?: ConflictRule;
    readonly woo?: WooRecord;
    readonly salesforce?: Readonly<Record<string, unknown>>;
    readonly stays?: Readonly<Record<string, unknown>>;
  }
  const decided = 'was changed on both sides';
  const scenes: readonly ProductScene[] = [
    { name: 'nothing new' },
    { name: 'a change in the shop', woo: { name: 'Mate', regular_price: '12' } },
    {
      name: 'an edit in Salesforce',
      salesforce: { Name: 'Chai' },
      stays: { Name: "left alone: Salesforce's value goes to the shop" },
    },
    {
      name: 'another field on each side',
      woo: { regular_price: '12' },
      salesforce: { Name: 'Chai' },
      stays: { Name: "left alone: Salesforce's value goes to the shop" },
    },
    {
      name: 'one field on both sides',
      rule: 'ask',
      woo: { name: 'Mate' },
      salesforce: { Name: 'Chai' },
      stays: { Name: `waits for a person: Name ${decided}: nothing was overwritten` },
    },
    {
      name: 'one that the shop wins',
      rule: 'woo_wins',
      woo: { name: 'Mate' },
      salesforce: { Name: 'Chai' },
    },
    {
      name: 'one that Salesforce wins',
      rule: 'salesforce_wins',
      woo: { name: 'Mate' },
      salesforce: { Name: 'Chai' },
      stays: { Name: `left alone: Name ${decided}: Salesforce's value was kept` },
    },
  ];

  it.each(scenes)('is what the sync does: $name', async (scene) => {
    const sides = new TwoSides(scene.rule ?? 'woo_wins');
    await sides.begin(1);
    if (scene.woo) sides.shop.change(1, scene.woo);
    if (scene.salesforce) {
      sides.editSalesforce(1, scene.salesforce);
      await sides.tell(1);
    }
    const said = await sides.explain(1);
    expect(sides.writes).toBe(0);
    const before = { ...sides.record(1) };
    await sides.run();
    expect(toChange(said), said.why).toEqual(
      changed(before, sides.record(1), ['Name', 'Price__c', 'Stock__c']),
    );
    expect(said.action === 'update', said.why).toBe(sides.org.written.length > 0);
    expect(said.stays).toEqual(scene.stays ?? {});
  });
});

describe('of what the shop alone says and Salesforce holds otherwise', () => {
  it.each([
    ['a person', '005000000000002AAA', 'update'],
    ['the integration user, as a trigger does', US, 'unchanged'],
  ])('what is explained is what the sync does: changed by %s', async (_, by, action) => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Stock__c: 99, LastModifiedById: by });
    await sides.tell(1);
    const said = await sides.explain(1);
    expect(said.action).toBe(action);
    await sides.settle();
    expect(sides.org.written).toHaveLength(action === 'update' ? 1 : 0);
  });
});
