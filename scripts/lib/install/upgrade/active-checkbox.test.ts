import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createOrg } from '../../../../local/org/org.ts';
import {
  deployFiles,
  failuresOf,
  type Files,
} from '../../../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../../../local/org/metadata/test/project.ts';
import { rowsOf } from '../query.ts';
import { AdminSession } from '../admin-session.ts';
import { root } from '../../sf.ts';
import {
  activeNote,
  checkActive,
  recordsOfProject,
  recordsWithoutActive,
  withActive,
} from './active-checkbox.ts';

const org = createOrg();
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});

afterAll(() => org.close());

const SCHEMA = /^objects\/(?:Woo_\w+__mdt\/(?!listViews)|Contact\/fields\/Woo_Key__c)/;
const shipped = packageOf(projectSource());
const MAPPING = 'customMetadata/Woo_Mapping.Customer_Contact.md';
const CONDITION = 'customMetadata/Woo_Condition.Customer_Contact_Role.md';
const SHIPPED = 'customMetadata/Woo_Field_Mapping.Customer_Contact_Phone.md';
const OWN = 'customMetadata/Woo_Field_Mapping.Our_Contact_Phone.md';
const ALL = [
  'Woo_Condition.Customer_Contact_Role',
  'Woo_Field_Mapping.Customer_Contact_Phone',
  'Woo_Field_Mapping.Our_Contact_Phone',
];

const BOX = /(Woo_(?:Field_Mapping|Condition))__mdt\/fields\/Active__c/;

function deploy(files: Files, to = org): void {
  expect(failuresOf(deployFiles(to.data, files))).toEqual([]);
}

/** The custom metadata types, some without the checkbox. */
function deployTypes(boxes: readonly string[], to = org): void {
  const isKept = (box: string | undefined) => box === undefined || boxes.includes(box);
  const kept = Object.entries(projectSource()).filter(
    ([path]) => SCHEMA.test(path) && isKept(BOX.exec(path)?.[1]),
  );
  deploy(packageOf(Object.fromEntries(kept)), to);
}

const without = (xml: string) =>
  xml.replace(/\s*<values>\s*<field>Active__c<\/field>[^]*?<\/values>/, '');

const COLUMNS: Readonly<Record<string, string>> = {
  Woo_Condition: 'Operator__c, Position__c, Value__c, Woo_Attribute__c',
  Woo_Field_Mapping: 'Kind__c, Woo_Attribute__c, Write_When__c, Mapping__r.DeveloperName',
};

/** All but the checkbox. */
async function contents(): Promise<unknown> {
  const all = Object.entries(COLUMNS).map(([type, columns]) => {
    const soql = `SELECT DeveloperName, MasterLabel, ${columns} FROM ${type}__mdt ORDER BY DeveloperName`;
    return rowsOf(session, soql, z.unknown());
  });
  return Promise.all(all);
}

async function active(): Promise<Readonly<Record<string, boolean>>> {
  const row = z.object({ DeveloperName: z.string(), Active__c: z.boolean() });
  const all = Object.keys(COLUMNS).map((type) =>
    rowsOf(session, `SELECT DeveloperName, Active__c FROM ${type}__mdt`, row),
  );
  const rows = (await Promise.all(all)).flat();
  return Object.fromEntries(rows.map((one) => [one.DeveloperName, one.Active__c]));
}

const ALL_ON = {
  Customer_Contact_Role: true,
  Customer_Contact_Phone: true,
  Our_Contact_Phone: true,
};

it('says nothing of a new org', async () => {
  expect(await recordsWithoutActive(session)).toEqual([]);
  expect(activeNote([])).toEqual([]);
  await checkActive(session, []);
});

it('checks the box of records that were there before it, the admin’s own too, and nothing else', async () => {
  deployTypes([]);
  const earlier = [CONDITION, SHIPPED].map((path) => [path, without(shipped[path] ?? '')] as const);
  const own = without(shipped[SHIPPED] ?? '').replace('<label>', '<label>Our &amp; ');
  deploy({ [MAPPING]: shipped[MAPPING] ?? '', ...Object.fromEntries(earlier), [OWN]: own });
  const records = await recordsWithoutActive(session);
  expect([...records].sort()).toEqual(ALL);
  expect(activeNote(records)).toEqual([expect.stringContaining('checked in the 3 that are there')]);
  deployTypes(['Woo_Field_Mapping', 'Woo_Condition']);
  const before = await contents();
  expect(Object.values(await active())).toEqual([false, false, false]);
  // As for a second run, where the first one ended after its deploy.
  expect([...(await recordsWithoutActive(session))].sort()).toEqual(ALL);
  await checkActive(session, records);
  expect(await active()).toEqual(ALL_ON);
  expect(await contents()).toEqual(before);
});

it('leaves alone what an admin has switched off since', async () => {
  const off = (path: string) =>
    (shipped[path] ?? '').replace('"xsd:boolean">true', '"xsd:boolean">false');
  deploy({ [CONDITION]: off(CONDITION), [SHIPPED]: off(SHIPPED) });
  expect(await recordsWithoutActive(session)).toEqual([]);
  expect(await active()).toEqual({
    ...ALL_ON,
    Customer_Contact_Role: false,
    Customer_Contact_Phone: false,
  });
});

it('says what is left to do where the org refuses', async () => {
  const stranger = new AdminSession(session.instanceUrl, session.username, 'no token');
  await expect(checkActive(stranger, ALL)).rejects.toThrow(
    /^The new version is deployed, but Active of 3 .* Run this again.* docs\/upgrade\.md .* a single one/,
  );
  await expect(checkActive(stranger, [])).resolves.toBeUndefined();
});

it('knows which records a deploy of config/org brings', () => {
  const names = recordsOfProject(root);
  expect(names.has('Woo_Condition.Customer_Contact_Role')).toBe(true);
  expect(names.has('Woo_Field_Mapping.Our_Contact_Phone')).toBe(false);
  expect(names.has('Woo_Field_Mapping.Person_Account_Phone'), 'a recipe').toBe(false);
});

it.each([
  ['empty', '<values><field>Active__c</field><value xsi:nil="true"/></values>'],
  [
    'unchecked',
    '<values><field>Active__c</field><value xsi:type="xsd:boolean">false</value></values>',
  ],
  ['not named', ''],
])('checks a box that is %s', (_, values) => {
  const file = (some: string) => `<CustomMetadata><label>A</label>${some}</CustomMetadata>`;
  const checked = '<value xsi:type="xsd:boolean">true</value>';
  const found = withActive(file(values));
  expect(found).toBe(file(`<values><field>Active__c</field>${checked}</values>`));
});

it('takes records of a type without a box, while those of the other have theirs filled', async () => {
  const other = createOrg();
  const its = new AdminSession(await other.listen(0), other.adminUsername, other.adminToken);
  deployTypes(['Woo_Field_Mapping'], other);
  const files = { [MAPPING]: shipped[MAPPING] ?? '', [SHIPPED]: shipped[SHIPPED] ?? '' };
  deploy({ ...files, [CONDITION]: without(shipped[CONDITION] ?? '') }, other);
  expect(await recordsWithoutActive(its)).toEqual(['Woo_Condition.Customer_Contact_Role']);
  await other.close();
});
