import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Store } from '../../local/store/store.ts';
import { file, field } from '../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../local/org/metadata/test/project.ts';
import { createSecondShop, SECOND_STORE } from '../../scripts/lib/demo/second-store.ts';
import { signIn } from '../../scripts/lib/install/deploy.ts';
import { orgModels } from '../../scripts/lib/install/sharing.ts';
import { STORE_KEYS } from '../../scripts/lib/install/store-access.ts';
import { setStoreKeys } from '../../scripts/lib/install/store-keys.ts';
import { quietSf, root, run } from '../../scripts/lib/sf.ts';
import {
  added,
  differences,
  EARLIER_COMMIT,
  earlierFiles,
  takeBack,
  withoutAdded,
} from './earlier-metadata.ts';
import { mustDeploy, record, set, without, type File } from './metadata.ts';
import { ownComponents, ownFiles } from './own-components.ts';
import { openWorld, type World } from './support.ts';

/*
 * An org that an earlier version was deployed into and synced, with an admin's changes in it, and then
 * `npm run deploy -- --upgrade` as the admin runs it.
 */

let world: World;
let outlet: Store;
let home: string;

/** Of a machine that is busy with other things: each step runs the CLI or the sidecar some times. */
const MINUTES = 600_000;
vi.setConfig({ testTimeout: MINUTES });

const LOGIN = 'Shop_Login__c';

/** What admins make for themselves: conditions and attributes of ours, and things of their own. */
function adminsFiles(): readonly File[] {
  const shipped = packageOf(projectSource());
  const [, login] = record(
    'Woo_Field_Mapping.Customer_Contact_Phone',
    [/Customer Contact Phone/, 'Our Contact Login'],
    set('Salesforce_Field__c', LOGIN),
    set('Woo_Attribute__c', 'username'),
    set('Write_When__c', 'always'),
  );
  const layout = shipped['layouts/Woo_Order__c-Woo Order Layout.layout'] ?? '';
  const rights = `<fieldPermissions><editable>true</editable><field>Contact.${LOGIN}</field><readable>true</readable></fieldPermissions>`;
  const sales = shipped['permissionsets/Woo_Sales.permissionset'] ?? '';
  const text = '<length>60</length><type>Text</type>';
  return [
    record(
      'Woo_Condition.Order_Completed',
      set('Operator__c', 'in'),
      set('Value__c', 'completed;processing'),
    ),
    ['objects/Contact.object', file('CustomObject', field(LOGIN, text))],
    [
      'permissionsets/Our_Fields.permissionset',
      file('PermissionSet', `${rights}\n<label>Our fields</label>`),
    ],
    [
      'permissionsets/Our_Sales.permissionset',
      sales.replace('<label>Woo Sales', '<label>Our Sales'),
    ],
    [
      'layouts/Woo_Order__c-Our Order Layout.layout',
      layout.replace(...without('layoutItems', 'Customer_Note__c')),
    ],
    ['customMetadata/Woo_Field_Mapping.Our_Contact_Login.md', login],
    ...ownComponents(),
  ];
}

beforeAll(async () => {
  world = await openWorld(20, {}, 'named_credential');
  const { org, orgUrl } = world;
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-upgrade-'));
  await signIn(org, orgUrl, home);
  outlet = createSecondShop();
  await addOutlet(await outlet.listen(0));
  mustDeploy(org, ...Object.entries(earlierFiles('customMetadata')).filter(isOfNoStore));
  mustDeploy(org, ...Object.entries(withoutAdded(Object.fromEntries(adminsFiles()))));
  await assign('Our_Fields');
  const loaded = await world.backfill();
  expect(loaded.code, loaded.stderr).toBe(0);
  takeBack(org);
  close('Woo_Sync_Issue__c');
}, MINUTES);

afterAll(async () => {
  await Promise.all([outlet.close(), world.close()]);
  rmSync(home, { recursive: true, force: true });
});

