import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createOrgData } from '../../data/org-data.ts';
import { zipLimits } from '../read/zip.ts';
import {
  deployFiles,
  deployZip,
  failuresOf,
  field,
  file,
  manifestOf,
  object,
  orgWithBasics,
  record,
  text,
  zipOf,
} from './packages.ts';

const tab = file('CustomTab', '<customObject>true</customObject><motif>Custom63: Chip</motif>');
const badTab = file('CustomTab', '<customObject>true</customObject>');

describe('a deploy', () => {
  it('makes objects, fields and rows of the org', () => {
    const org = createOrgData();
    const result = deployFiles(org, {
      'objects/Crate__c.object': object(
        'Crate',
        [
          field('Amount__c', '<precision>18</precision><scale>2</scale><type>Number</type>'),
          field('Done__c', '<defaultValue>false</defaultValue><type>Checkbox</type>'),
          field(
            'Key__c',
            '<caseSensitive>true</caseSensitive><externalId>true</externalId><length>255</length><type>Text</type><unique>true</unique>',
          ),
          field(
            'Owner_Account__c',
            '<referenceTo>Account</referenceTo><relationshipName>Crates</relationshipName><type>Lookup</type>',
          ),
          field(
            'Note__c',
            '<length>32768</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
          ),
          field(
            'Double__c',
            '<formula>Amount__c * 2</formula><precision>18</precision><scale>2</scale><type>Number</type>',
          ),
        ].join('\n'),
      ),
    });
    expect(failuresOf(result)).toEqual([]);
    expect(org.object('Crate__c')).toMatchObject({
      label: 'Crate',
      labelPlural: 'Crates',
      keyPrefix: 'a00',
      kind: 'custom',
      sharingModel: 'ReadWrite',
      nameField: 'Name',
    });
    const fields = new Map(org.object('Crate__c')?.fields.map((one) => [one.name, one]));
    expect(fields.get('Name')).toMatchObject({ type: 'string', length: 80, required: false });
    expect(fields.get('Amount__c')).toMatchObject({
      type: 'double',
      precision: 18,
      scale: 2,
      custom: true,
    });
    expect(fields.get('Done__c')).toMatchObject({ type: 'boolean', defaultValue: false });
    expect(fields.get('Key__c')).toMatchObject({
      length: 255,
      externalId: true,
      unique: true,
      caseSensitive: true,
    });
    expect(fields.get('Owner_Account__c')).toMatchObject({
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Owner_Account__r',
      childRelationshipName: 'Crates__r',
    });
    expect(fields.get('Note__c')).toMatchObject({
      type: 'textarea',
      length: 32768,
      filterable: false,
    });
    expect(fields.get('Double__c')).toMatchObject({
      type: 'double',
      formula: 'Amount__c * 2',
      updateable: false,
    });
  });

  it('keeps prefixes and fields when the object is deployed again', () => {
    const org = orgWithBasics();
    const before = org.object('Box__c');
    deployFiles(org, { 'objects/Box__c.object': object('Carton', text('More__c')) });
    const after = org.object('Box__c');
    expect(after).toMatchObject({ label: 'Carton', keyPrefix: before?.keyPrefix });
    const names = after?.fields.map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(['Code__c', 'Must__c', 'More__c', 'OwnerId']));
    expect(new Set(names).size).toBe(names?.length);
  });

  it('adds fields to a standard object by their own names in the manifest', () => {
    const org = createOrgData();
    const result = deployFiles(org, {
      'package.xml': file(
        'Package',
        '<types><members>Account.Woo_Key__c</members><name>CustomField</name></types><version>66.0</version>',
      ),
      'objects/Account.object': file('CustomObject', `${text('Woo_Key__c')}\n${text('Other__c')}`),
    });
    expect(failuresOf(result)).toEqual([
      'objects/Account.object:3:1 CustomField Account.Other__c: Not in package.xml',
    ]);
    expect(org.object('Account')?.fields.some((one) => one.name === 'Woo_Key__c')).toBe(false);
  });

  it('takes a field, a list view or a compact layout of an object alone, beside the object’s own elements', () => {
    const org = orgWithBasics();
    const parts = {
      CustomField: [text('Note__c'), 'Note__c'],
      ListView: [
        '<listViews><fullName>Mine</fullName><filterScope>Mine</filterScope><label>Mine</label></listViews>',
        'Mine',
      ],
      CompactLayout: [
        '<compactLayouts><fullName>Short</fullName><fields>Name</fields><label>Short</label></compactLayouts>',
        'Short',
      ],
    };
    for (const [type, [inner = '', name = '']] of Object.entries(parts)) {
      const result = deployFiles(org, {
        'package.xml': file(
          'Package',
          `<types><members>Box__c.${name}</members><name>${type}</name></types><version>66.0</version>`,
        ),
        'objects/Box__c.object': object('Crate', inner),
      });
      expect(failuresOf(result)).toEqual([]);
      const deployed = result.details.componentSuccesses.map(({ fullName }) => fullName);
      expect(deployed).toEqual(['package.xml', `Box__c.${name}`]);
    }
    expect(org.object('Box__c')?.label).toBe('Box');
    expect(org.object('Box__c')?.fields.map(({ name }) => name)).toContain('Note__c');
  });

  it('tells what it created and what it changed', () => {
    const org = orgWithBasics();
    const states = (files: Record<string, string>): unknown =>
      deployFiles(org, files).details.componentSuccesses.map((one) => [
        one.fullName,
        one.created,
        one.changed,
      ]);
    expect(states({ 'tabs/Box__c.tab': tab })).toEqual([
      ['package.xml', false, true],
      ['Box__c', true, true],
    ]);
    expect(states({ 'tabs/Box__c.tab': tab })).toContainEqual(['Box__c', false, false]);
    const other = tab.replace('Custom63: Chip', 'Custom33: Desk');
    expect(states({ 'tabs/Box__c.tab': other })).toContainEqual(['Box__c', false, true]);
  });

  it('gives a permission set a row that an assignment finds', () => {
    const org = orgWithBasics();
    const files = {
      'permissionsets/P.permissionset': file('PermissionSet', '<label>Pack</label>'),
    };
    const result = deployFiles(org, files);
    const row = org.db.get('SELECT Id, Name, Label FROM PermissionSet');
    expect(row).toMatchObject({ Name: 'P', Label: 'Pack' });
    expect(result.details.componentSuccesses.at(-1)).toMatchObject({
      fullName: 'P',
      id: row?.['Id'],
    });
    deployFiles(org, files);
    expect(org.db.all('SELECT Id FROM PermissionSet')).toHaveLength(1);
  });

  it('keeps the body of a permission set with typed grants', () => {
    const org = orgWithBasics();
    deployFiles(org, {
      'permissionsets/P.permissionset': file(
        'PermissionSet',
        '<fieldPermissions><editable>false</editable><field>Box__c.Code__c</field><readable>true</readable></fieldPermissions><label>P</label>',
      ),
    });
    const component = org.components().find((one) => one.type === 'PermissionSet');
    expect(component?.body).toMatchObject({
      fieldPermissions: [{ field: 'Box__c.Code__c', editable: false, readable: true }],
      objectPermissions: [],
    });
  });
});

