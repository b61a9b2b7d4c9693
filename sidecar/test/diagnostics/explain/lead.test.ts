import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/diagnostics/explain/explain.ts';
import type { LeadExplanation } from '../../../src/diagnostics/explain/lead.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { LeadSettings } from '../../../src/ports/org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { ADA, CustomerWorld } from '../../sync/merge/customer-world.ts';

const BUYER: WooRecord = { ...ADA, is_paying_customer: true };
const GUEST: WooRecord = { ...ADA, id: 0, guest: true, role: 'guest' };
const CONVERT: LeadSettings = { rule: 'convert', convertedStatus: 'Closed - Converted' };
const LINK: LeadSettings = { rule: 'link', convertedStatus: null };

interface Scene {
  readonly name: string;
  readonly settings?: LeadSettings;
  readonly shop?: WooRecord;
  readonly before?: (world: CustomerWorld) => unknown;
  readonly said: readonly [action: LeadExplanation['action'], why: RegExp, code?: string];
}

const oneLead = (world: CustomerWorld) => world.org.addLead();
const withoutLinkField = (world: CustomerWorld) => {
  const { lead } = world.org;
  if (lead === null) throw new Error('the org has leads');
  const fields = new Map([...lead.fields].filter(([name]) => name !== 'woo_contact__c'));
  world.org.lead = { ...lead, fields };
  return world.org.addLead();
};
/** The contact is there, as the sync has written it. */
const written = async (world: CustomerWorld, of: WooRecord = BUYER) => {
  await world.load(of);
  return world.org.addLead();
};

