import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OrgData } from '../../data/org-data.ts';
import { createOrg, type Org } from '../../org.ts';
import type { DeployOptions, DeployResult } from '../../metadata/deploy/result.ts';
import {
  deployFiles,
  failuresOf,
  file,
  manifestOf,
  object,
  orgWithBasics,
  record,
  text,
  value,
  zipOf,
  type Files,
} from '../../metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../../metadata/test/project.ts';
import { statement } from './statement.ts';

type Names = Readonly<Record<string, readonly string[]>>;

const listOf = (names: Names): string =>
  file(
    'Package',
    Object.entries(names)
      .map(([type, members]) => {
        const lines = members.map((one) => `<members>${one}</members>`);
        return `<types>${lines.join('')}<name>${type}</name></types>`;
      })
      .join('\n'),
  );

const post = (names: Names): Files => ({ 'destructiveChangesPost.xml': listOf(names) });
const nothing = { 'package.xml': manifestOf({}) };
const remove = (org: OrgData, names: Names, options: Partial<DeployOptions> = {}): DeployResult =>
  deployFiles(org, { ...nothing, ...post(names) }, options);

const problemsOf = (org: OrgData, names: Names): readonly string[] =>
  remove(org, names).details.componentFailures.map((one) => one.problem ?? '');

const isUsed = (type: string, ...users: readonly string[]): string =>
  `This ${type} is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${users.join(', ')}`;

statement.group(
  'A deploy deletes what destructiveChangesPre.xml or destructiveChanges.xml names before the rest and what destructiveChangesPost.xml names after it, and undoes it with the rest; a name that is not there is a warning.',
  () => {
    let org: Org;
    let connection: Connection;
    beforeAll(async () => {
      org = createOrg();
      const instanceUrl = await org.listen(0);
      connection = new Connection({ instanceUrl, accessToken: org.adminToken, version: '66.0' });
      const crate = { 'objects/Crate__c.object': object('Crate', text('Note__c')) };
      expect(failuresOf(deployFiles(org.data, crate))).toEqual([]);
    });
    afterAll(() => org.close());

    /** Through jsforce, as a tool of an admin would. */
    const deploy = async (files: Files, options: object = {}): Promise<DeployResult> => {
      const zip = Buffer.from(zipOf({ 'package.xml': manifestOf(files), ...files }));
      const usual = { singlePackage: true, rollbackOnError: true };
      const locator = connection.metadata.deploy(zip, { ...usual, ...options });
      return (await locator.complete(true)) as unknown as DeployResult;
    };
    const note = { CustomField: ['Crate__c.Note__c'] };
    const hasNote = (): boolean =>
      org.data.object('Crate__c')?.fields.some((one) => one.name === 'Note__c') ?? false;

    it('not in a dry run, nor when something else fails', async () => {
      expect((await deploy({ ...nothing, ...post(note) }, { checkOnly: true })).success).toBe(true);
      const bad = { 'objects/Bad__c.object': file('CustomObject', '') };
      expect((await deploy({ ...bad, ...post(note) })).success).toBe(false);
      expect(hasNote()).toBe(true);
    });

    it('with its values', async () => {
      await connection.sobject('Crate__c').create({ Name: 'A' });
      const gone = { ...note, CustomTab: ['Nowhere__c'] };
      const result = await deploy({ ...nothing, ...post(gone) });
      expect(result).toMatchObject({ success: true, status: 'Succeeded' });
      expect(result.details.componentSuccesses).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            fullName: 'Crate__c.Note__c',
            componentType: 'CustomField',
            deleted: true,
            fileName: 'destructiveChangesPost.xml',
          }),
          expect.objectContaining({
            fullName: 'Nowhere__c',
            problemType: 'Warning',
            deleted: false,
            problem: 'No CustomTab named: Nowhere__c found',
          }),
        ]),
      );
      expect(hasNote()).toBe(false);
      const described = await connection.sobject('Crate__c').describe();
      expect(described.fields.map((one) => one.name)).not.toContain('Note__c');
      const asked =
        "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Crate__c'";
      const { records } = await connection.query<{ QualifiedApiName: string }>(asked);
      expect(records.map((one) => one.QualifiedApiName)).toContain('Name');
      expect(records.map((one) => one.QualifiedApiName)).not.toContain('Note__c');
    });

    it('an object with its records, and a new one of that name after it', async () => {
      const again = { 'objects/Crate__c.object': object('Crate again') };
      for (const path of ['destructiveChangesPre.xml', 'destructiveChanges.xml']) {
        await connection.sobject('Crate__c').create({ Name: 'B' });
        const list = listOf({ CustomObject: ['Crate__c'] });
        expect((await deploy({ ...again, [path]: list })).success).toBe(true);
        const { totalSize } = await connection.query('SELECT Id FROM Crate__c');
        expect([org.data.object('Crate__c')?.label, totalSize]).toEqual(['Crate again', 0]);
      }
      expect((await deploy({ ...nothing, ...post({ CustomObject: ['Crate__c'] }) })).success).toBe(
        true,
      );
      await expect(connection.query('SELECT Id FROM Crate__c')).rejects.toThrow('not supported');
    });

    it('what can be deleted, without rollbackOnError', () => {
      const basics = orgWithBasics();
      const names = { CustomPermission: ['Skip'], CustomObject: ['Box__c'] };
      const result = remove(basics, names, { rollbackOnError: false });
      expect(result.status).toBe('SucceededPartial');
      const left = basics.components().map((one) => `${one.type}:${one.fullName}`);
      expect(left).toContain('CustomObject:Box__c');
      expect(left).not.toContain('CustomPermission:Skip');
    });

    it('nothing of a type that the local org does not take, nor what cannot be read', () => {
      expect(problemsOf(orgWithBasics(), { EmailTemplate: ['Late'] })).toEqual([
        expect.stringContaining('does not emulate the metadata type EmailTemplate'),
      ]);
      const broken = { ...nothing, 'destructiveChanges.xml': '<Package' };
      expect(failuresOf(deployFiles(orgWithBasics(), broken))).toEqual([
        expect.stringMatching(
          /^destructiveChanges\.xml:1:\d+ {2}destructiveChanges\.xml: Error pars/,
        ),
      ]);
    });
  },
);

