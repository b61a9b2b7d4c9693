import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { root } from '../../scripts/lib/sf.ts';
import type { LeadConversion } from '../../sidecar/src/ports/org.ts';
import { EngineParts } from './engine-parts.ts';
import { mustDeploy, record, set, type File } from './metadata.ts';
import { openWorld, type World } from './support.ts';

const CONVERTED = 'Closed - Converted';
const PERMISSION_SET = 'Woo_Recipe_Lead_Conversion';
const RECIPE = 'config/recipes/lead-conversion';

let world: World;
let parts: EngineParts;

/** The recipe, and a validation rule that keeps some leads and some contacts as they are. */
function recipe(): readonly File[] {
  const read = (path: string): string =>
    readFileSync(join(root, RECIPE, `${path}-meta.xml`), 'utf8');
  const field = read('objects/Lead/fields/Woo_Contact__c.field')
    .replace(/^[^]*<CustomField[^>]*>/, '<fields>')
    .replace('</CustomField>', '</fields>');
  const rule =
    '<validationRules><fullName>No_Robots</fullName><active>true</active>' +
    '<errorConditionFormula>AND(LastName = "Robot", ISPICKVAL(Status, "Closed - Converted"))</errorConditionFormula>' +
    '<errorMessage>Robots are no customers.</errorMessage></validationRules>';
  const object = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${field}${rule}</CustomObject>`;
  const rights = `permissionsets/${PERMISSION_SET}.permissionset`;
  return [
    ['objects/Lead.object', object],
    [rights, read(rights)],
  ];
}

const storeSays = (rule: string, status: string | null): File =>
  record(
    'Woo_Store.Main_Store',
    set('URL__c', new URL(world.storeUrl).origin),
    set('Route__c', 'direct'),
    set('Service_URL__c', world.env['PUBLIC_URL'] ?? ''),
    set('Lead_Rule__c', rule),
    ...(status === null ? [] : [set('Converted_Lead_Status__c', status)]),
  );

/** Reads what the admin has configured once more, as the service does; the state stays. */
async function configured(rule: string, status: string | null = CONVERTED): Promise<void> {
  mustDeploy(world.org, storeSays(rule, status));
  await parts.close();
  parts = await EngineParts.open(world);
}

interface Lead {
  readonly Id: string;
  readonly IsConverted: boolean;
  readonly ConvertedContactId: string | null;
  readonly ConvertedAccountId: string | null;
  readonly Status: string;
  readonly Woo_Contact__c: string | null;
}

async function leadWith(Email: string, more: Record<string, string> = {}): Promise<string> {
  const fields = { LastName: 'Lovelace', Company: 'Engines', Email, ...more };
  const headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
  const { id } = await world.admin.sobject('Lead').create(fields, { headers });
  if (id === undefined) throw new Error('no lead');
  return id;
}

async function leadOf(id: string): Promise<Lead> {
  const soql =
    'SELECT Id, IsConverted, ConvertedContactId, ConvertedAccountId, Status, Woo_Contact__c ' +
    `FROM Lead WHERE Id = '${id}'`;
  const [row] = (await world.admin.query(soql)).records;
  return row as unknown as Lead;
}

async function contactOf(key: string) {
  const [row] = (
    await world.admin.query(`SELECT Id, AccountId, Title FROM Contact WHERE Woo_Key__c = '${key}'`)
  ).records;
  return row as unknown as { Id: string; AccountId: string; Title: string | null };
}

/** Customers of the shop who have bought, and one who has not. */
function people() {
  const all = world.store.shop.customers.all().map((entry) => entry.read());
  const isOwn = all.filter(({ role }) => role === 'customer');
  return {
    buyers: isOwn.filter(({ is_paying_customer }) => is_paying_customer),
    looker: isOwn.find(({ is_paying_customer }) => !is_paying_customer),
  };
}

/** The failures of leads since the last time, by code, and where. */
function told(): readonly (readonly [string, string])[] {
  const those = parts.failures.filter(({ key }) => key.endsWith('#lead'));
  parts.failures.length = 0;
  return those.map(({ code, recordKey }) => [code, recordKey] as const);
}

/** Has the customers looked at, and tells the calls that it took. */
async function look(...ids: readonly number[]): Promise<number> {
  const before = parts.org.calls;
  await parts.change(ids.map((id) => ({ resource: 'customer', key: `main:${id}` })));
  await parts.work();
  return parts.org.calls - before;
}

beforeAll(async () => {
  world = await openWorld(20);
  mustDeploy(world.org, ...recipe());
  const find = async (soql: string): Promise<string> =>
    String((await world.admin.query(soql)).records[0]?.Id);
  const given = {
    PermissionSetId: await find(`SELECT Id FROM PermissionSet WHERE Name = '${PERMISSION_SET}'`),
    AssigneeId: await find(
      `SELECT Id FROM User WHERE Username = '${world.org.integrationUsername}'`,
    ),
  };
  await world.admin.sobject('PermissionSetAssignment').create(given);
  const read = {
    ...given,
    AssigneeId: await find(`SELECT Id FROM User WHERE Username = '${world.org.adminUsername}'`),
  };
  await world.admin.sobject('PermissionSetAssignment').create(read);
  parts = await EngineParts.open(world);
  await parts.loadAnew();
});

afterAll(async () => {
  await parts.close();
  await world.close();
});

it('leaves leads alone until the store says otherwise, and asks nothing for them', async () => {
  const [ada] = people().buyers;
  const lead = await leadWith(ada?.email ?? '');
  const calls = await look(ada?.id ?? 0);
  expect(await leadOf(lead)).toMatchObject({ IsConverted: false, Woo_Contact__c: null });
  await configured('convert');
  await world.admin.sobject('Lead').destroy(lead);
  await look(ada?.id ?? 0);
  // Describe comes once; the leads of all who were looked at are one query.
  expect(await look(...people().buyers.map(({ id }) => id))).toBe(calls + 1);
});

it('converts the lead of who has bought into the contact of the sync, and no other', async () => {
  const { buyers, looker } = people();
  const [ada, bo, cy, di] = buyers;
  if (!ada || !bo || !cy || !di || !looker) throw new Error('too few customers');
  await configured('convert');
  const plain = await leadWith(ada.email.toUpperCase(), { Title: 'Countess' });
  const twins = [await leadWith(bo.email), await leadWith(bo.email)];
  const robot = await leadWith(cy.email, { LastName: 'Robot' });
  const ofQueue = await leadWith(di.email);
  world.org.data.db.run('UPDATE Lead SET OwnerId = ? WHERE Id = ?', '00G000000000001AAA', ofQueue);
  const early = await leadWith(looker.email);

  await look(ada.id, bo.id, cy.id, di.id, looker.id);
  const contact = await contactOf(`main:${ada.id}`);
  expect(await leadOf(plain)).toMatchObject({
    IsConverted: true,
    Status: CONVERTED,
    ConvertedContactId: contact.Id,
    ConvertedAccountId: contact.AccountId,
  });
  expect(contact.Title).toBe('Countess');
  expect((await leadOf(ofQueue)).IsConverted).toBe(true);
  for (const id of [...twins, robot, early]) {
    expect(await leadOf(id)).toMatchObject({ IsConverted: false, Woo_Contact__c: null });
  }
  expect(told().toSorted()).toEqual(
    [
      ['LEADS_AMBIGUOUS', `main:${bo.id}`],
      ['LEAD_REFUSED', `main:${cy.id}`],
    ].toSorted(),
  );
  expect((await world.admin.query('SELECT Id FROM Opportunity')).totalSize).toBe(0);
  for (const id of [...twins, robot, early]) await world.admin.sobject('Lead').destroy(id);
  await look(bo.id, cy.id);
  expect(told()).toEqual([]);
});

it('knows a lead that was converted before the run was killed', async () => {
  const [ada] = people().buyers;
  if (!ada) throw new Error('no customer');
  const lead = await leadWith(ada.email);
  const convert = parts.org.convertLeads.bind(parts.org);
  let sent = 0;
  parts.org.convertLeads = async (conversions: readonly LeadConversion[]) => {
    sent += conversions.length;
    await convert(conversions);
    throw new Error('killed');
  };
  await expect(look(ada.id)).rejects.toThrow('killed');
  expect((await leadOf(lead)).IsConverted).toBe(true);
  await parts.close();
  parts = await EngineParts.open(world);
  await look(ada.id);
  expect(told()).toEqual([]);
  expect(sent).toBe(1);
});

it('links where the store says so, and the lead of a guest in place of a conversion', async () => {
  const { buyers } = people();
  const [ada] = buyers;
  if (!ada) throw new Error('no customer');
  await configured('link');
  const lead = await leadWith(ada.email);
  await look(ada.id);
  expect(await leadOf(lead)).toMatchObject({
    IsConverted: false,
    Woo_Contact__c: (await contactOf(`main:${ada.id}`)).Id,
  });
  await world.admin.sobject('Lead').destroy(lead);

  await configured('convert');
  const [guest] = (
    await world.admin.query(
      "SELECT Id, Email, Woo_Key__c FROM Contact WHERE Woo_Key__c LIKE 'main:guest:%' LIMIT 1",
    )
  ).records as unknown as { Id: string; Email: string; Woo_Key__c: string }[];
  if (!guest) throw new Error('no guest');
  const typed = await leadWith(guest.Email);
  // A guest is looked at when the contact is made.
  await world.admin.sobject('Contact').destroy(guest.Id);
  await parts.loadAnew();
  const made = (await contactOf(guest.Woo_Key__c)).Id;
  expect(await leadOf(typed)).toMatchObject({ IsConverted: false, Woo_Contact__c: made });
  expect(told()).toEqual([]);
});

it('names what is missing: the status, the right, the object', async () => {
  const [ada, bo] = people().buyers;
  if (!ada || !bo) throw new Error('too few customers');
  const leads = [await leadWith(ada.email), await leadWith(bo.email)];
  const codes = async (): Promise<readonly string[]> => {
    await look(ada.id, bo.id);
    return [...new Set(told().map(([code]) => code))];
  };
  /** What the check finds of leads, and the cures. */
  const findings = async (): Promise<string> => {
    const { stdout } = await world.sidecar(['check']);
    return stdout;
  };
  await configured('convert', null);
  expect(await codes()).toEqual(['LEAD_STATUS_MISSING']);
  await configured('convert', 'Open - Not Contacted');
  expect(await codes()).toEqual(['LEAD_STATUS_REFUSED']);
  await parts.close();
  expect(await findings()).toMatch(new RegExp(`LEAD_STATUS_REFUSED[^]*"${CONVERTED}"`));
  parts = await EngineParts.open(world);
  const rights = recipe()[1]?.[1] ?? '';
  const deployRights = (xml: string): void => {
    mustDeploy(world.org, [`permissionsets/${PERMISSION_SET}.permissionset`, xml]);
  };
  deployRights(rights.replace(/<userPermissions>[^]*<\/userPermissions>/, ''));
  await configured('convert');
  expect(await codes()).toEqual(['LEAD_RIGHT_MISSING']);
  await parts.close();
  expect(await findings()).toContain('LEAD_RIGHT_MISSING');
  parts = await EngineParts.open(world);
  world.org.data.db.run(
    'DELETE FROM PermissionSetAssignment WHERE PermissionSetId IN (SELECT Id FROM PermissionSet WHERE Name = ?) ' +
      'AND AssigneeId IN (SELECT Id FROM User WHERE Username = ?)',
    PERMISSION_SET,
    world.org.integrationUsername,
  );
  await configured('convert');
  expect(await codes()).toEqual(['LEADS_NOT_GRANTED']);
  await parts.close();
  expect(await findings()).toContain('LEADS_NOT_GRANTED');
  parts = await EngineParts.open(world);
  for (const id of leads) expect((await leadOf(id)).IsConverted).toBe(false);
});