describe('all or nothing', () => {
  const files = {
    'tabs/Box__c.tab': tab,
    'tabs/Item__c.tab': badTab,
    'customMetadata/Group.One.md': record('One'),
  };

  it('keeps nothing when one component fails and rollbackOnError is true', () => {
    const org = orgWithBasics();
    const result = deployFiles(org, files);
    expect(result).toMatchObject({
      done: true,
      success: false,
      status: 'Failed',
      numberComponentErrors: 1,
      numberComponentsDeployed: 2,
      numberComponentsTotal: 3,
    });
    expect(org.components().some((one) => one.type === 'CustomTab')).toBe(false);
    expect(org.db.all('SELECT Id FROM Group__mdt')).toEqual([]);
  });

  it('keeps the rest when rollbackOnError is false', () => {
    const org = orgWithBasics();
    const result = deployFiles(org, files, { rollbackOnError: false });
    expect(result).toMatchObject({ success: false, status: 'SucceededPartial' });
    expect(org.components().filter((one) => one.type === 'CustomTab')).toHaveLength(1);
    expect(org.db.all('SELECT Id FROM Group__mdt')).toHaveLength(1);
  });

  it('keeps nothing of a dry run, and says the same', () => {
    const org = orgWithBasics();
    const good = {
      'objects/New__c.object': object('New'),
      'customMetadata/Group.One.md': record('One'),
    };
    const result = deployFiles(org, good, { checkOnly: true });
    expect(result).toMatchObject({ success: true, status: 'Succeeded', checkOnly: true });
    expect(result.details.componentSuccesses.filter((one) => one.created)).toHaveLength(2);
    expect(org.object('New__c')).toBeUndefined();
    expect(org.db.all('SELECT Id FROM Group__mdt')).toEqual([]);
  });

  it('refuses what relies on a component that failed', () => {
    const result = deployFiles(orgWithBasics(), {
      'objects/New__c.object': object('New', text('X__c', '<inlineHelpTxt>h</inlineHelpTxt>')),
      'layouts/New__c-L.layout': file(
        'Layout',
        '<layoutSections><layoutColumns><layoutItems><field>Name</field></layoutItems><layoutItems><field>X__c</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections>',
      ),
    });
    expect(result.details.componentFailures.map((one) => one.problem)).toEqual([
      'Error parsing file: Element inlineHelpTxt invalid at this location in type CustomField',
      'In field: field - no CustomField named New__c.X__c found',
    ]);
  });
});