statement.group(
  'What another component needs is not deleted, nor is an active flow, a standard object or a permission set that somebody has.',
  () => {
    it('an object with a detail, but both together', () => {
      const org = orgWithBasics();
      expect(problemsOf(org, { CustomObject: ['Box__c'] })).toEqual([
        isUsed('custom object', 'CustomField - Item__c.Parent__c'),
      ]);
      expect(problemsOf(org, { CustomObject: ['Account'] })).toEqual([
        'Cannot delete standard object: Account',
      ]);
      expect(problemsOf(org, { CustomObject: ['Box__c', 'Item__c'] })).toEqual([]);
      expect([org.object('Box__c'), org.object('Item__c')]).toEqual([undefined, undefined]);
    });

    it('a record and a field that a record names', () => {
      const org = orgWithBasics();
      const rule = [
        value('Needed__c', 'string', 'x'),
        value('Group__c', 'string', 'One'),
        value('Object__c', 'string', 'Box__c'),
        value('Field__c', 'string', 'Code__c'),
      ];
      const records = {
        'customMetadata/Group.One.md': record('One'),
        'customMetadata/Rule.First.md': record('First', ...rule),
      };
      expect(failuresOf(deployFiles(org, records))).toEqual([]);
      const [first, one] = ['Rule.First', 'Group.One'];
      const user = `CustomMetadata - ${first}`;
      expect(problemsOf(org, { CustomMetadata: [one] })).toEqual([isUsed('custom metadata', user)]);
      expect(problemsOf(org, { CustomField: ['Box__c.Code__c'] })).toEqual([
        isUsed('custom field', user),
      ]);
      expect(problemsOf(org, { CustomMetadata: [first, one] })).toEqual([]);
      const left = ['Rule__mdt', 'Group__mdt'].map((name) => org.db.get(`SELECT Id FROM ${name}`));
      expect(left).toEqual([undefined, undefined]);
    });

    it('a field and a class that Apex names, outside of comments and texts', () => {
      const org = orgWithBasics();
      const apexClass = (name: string, source: string): Files => ({
        [`classes/${name}.cls`]: source,
        [`classes/${name}.cls-meta.xml`]: file(
          'ApexClass',
          '<apiVersion>66.0</apiVersion><status>Active</status>',
        ),
      });
      const files = {
        ...apexClass('Codes', 'public class Codes { /* Must__c */ }'),
        ...apexClass(
          'User',
          "public class User { Codes c; String s = 'Must__c'; void f(Box__c b) { b.Code__c = s; } }",
        ),
      };
      expect(failuresOf(deployFiles(org, files))).toEqual([]);
      const names = { ApexClass: ['Codes'], CustomField: ['Box__c.Code__c', 'Box__c.Must__c'] };
      expect(problemsOf(org, names)).toEqual([
        isUsed('apex class', 'ApexClass - User'),
        isUsed('custom field', 'ApexClass - User'),
      ]);
      expect(problemsOf(org, { ApexClass: ['User', 'Codes'] })).toEqual([]);
    });

    it('parts of the project that others use', () => {
      const org = orgForProject();
      expect(failuresOf(deployFiles(org, packageOf(projectSource())))).toEqual([]);
      org.putSystemRow('PermissionSet', { Name: 'Woo_Sales' }, {});
      const [user, set] = ['User', 'PermissionSet'].map((name) => {
        const where = name === 'User' ? '' : ` WHERE Name = 'Woo_Sales'`;
        return String(org.db.get(`SELECT Id FROM "${name}"${where}`)?.['Id']);
      });
      org.db.run(
        'INSERT INTO PermissionSetAssignment (Id, AssigneeId, PermissionSetId) VALUES (?, ?, ?)',
        '0Pa000000000001AAA',
        user ?? '',
        set ?? '',
      );
      const [flow] = problemsOf(org, { Flow: ['Woo_Product_Images'] });
      expect(flow).toBe('insufficient access rights on cross-reference id');
      const [sales] = problemsOf(org, { PermissionSet: ['Woo_Sales'] });
      expect(sales).toContain('is assigned to users');
      org.db.run('UPDATE PermissionSetAssignment SET IsDeleted = 1');
      expect(problemsOf(org, { PermissionSet: ['Woo_Sales'] })).toEqual([]);
      const [shown] = problemsOf(org, { LightningComponentBundle: ['wooErrorPanel'] });
      expect(shown).toContain('LightningComponentBundle - woo');
      const [written] = problemsOf(org, { CustomField: ['Woo_Order__c.Total__c'] });
      expect(written).toContain('CustomMetadata - Woo_Field_Mapping.Order_Total');
      const [file] = problemsOf(org, { CustomLabels: ['CustomLabels'] });
      expect(file).toBe('A custom labels file is deleted by deleting what is in it');
    });
  },
);