/** As `config/second-store` and docs/stores.md have it. */
async function addOutlet(url: string): Promise<void> {
  const folder = join(root, SECOND_STORE.folder, 'main/default');
  const source = globSync('**/*-meta.xml', { cwd: folder }).map((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    return [path, text.replaceAll('https://outlet.invalid', url)] as const;
  });
  mustDeploy(world.org, ...Object.entries(withoutAdded(packageOf(Object.fromEntries(source)))));
  await assign(SECOND_STORE.permissionSet);
  await setStoreKeys(world.session, SECOND_STORE.externalCredential, outlet);
}

/** Assigns a permission set to the admin and to the user of the sync. */
async function assign(permissionSet: string): Promise<void> {
  const idOf = async (soql: string) => (await world.orgRow(soql))?.['Id'];
  const PermissionSetId = await idOf(
    `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`,
  );
  for (const name of [world.org.adminUsername, world.org.integrationUsername]) {
    const AssigneeId = await idOf(`SELECT Id FROM User WHERE Username = '${name}'`);
    const assigned = { AssigneeId, PermissionSetId };
    expect(await world.admin.sobject('PermissionSetAssignment').create(assigned)).toMatchObject({
      success: true,
    });
  }
}

const isOfNoStore = ([path]: File) => !path.includes('Woo_Store.');

/** As an admin does in Setup › Sharing Settings. */
function close(object: string): void {
  const path = `objects/${object}.object`;
  const xml = { ...packageOf(projectSource()), ...earlierFiles('objects') }[path] ?? '';
  const closed = xml.replace(/(?<=<sharingModel>)\w+/, 'Private');
  mustDeploy(world.org, [path, closed]);
}

const deploy = (...options: readonly string[]) =>
  run('node', ['scripts/deploy.ts', '--target-org', 'local', '--upgrade', ...options], {
    env: { HOME: home, ...quietSf, WOO_SYNC_ENDPOINT: '' },
  });

const RECORDS = ['Woo_Store', 'Woo_Mapping', 'Woo_Field_Mapping', 'Woo_Condition', 'Woo_Recipient'];

interface Assigned {
  readonly Assignee: { readonly Username: string };
  readonly PermissionSet: { readonly Name: string };
}

async function fieldsOfRecords(): Promise<ReadonlyMap<string, readonly string[]>> {
  const fields = new Map<string, readonly string[]>();
  for (const type of RECORDS) {
    const described = await world.admin.describe(`${type}__mdt`);
    fields.set(
      type,
      // The upgrade checks Active, and saves the records with that.
      described.fields.map(({ name }) => name).filter((name) => name !== 'SystemModstamp'),
    );
  }
  return fields;
}

/** All that is the admin's: records with the fields that are asked for, own components, rights and sharing. */
async function belongings(fields: ReadonlyMap<string, readonly string[]>): Promise<unknown> {
  const records: unknown[] = [];
  for (const [type, names] of fields) {
    const soql = `SELECT ${names.join(', ')} FROM ${type}__mdt ORDER BY DeveloperName`;
    records.push(...(await world.admin.query(soql)).records);
  }
  const own = world.org.data
    .components()
    .filter(
      ({ type, fullName }) =>
        type !== 'CustomMetadata' && /\bOur[ _]|Woo_Outlet|\bWoo_Store$/.test(fullName),
    )
    .map(({ type, fullName, body }) => ({ type, fullName, body }));
  const field = (await world.admin.describe('Contact')).fields.find(({ name }) => name === LOGIN);
  expect(field).toMatchObject({ type: 'string', length: 60 });
  const assigned =
    'SELECT Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment ORDER BY Id';
  const rights = (await world.admin.query<Assigned>(assigned)).records;
  const isOurs = ({ PermissionSet }: Assigned) => PermissionSet.Name === STORE_KEYS;
  const others = rights.filter((one) => !isOurs(one));
  // As a retrieve gives them, but for records, which get the fields that are new.
  const files = ownFiles(world.org, 'CustomMetadata');
  return { records, own, files, field, rights: others, sharing: await orgModels(world.session) };
}

