import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EditWorld } from './edit-world.ts';
import { giveCommand } from './give-command.ts';
import { record, set } from './metadata.ts';
import { statePlaces } from './state-places.ts';

const PRODUCT = 'Woo_Field_Mapping.Product_Stock';
const CONTACT = 'Woo_Field_Mapping.Customer_Contact_MailingCity';

/** What is changed on either side while the mapping of it is held. */
describe.each(statePlaces)('changes of a held mapping, with the state in $name', ({ open }) => {
  let edits: EditWorld;
  beforeAll(async () => {
    edits = await EditWorld.open(open);
  });
  afterAll(async () => {
    await edits.close();
  });

  async function reload(): Promise<string> {
    const { code, stdout, stderr } = await edits.world.sidecar(['reload']);
    expect(code, `${stdout}${stderr}`).toBe(0);
    return stdout;
  }

  /** Of a product, which nothing else takes, and of a customer, who is an account too. */
  async function saysWhatIsHeld(productId: string, person: number): Promise<void> {
    const { world, live } = edits;
    const where = (label: string, place: string) =>
      new RegExp(`${label} is held\\. MAPPING_\\w+ at ${place}: .*no_such_path`);
    const contactId = await live.arrives('Contact', person, {});
    const ofProduct = String(
      (await giveCommand(world, 'sync', { Record_Id__c: productId }))['Result__c'],
    );
    expect(ofProduct).toMatch(/^COMMAND_MAPPING_HELD: product main:\d+ is not synced/);
    expect(ofProduct).toMatch(where('Products and Variations', 'Product_Stock'));
    const contact = { Record_Id__c: contactId };
    const synced = await giveCommand(world, 'sync', contact);
    expect(synced).toMatchObject({ State__c: 'failed' });
    expect(synced['Result__c']).toMatch(/in step, but for what is left out: Account /);
    const others = [synced];
    for (const type of ['explain', 'reconcile'])
      others.push(await giveCommand(world, type, type === 'explain' ? contact : {}));
    for (const { Result__c: result } of others)
      expect(result).toMatch(where('Customers as Contacts', 'Customer_Contact_MailingCity'));
  }

  it('arrive once it is mended, also where the service was restarted in between', async () => {
    const { store } = edits.world;
    const [held, later] = [await edits.fresh(), await edits.fresh()];
    const [Id, laterId] = [await edits.recordOf(held.id), await edits.recordOf(later.id)];
    const [order] = edits.live.completed(({ customer_id }) => customer_id > 0);
    const person = order?.customer_id ?? 0;
    await edits.live.arrives('Contact', person, { Woo_Key__c: `main:${person}` });
    await edits.live.arrives('Account', person, { Woo_Key__c: `main:${person}` });

    const mistake = set('Woo_Path__c', 'no_such_path');
    await edits.world.deploy(record(PRODUCT, mistake), record(CONTACT, mistake));
    expect(await reload()).toMatch(
      /Customers as Contacts is held[^]*Products and Variations is held/,
    );
    await edits.edit({ Id, Name: 'Saved while held' });
    const billing = { city: 'Orono', phone: '+1 207 555 0100' };
    store.edits.updateCustomer(person, { billing });
    await edits.live.arrives('Account', person, { Phone: billing.phone });
    await edits.quiet();
    await edits.inShop(held.id, { name: held.name });
    await saysWhatIsHeld(Id, person);

    await edits.stop();
    await edits.start();
    await edits.edit({ Id: laterId, Name: 'Saved after a restart' });
    await edits.quiet();

    await edits.world.deploy(record(PRODUCT), record(CONTACT));
    await reload();
    await edits.live.arrives('Contact', person, { Phone: billing.phone, MailingCity: 'Orono' });
    await edits.inShop(held.id, { name: 'Saved while held' });
    await edits.inShop(later.id, { name: 'Saved after a restart' });
    await edits.quiet();
  });
});
