import { expect, it } from 'vitest';

import type { EditWorld } from './edit-world.ts';
import { eventually } from './eventually.ts';
import { idle } from './live-world.ts';
import { record, set, type Edit, type File } from './metadata.ts';
import type { JourneyWorld } from './journey-world.ts';

const MAKES_PRODUCTS: Edit = [/(<field>Create_In_Woo__c<\/field>\s*<value[^>]*>)\w+/, '$1true'];
/** A mapping that makes products in the shop, and asks people about conflicts. */
export const CREATES_AND_ASKS: readonly File[] = [
  record('Woo_Mapping.Product', MAKES_PRODUCTS, set('Conflict_Rule__c', 'ask')),
];

/** Conflicts of which people decide. */
export function describeDecisions(world: () => EditWorld): void {
  it('fault 41: and in the shop too are an issue with both values, until a person decides: take_woo', () =>
    decided(world(), 'take_woo'));
  it('fault 41: and in the shop too are what a person decides: take_salesforce', () =>
    decided(world(), 'take_salesforce'));
}

/** Changes a product on both sides at once, and decides. */
async function decided(edits: EditWorld, decision: 'take_woo' | 'take_salesforce'): Promise<void> {
  const { world, live } = edits;
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  const [first, theirs] = ['Named in Salesforce', 'Named in the shop'];
  await edits.unseen(async () => {
    await edits.edit({ Id, Name: first });
    world.store.edits.updateProduct(product.id, { name: theirs });
  });
  const soql = `SELECT Id, State__c, Code__c, Kind__c, Woo_Value__c, Salesforce_Value__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${product.id}#Name'`;
  const issue = await eventually(async () => {
    const row = await world.orgRow(soql);
    expect(row).toMatchObject({
      State__c: 'open',
      Code__c: 'CONFLICT_OPEN',
      Woo_Value__c: theirs,
      Salesforce_Value__c: first,
    });
    return String(row?.['Id']);
  });
  await edits.quiet();
  await edits.inShop(product.id, { name: theirs });
  await live.arrives('Product2', product.id, { Name: first });
  const ours = 'Named anew in Salesforce';
  await edits.edit({ Id, Name: ours });
  await issueShows(world, soql, {
    State__c: 'open',
    Woo_Value__c: theirs,
    Salesforce_Value__c: ours,
  });

  const change = { Id: issue, Resolution__c: decision };
  expect(await world.admin.sobject('Woo_Sync_Issue__c').update(change)).toMatchObject({
    success: true,
  });
  const kept = decision === 'take_woo' ? theirs : ours;
  await edits.inShop(product.id, { name: kept });
  await live.arrives('Product2', product.id, { Name: kept });
  await issueShows(world, soql, { State__c: 'resolved', Code__c: 'CONFLICT_OVER' });
}

async function issueShows(
  world: JourneyWorld,
  soql: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  await eventually(async () => {
    expect(await world.orgRow(soql)).toMatchObject(values);
  });
}

/** A conflict over the phone number of a customer's contact, of which no message comes. */
async function openContactConflict(edits: EditWorld): Promise<ContactConflict> {
  const { world, live } = edits;
  const [customer] = world.store.shop.customers
    .all()
    .map((entry) => entry.read())
    .filter(({ role, billing }) => role === 'customer' && billing.phone !== '');
  if (customer === undefined) throw new Error('the shop has no customer with a phone number');
  const contact = await live.arrives('Contact', customer.id, { Woo_Key__c: `main:${customer.id}` });
  const type = async (Phone: string) => {
    const saved = await world.admin.sobject('Contact').update({ Id: contact, Phone });
    expect(saved).toMatchObject({ success: true });
  };
  const soql = `SELECT Woo_Value__c, Salesforce_Value__c, State__c, Code__c, Reason__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'customer:Contact:main:${customer.id}#Phone'`;
  await type('777');
  world.store.edits.updateCustomer(customer.id, { billing: { phone: '111' } });
  const conflict = {
    type,
    shows: (values: Readonly<Record<string, unknown>>) => issueShows(world, soql, values),
  };
  await conflict.shows({ State__c: 'open', Woo_Value__c: '111', Salesforce_Value__c: '777' });
  return conflict;
}

interface ContactConflict {
  /** Has a person enter the number in Salesforce. */
  type(phone: string): Promise<void>;
  /** Waits until the issue does. */
  shows(values: Readonly<Record<string, unknown>>): Promise<void>;
}

/** A service that nobody can reach asks Salesforce itself. */
export async function polls(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  const conflict = await openContactConflict(edits);
  await edits.stop();
  await edits.hold();
  await edits.start({ PUBLIC_URL: '', SWEEP_SECONDS: '10' });
  await edits.edit({ Id, Name: 'Found by asking' });
  await edits.inShop(product.id, { name: 'Found by asking' });
  // Open issues are tried again by each start; what comes after is found by asking.
  await idle(edits.service);
  await conflict.type('888');
  await conflict.shows({ State__c: 'open', Woo_Value__c: '111', Salesforce_Value__c: '888' });
  await conflict.type('111');
  await conflict.shows({
    State__c: 'resolved',
    Code__c: 'CONFLICT_OVER',
    Salesforce_Value__c: '111',
    Reason__c: 'Phone is the same on both sides now.',
  });
}