describe('package.xml and the files', () => {
  const manifest = (inner: string): string => file('Package', `${inner}\n<version>66.0</version>`);

  it.each([
    [
      'a name without a file',
      {
        'package.xml': manifest('<types>\n<members>Box__c</members><name>CustomTab</name></types>'),
      },
      "package.xml:3:1 CustomTab Box__c: An object 'Box__c' of type CustomTab was named in package.xml, but was not found in zipped directory",
    ],
    [
      'a field that is named and not in its object',
      {
        'package.xml': manifest(
          `<types><members>Box__c.Code__c</members>
<members>Box__c.Gone__c</members><name>CustomField</name></types>`,
        ),
        'objects/Box__c.object': file('CustomObject', text('Code__c')),
      },
      "package.xml:3:1 CustomField Box__c.Gone__c: An object 'Box__c.Gone__c' of type CustomField was named in package.xml, but was not found in zipped directory",
    ],
    [
      'a file without a name',
      { 'package.xml': manifest(''), 'tabs/Box__c.tab': tab },
      'tabs/Box__c.tab:1:1 CustomTab Box__c: Not in package.xml',
    ],
    [
      'a type that is not emulated',
      {
        'package.xml': manifest('<types><members>F</members><name>Group</name></types>'),
        'groups/F.group': file('Group', '<name>F</name>'),
      },
      'groups/F.group:1:1 Group F: The local org does not emulate the metadata type Group yet. Leave it out of this deploy, or deploy it to a real org.',
    ],
    [
      'a type that Salesforce does not have',
      {
        'package.xml': manifest(
          '<types><members>A.B__c</members><name>CustomFields</name></types>',
        ),
      },
      "package.xml:2:8 CustomFields A.B__c: Unknown type name 'CustomFields' specified in package.xml",
    ],
    [
      'source code of a type that is not emulated',
      {
        'package.xml': manifest('<types><members>A</members><name>ApexPage</name></types>'),
        'pages/A.page': '<apex:page/>',
        'pages/A.page-meta.xml': file('ApexPage', '<apiVersion>66.0</apiVersion>'),
      },
      'pages/A.page-meta.xml:1:1 ApexPage A: The local org does not emulate the metadata type ApexPage yet. Leave it out of this deploy, or deploy it to a real org.',
    ],
    [
      'a bundle of a type that is not emulated',
      {
        'package.xml': manifest(
          '<types><members>panel</members><name>AuraDefinitionBundle</name></types>',
        ),
        'aura/panel/panelController.js': '({})',
        'aura/panel/panel.cmp-meta.xml': file(
          'AuraDefinitionBundle',
          '<description>A panel</description>',
        ),
      },
      'aura/panel/panel.cmp-meta.xml:1:1 AuraDefinitionBundle panel: The local org does not emulate the metadata type AuraDefinitionBundle yet. Leave it out of this deploy, or deploy it to a real org.',
    ],
    [
      'a file of nothing',
      { 'package.xml': manifest(''), 'notes/readme.txt': 'hello' },
      'notes/readme.txt:1:1  readme: The file notes/readme.txt belongs to no metadata type that the local org knows.',
    ],
    [
      'a misspelt package.xml',
      {
        'package.xml': file('Package', '<type><members>A</members></type><version>66.0</version>'),
      },
      'package.xml:2:1  package.xml: Error parsing file: Element type invalid at this location in type Package',
    ],
    [
      'an odd version',
      { 'package.xml': file('Package', '<version>latest</version>') },
      'package.xml:2:1  package.xml: Invalid version specified: latest; write it as 66.0',
    ],
    [
      'a version of the future',
      { 'package.xml': file('Package', '<version>69.0</version>') },
      'package.xml:2:1  package.xml: Invalid version specified: 69.0; write it as 66.0',
    ],
    [
      'a version that never was',
      { 'package.xml': file('Package', '<version>0.0</version>') },
      'package.xml:2:1  package.xml: Invalid version specified: 0.0; write it as 66.0',
    ],
  ])('refuses %s', (_what, files, expected) => {
    expect(failuresOf(deployFiles(orgWithBasics(), files))).toEqual([expected]);
  });

  it('takes a wildcard, an empty destructiveChanges.xml, and missing files when told to', () => {
    const result = deployFiles(
      orgWithBasics(),
      {
        'package.xml': manifest(
          '<types><members>*</members><members>Gone</members><name>CustomTab</name></types>',
        ),
        'tabs/Box__c.tab': tab,
        'destructiveChanges.xml': manifest(''),
      },
      { allowMissingFiles: true },
    );
    expect(failuresOf(result)).toEqual([]);
    expect(result.numberComponentsDeployed).toBe(1);
  });

  it('refuses a zip without package.xml', () => {
    const result = deployZip(orgWithBasics(), zipOf({ 'tabs/Box__c.tab': tab }));
    expect(failuresOf(result)).toEqual(['package.xml:1:1  package.xml: No package.xml found']);
  });

  it('finds the package in a folder of the zip and names files with it', () => {
    const files = { 'tabs/Box__c.tab': badTab };
    const zip = zipOf({ 'zip/package.xml': manifestOf(files), 'zip/tabs/Box__c.tab': badTab });
    expect(failuresOf(deployZip(orgWithBasics(), zip, { singlePackage: false }))).toEqual([
      'zip/tabs/Box__c.tab:1:1 CustomTab Box__c: Required field is missing: motif',
    ]);
  });
});

