import { expect, it } from 'vitest';

import type { EditWorld } from './edit-world.ts';
import { eventually } from './eventually.ts';
import { record, set, type Edit, type File } from './metadata.ts';

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
  const { outbox: packer } = world.store.webhooks;
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  const [ours, theirs] = ['Named in Salesforce', 'Named in the shop'];
  await edits.outbound('hold');
  packer.hold();
  await edits.edit({ Id, Name: ours });
  world.store.edits.updateProduct(product.id, { name: theirs });
  await edits.outbound('release');
  packer.release();
  const soql = `SELECT Id, State__c, Code__c, Kind__c, Woo_Value__c, Salesforce_Value__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${product.id}#Name'`;
  const issue = await eventually(async () => {
    const row = await world.orgRow(soql);
    expect(row).toMatchObject({
      ...{ State__c: 'open', Code__c: 'CONFLICT_OPEN' },
      ...{ Woo_Value__c: theirs, Salesforce_Value__c: ours },
    });
    return String(row?.['Id']);
  });
  await edits.quiet();
  await edits.inShop(product.id, { name: theirs });
  await live.arrives('Product2', product.id, { Name: ours });

  const change = { Id: issue, Resolution__c: decision };
  expect(await world.admin.sobject('Woo_Sync_Issue__c').update(change)).toMatchObject({
    success: true,
  });
  const kept = decision === 'take_woo' ? theirs : ours;
  await edits.inShop(product.id, { name: kept });
  await live.arrives('Product2', product.id, { Name: kept });
  await eventually(async () => {
    expect(await world.orgRow(soql)).toMatchObject({ State__c: 'resolved' });
  });
}

/** A service that nobody can reach asks Salesforce itself. */
export async function polls(edits: EditWorld): Promise<void> {
  const product = await edits.fresh();
  const Id = await edits.recordOf(product.id);
  await edits.stop();
  // Nothing that is told goes anywhere from here on.
  await edits.outbound('hold');
  edits.world.store.webhooks.outbox.hold();
  await edits.start({ PUBLIC_URL: '', SWEEP_SECONDS: '10' });
  await edits.edit({ Id, Name: 'Found by asking' });
  await edits.inShop(product.id, { name: 'Found by asking' });
}