const scenes: readonly Scene[] = [
  {
    name: 'an open lead of a contact that is there',
    before: (world) => written(world),
    said: ['convert', /^Lead Lead-\d+ would become contact Contact-\d+ and account Account-\d+, /],
  },
  {
    name: 'an open lead of a contact that is made',
    before: oneLead,
    said: ['convert', /would become the contact that is made and its account, with the status "C/],
  },
  {
    name: 'a store that links',
    settings: LINK,
    before: (world) => written(world),
    said: ['link', /^Lead Lead-\d+ would be linked to contact Contact-\d+\.$/],
  },
  {
    name: 'a guest, who is linked where others are converted',
    shop: GUEST,
    before: oneLead,
    said: ['link', /linked to the contact that is made\. Leads of guests are never converted\.$/],
  },
  {
    name: 'a guest where the field is missing',
    shop: GUEST,
    before: withoutLinkField,
    said: ['leave', /guest, and not linked: .* does not see the field Lead\.Woo_Contact__c/],
  },
  {
    name: 'a guest whose contact is there',
    shop: GUEST,
    before: (world) => written(world, GUEST),
    said: ['leave', /looked for when the contact is made/],
  },
  { name: 'no lead', said: ['leave', /^No open lead has the address of the buyer/] },
  {
    name: 'one that was converted',
    before: (world) => world.org.addLead({ IsConverted: true }),
    said: ['leave', /^No open lead/],
  },
  {
    name: 'one of another store',
    before: (world) => world.org.addLead({ Woo_Key__c: 'two:5' }),
    said: ['leave', /another store/],
  },
  {
    name: 'one that somebody has linked',
    settings: LINK,
    before: (world) => world.org.addLead({ Woo_Contact__c: 'Contact-0' }),
    said: ['leave', /is linked to contact Contact-0 already/],
  },
  {
    name: 'who has not paid yet',
    shop: { ...BUYER, is_paying_customer: false },
    before: oneLead,
    said: ['leave', /has not paid for an order/],
  },
  {
    name: 'two contacts that may be meant',
    before: (world) => {
      for (const LastName of ['Byron', 'King'])
        world.org.add('Contact', { LastName, Email: ADA.email });
      return oneLead(world);
    },
    said: ['leave', /^Its contact would not be written/],
  },
  {
    name: 'two leads',
    before: (world) => [oneLead(world), oneLead(world)],
    said: ['refused', /^2 open leads have the address.* Merge them/, 'LEADS_AMBIGUOUS'],
  },
  {
    name: 'a contact without an account',
    before: async (world) => {
      await written(world);
      world.only('Contact')['AccountId'] = null;
    },
    said: ['refused', /has no account.* Give the contact an account/, 'LEAD_NO_ACCOUNT'],
  },
  {
    name: 'no status for converted ones',
    settings: { ...CONVERT, convertedStatus: null },
    before: (world) => written(world),
    said: ['refused', /Converted Lead Status/, 'LEAD_STATUS_MISSING'],
  },
  {
    name: 'leads that the integration user does not see',
    before: (world) => {
      world.org.lead = null;
    },
    said: ['refused', /may not see leads/, 'LEADS_NOT_GRANTED'],
  },
  {
    name: 'a store that links, without the field',
    settings: LINK,
    before: withoutLinkField,
    said: ['refused', /does not see the field/, 'LEADS_NOT_GRANTED'],
  },
];

const leadsOf = (world: CustomerWorld) => JSON.stringify(world.org.of('Lead'));

describe('what is said of the lead of a buyer is what the sync does', () => {
  it.each(scenes)('$name', async ({ settings = CONVERT, shop = BUYER, before, said }) => {
    const world = new CustomerWorld(undefined, { leads: settings });
    await before?.(world);
    const there = leadsOf(world);
    const id = shop['guest'] === true ? `guest:${ADA.email}` : Number(shop['id']);
    const { lead } = await world.explain(id, shop);
    const [action, why, code = null] = said;
    expect(lead).toMatchObject({ rule: settings.rule, action, code });
    expect(lead?.why).toMatch(why);
    expect(leadsOf(world)).toBe(there);

    await world.load(shop);
    const told = world.failures.filter((one) => one.code.startsWith('LEAD'));
    expect(told.map((one) => one.code)).toEqual(code === null ? [] : [code]);
    const [first] = world.org.of('Lead');
    if (action === 'convert') expect(first).toMatchObject({ IsConverted: true });
    if (action === 'link') expect(first?.['Woo_Contact__c']).toBe(world.only('Contact')['Id']);
    if (action === 'leave' || action === 'refused') expect(leadsOf(world)).toBe(there);
  });

  it('asks nothing where leads are left alone, and says so', async () => {
    const world = new CustomerWorld();
    world.org.addLead();
    const { lead } = await world.explain(3, BUYER);
    expect(lead).toMatchObject({ rule: 'leave', action: 'leave', leads: [] });
    expect(world.org.queried.filter((soql) => soql.includes(' FROM Lead '))).toEqual([]);
  });
});

describe('the lead of who placed an order', () => {
  async function ofOrder(order: WooRecord, customers: readonly WooRecord[] = [BUYER]) {
    const world = new CustomerWorld();
    world.org.addLead();
    const store = new ListStore({ customers, orders: [{ id: 7, status: 'completed', ...order }] });
    const { mappings, org } = world;
    const parts = { org: org.asOrg, state: new MemoryState(), store, mappings, problems: [] };
    return (await explain({ ...parts, leadSettings: CONVERT }, 'order', '7')).lead;
  }

  it('is that of its customer', async () => {
    expect(await ofOrder({ customer_id: 3 })).toMatchObject({ action: 'convert' });
  });

  it('is left alone where the shop has the customer no more, and where no address is known', async () => {
    const gone = await ofOrder({ customer_id: 3 }, []);
    expect(gone).toMatchObject({
      action: 'leave',
      why: expect.stringContaining('no longer') as string,
    });
    const nameless = await ofOrder({ customer_id: 0, billing: { email: '' } });
    expect(nameless).toMatchObject({
      action: 'leave',
      why: expect.stringContaining('no usable') as string,
    });
  });
});