/** The zip with another unpacked size in the central directory, which is what a guard reads. */
function claiming(zip: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(size, bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
  return bytes;
}

describe('a zip that cannot be deployed', () => {
  const entry = (path: string): Uint8Array =>
    zipSync({ 'package.xml': strToU8(manifestOf({})), [path]: strToU8('x') });

  it.each([
    ['is none', strToU8('not a zip'), /^The file is no zip that can be read: /],
    ['leads out of the package', entry('../evil.object'), /"\.\.\/evil\.object", which leads out/],
    ['has an absolute path', entry('/etc/evil.object'), /"\/etc\/evil\.object", which leads out/],
    ['is too large', new Uint8Array(zipLimits.zipped + 1), /bytes; a deploy takes 40894464\.$/],
    [
      'has too many files',
      zipSync(
        Object.fromEntries(
          Array.from({ length: zipLimits.files + 1 }, (_, n) => [`a/${n}`, new Uint8Array()]),
        ),
      ),
      /more than 10000 files/,
    ],
    [
      'is too large unzipped',
      claiming(zipSync({ a: strToU8('x') }), zipLimits.unzipped + 1),
      /more than 400 MB unzipped/,
    ],
  ])('%s', (_what, zip, message) => {
    const result = deployZip(orgWithBasics(), zip);
    expect(result).toMatchObject({ done: true, success: false, status: 'Failed' });
    expect(result.errorMessage).toMatch(message);
  });

  it.each([
    ['RunRelevantTests', 'NOT_EMULATED'],
    ['RunSpecifiedTests', 'INVALID_OPERATION'],
  ])('asks for tests by %s alone', (testLevel, code) => {
    const zip = zipOf({ 'package.xml': manifestOf({}) });
    const result = deployZip(orgWithBasics(), zip, { testLevel });
    expect([result.success, result.errorStatusCode]).toEqual([false, code]);
  });
});