statement(
  'Deleting an object deletes all that is about it alone; grants, places on layouts, tabs of apps and values of records go with what they name.',
  () => {
    const org = orgWithBasics();
    const grants = (name: string): string =>
      `<fieldPermissions><editable>true</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;
    const files = {
      'tabs/Box__c.tab': file(
        'CustomTab',
        '<customObject>true</customObject><motif>Custom19: Wrench</motif>',
      ),
      'customMetadata/Group.One.md': record('One'),
      'customMetadata/Rule.One.md': record(
        'One',
        value('Needed__c', 'string', 'x'),
        value('On__c', 'boolean', 'true'),
      ),
      'permissionsets/P.permissionset': file(
        'PermissionSet',
        `${grants('Box__c.Code__c')}<label>P</label>`,
      ),
      'layouts/Box__c-Box Layout.layout': file(
        'Layout',
        `<layoutSections><label>A</label><layoutColumns>
        <layoutItems><behavior>Required</behavior><field>Name</field></layoutItems>
        <layoutItems><behavior>Edit</behavior><field>Code__c</field></layoutItems>
        <layoutItems><behavior>Required</behavior><field>Must__c</field></layoutItems>
        </layoutColumns><style>OneColumn</style></layoutSections>`,
      ),
    };
    expect(failuresOf(deployFiles(org, files))).toEqual([]);
    const bodyOf = (type: string): string =>
      JSON.stringify(org.components().find((one) => one.type === type)?.body);
    expect([bodyOf('PermissionSet'), bodyOf('Layout')].join()).toMatch(/Code__c.*Code__c/);
    expect(problemsOf(org, { CustomField: ['Box__c.Code__c'] })).toEqual([]);
    expect([bodyOf('PermissionSet'), bodyOf('Layout')].join()).not.toContain('Code__c');
    expect(bodyOf('Layout')).toContain('Must__c');
    const rule = (): string =>
      JSON.stringify(org.components().find((one) => one.fullName === 'Rule.One')?.body);
    expect(rule()).toContain('On__c');
    expect(problemsOf(org, { CustomField: ['Rule__mdt.On__c'] })).toEqual([]);
    expect(rule()).not.toContain('On__c');
    expect(rule()).toContain('Needed__c');
    expect(problemsOf(org, { CustomObject: ['Box__c', 'Item__c'] })).toEqual([]);
    const left = org.components().map((one) => `${one.type}:${one.fullName}`);
    expect(left.filter((one) => /Box|Item/.test(one))).toEqual([]);
    expect(left).toContain('CustomMetadata:Group.One');
  },
);

const FLOW = `<assignments><name>Note</name><label>Note</label><locationX>0</locationX><locationY>0</locationY><assignmentItems><assignToReference>seen</assignToReference><operator>Assign</operator><value><booleanValue>true</booleanValue></value></assignmentItems></assignments>
<processType>AutoLaunchedFlow</processType>
<label>Tidy</label>
<status>Active</status>
<start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Note</targetReference></connector></start>
<variables><name>seen</name><dataType>Boolean</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput></variables>`;

statement.group(
  'A flow is deactivated by a FlowDefinition whose activeVersionNumber is 0, and then deleted by its name, with or without the number of its version, `-1`, which a query of the Tooling API gives.',
  () => {
    const definition = (name: string, version: number): Files => ({
      [`flowDefinitions/${name}.flowDefinition`]: file(
        'FlowDefinition',
        `<activeVersionNumber>${version}</activeVersionNumber>`,
      ),
    });
    const flows: Files = { 'flows/Tidy.flow': file('Flow', FLOW) };

    it.each(['Tidy', 'Tidy-1'])('as %s', (name) => {
      const org = orgWithBasics();
      expect(failuresOf(deployFiles(org, flows))).toEqual([]);
      const isActive = 'insufficient access rights on cross-reference id';
      expect(problemsOf(org, { Flow: [name] })).toEqual([isActive]);
      expect(failuresOf(deployFiles(org, definition('Tidy', 0)))).toEqual([]);
      expect(org.components().filter(({ type }) => type === 'FlowDefinition')).toEqual([]);
      expect(problemsOf(org, { Flow: [name] })).toEqual([]);
      expect(org.components().filter(({ type }) => type === 'Flow')).toEqual([]);
    });

    it('not by another version, nor one that is not there', () => {
      const org = orgWithBasics();
      expect(failuresOf(deployFiles(org, flows))).toEqual([]);
      expect(failuresOf(deployFiles(org, definition('Tidy', 2)))).toEqual([
        expect.stringContaining('keeps one version of a flow'),
      ]);
      expect(failuresOf(deployFiles(org, definition('Nowhere', 0)))).toEqual([
        expect.stringContaining('no Flow named Nowhere found'),
      ]);
      expect(remove(org, { Flow: ['Tidy-2'] }).details.componentSuccesses).toContainEqual(
        expect.objectContaining({ problem: 'No Flow named: Tidy-2 found' }),
      );
    });

    it('whose versions are asked for', async () => {
      const org = createOrg();
      const instanceUrl = await org.listen(0);
      expect(failuresOf(deployFiles(org.data, flows))).toEqual([]);
      const { tooling } = new Connection({ instanceUrl, accessToken: org.adminToken });
      const { records } = await tooling.query(
        'SELECT Definition.DeveloperName, VersionNumber FROM Flow',
      );
      expect(records).toMatchObject([{ Definition: { DeveloperName: 'Tidy' }, VersionNumber: 1 }]);
      await org.close();
    });
  },
);

statement('What a translation says of a deleted component goes with it.', () => {
  const org = orgForProject();
  expect(failuresOf(deployFiles(org, packageOf(projectSource())))).toEqual([]);
  const words = `<fields><label>棚</label><name>Shelf__c</name></fields>`;
  const shelf = {
    'objects/Account.object': file(
      'CustomObject',
      '<fields><fullName>Shelf__c</fullName><label>Shelf</label><length>9</length><type>Text</type></fields>',
    ),
    'objectTranslations/Account-ja.objectTranslation': file('CustomObjectTranslation', words),
  };
  expect(failuresOf(deployFiles(org, shelf))).toEqual([]);
  const translated = () =>
    JSON.stringify(org.components().find((one) => one.fullName === 'Account-ja'));
  expect(translated()).toContain('Shelf__c');
  expect(problemsOf(org, { CustomField: ['Account.Shelf__c'] })).toEqual([]);
  expect(translated()).not.toContain('Shelf__c');
});