/** Who may use the keys of the shop by the permission set that the upgrade brings. */
async function usersOfKeys(): Promise<readonly string[]> {
  const soql = `SELECT Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment WHERE PermissionSet.Name = '${STORE_KEYS}' ORDER BY Assignee.Username`;
  return (await world.admin.query<Assigned>(soql)).records.map((one) => one.Assignee.Username);
}

describe('npm run deploy -- --upgrade, over a version without owners of shared records', () => {
  // A lone shallow clone has no history; what is taken back is then trusted.
  const hasHistory =
    spawnSync('git', ['cat-file', '-e', `${EARLIER_COMMIT}^{commit}`], { cwd: root }).status === 0;

  it.skipIf(!hasHistory)('is tried on what that version had', () => {
    const show = (path: string) =>
      ['force-app/main/default', 'config/org/main/default']
        .map((folder) =>
          spawnSync('git', ['show', `${EARLIER_COMMIT}:${folder}/${path}`], {
            cwd: root,
            encoding: 'utf8',
          }),
        )
        .find(({ status }) => status === 0)?.stdout;
    for (const { path, now, earlier } of differences) {
      expect(show(path), path).toContain(earlier);
      expect(show(path), path).not.toContain(now);
    }
    for (const [path] of added) expect(show(path), path).toBeUndefined();
  });

  it('is refused where it would open what the admin closed, and nothing is written', async () => {
    const opened = await orgModels(world.session);
    close('Woo_Store_Status__c');
    const before = await orgModels(world.session);
    const { code, stdout, stderr } = await deploy();
    expect(stderr).toContain('DEPLOY_SHARING_DIFFERS');
    expect(stderr).toContain('Woo_Store_Status__c is Private in the org');
    expect(stdout).not.toContain('Status:');
    expect(code).toBe(1);
    expect(await orgModels(world.session)).toEqual(before);
    expect(before.get('Woo_Store_Status__c')).toBe('Private');
    const path = 'objects/Woo_Store_Status__c.object';
    mustDeploy(world.org, [path, earlierFiles('objects')[path] ?? '']);
    expect(await orgModels(world.session)).toEqual(opened);
  });

  it('lists the records that behave otherwise from now on, and a dry run writes nothing', async () => {
    const fields = await fieldsOfRecords();
    const before = await belongings(fields);
    const { code, stdout, stderr } = await deploy('--dry-run');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Woo_Order__c stays Public Read Only, as it is in the org.');
    expect(stdout).toContain('Woo_Command__c stays Public Read Only');
    expect(stdout).not.toContain('Woo_Sync_Issue__c');
    const { records } = await world.admin.query<{ owner: string }>(
      `SELECT Product__r.Woo_Key__c owner FROM Woo_Order_Item__c WHERE Woo_Key__c LIKE 'outlet:%' AND Product__r.Woo_Key__c LIKE 'main:%' GROUP BY Product__r.Woo_Key__c ORDER BY Product__r.Woo_Key__c`,
    );
    const shared = records.map(({ owner }) => owner);
    expect(shared.length).toBeGreaterThan(1);
    expect(stdout).toContain(
      `Products that outlet has in its orders: ${shared.length}, ${shared.slice(0, 5).join(', ')}`,
    );
    expect(stdout).toMatch(/Contacts that outlet has in its orders: [1-9]\d*, main:\d+/);
    expect(stdout).toContain('npx --no -- woo-salesforce check');
    const { totalSize: contacts } = await world.admin.query(
      'SELECT COUNT() FROM Contact WHERE Woo_Key__c != null',
    );
    expect(stdout).toContain(`${contacts} contacts and `);
    expect(stdout).toContain(
      'are 15, Customer_Account_BillingCity, Customer_Account_BillingCountry',
    );
    expect(stdout).toContain('It is empty for 2, Main Store, Outlet');
    expect(await fieldsOfRecords()).toEqual(fields);
    expect(await belongings(fields)).toEqual(before);
    expect(stdout).toMatch(/checkbox Active now\. It is checked in the \d+ that are there/);
    expect(stdout).toContain(`${STORE_KEYS}. Who has Woo_Admin or Woo_Integration gets it`);
    expect(await usersOfKeys()).toEqual([]);
  });

  it('changes nothing of the admin’s', async () => {
    const fields = await fieldsOfRecords();
    expect(fields.get('Woo_Mapping')).not.toContain('Edits_To_All_Stores__c');
    const before = await belongings(fields);
    const { code, stdout, stderr } = await deploy();
    expect(code, stderr).toBe(0);
    expect(stdout.indexOf('belongs to the store')).toBeGreaterThan(-1);
    expect(stdout.indexOf('belongs to the store')).toBeLessThan(
      stdout.indexOf('Status: Succeeded'),
    );
    expect((await fieldsOfRecords()).get('Woo_Mapping')).toContain('Edits_To_All_Stores__c');
    expect(await belongings(fields)).toEqual(before);
    expect(await usersOfKeys()).toEqual([world.org.adminUsername, world.org.integrationUsername]);
    expect(Object.fromEntries(await orgModels(world.session))).toEqual({
      Woo_Order__c: 'Read',
      Woo_Command__c: 'Read',
      Woo_Sync_Issue__c: 'Private',
      Woo_Store_Status__c: 'Read',
      Woo_Attention__c: 'Private',
      Woo_Mapping_Save__c: 'Private',
      Woo_Match__c: 'Private',
    });
  });

  it('syncs on without a write that has no reason, and switches nothing off', async () => {
    // The org left the new checkbox of records that were there unchecked, the worse of what an org may do.
    for (const type of ['Woo_Field_Mapping', 'Woo_Condition']) {
      const off = `SELECT COUNT() FROM ${type}__mdt WHERE Active__c = false`;
      expect((await world.admin.query(off)).totalSize, type).toBe(0);
    }
    const own =
      "SELECT Active__c FROM Woo_Field_Mapping__mdt WHERE DeveloperName = 'Our_Contact_Login'";
    expect(await world.orgRow(own)).toMatchObject({ Active__c: true });
    for (const time of ['first', 'second']) {
      const before = world.org.requestLog.totals().writes;
      const { code, results, problems } = await world.backfill();
      expect(problems).toEqual([]);
      expect(
        results.flatMap(({ mappings }) => mappings).filter((one) => one.updated + one.created > 0),
      ).toEqual([]);
      expect(world.org.requestLog.totals().writes, `writes of the ${time} sync`).toBe(before);
      expect(code).toBe(0);
    }
  });

  it('goes by the admin’s records, and a shop writes nothing into what another one owns', async () => {
    const { store } = world;
    const customer = store.shop.customers
      .all()
      .map((entry) => entry.read())
      .find(({ role, billing }) => role === 'customer' && billing.phone !== '');
    const key = `main:${customer?.id}`;
    const contact = `SELECT Phone, Email, ${LOGIN} FROM Contact WHERE Woo_Key__c = '${key}'`;
    const before = await world.orgRow(contact);
    expect(before).toMatchObject({ [LOGIN]: customer?.username, Phone: customer?.billing.phone });
    store.edits.updateCustomer(customer?.id ?? 0, {
      email: 'moved@example.com',
      billing: { phone: '+49 30 1234567' },
    });
    const [shared] = (
      await world.admin.query(
        `SELECT Product__r.StockKeepingUnit sku FROM Woo_Order_Item__c WHERE Woo_Key__c LIKE 'outlet:%' AND Product__r.Woo_Key__c LIKE 'main:%' GROUP BY Product__r.StockKeepingUnit`,
      )
    ).records;
    const product = `SELECT Name, Woo_Regular_Price__c FROM Product2 WHERE StockKeepingUnit = '${String(shared?.['sku'])}'`;
    const owned = await world.orgRow(product);
    const theirs = outlet.shop.products
      .all()
      .map((entry) => entry.read())
      .find(({ sku }) => sku === shared?.['sku']);
    outlet.edits.updateProduct(theirs?.id ?? 0, { name: 'Of the outlet' });
    expect((await world.backfill()).code).toBe(0);
    expect(await world.orgRow(contact)).toMatchObject({
      Email: 'moved@example.com',
      Phone: customer?.billing.phone,
    });
    expect(await world.orgRow(product)).toEqual(owned);
  });
});
