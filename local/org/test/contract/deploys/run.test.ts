import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect } from 'vitest';
import type { DeployResult } from '../../../metadata/deploy/result.ts';
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
  value,
  zipOf,
  type Files,
} from '../../../metadata/test/packages.ts';
import { zipLimits } from '../../../metadata/read/zip.ts';
import { HttpOrg } from '../http-org.ts';
import { statement } from '../statement.ts';

let http: HttpOrg;

beforeAll(async () => {
  http = await HttpOrg.start();
});
afterAll(() => http.close());

const crate: Files = { 'objects/Crate__c.object': object('Crate') };
const zipped = (files: Files): Buffer =>
  Buffer.from(zipOf({ 'package.xml': manifestOf(files), ...files }));

async function soap(body: string): Promise<string> {
  const answer = await fetch(`${http.url}/services/Soap/m/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${http.org.adminToken}</sessionId></SessionHeader></e:Header><e:Body xmlns="http://soap.sforce.com/2006/04/metadata">${body}</e:Body></e:Envelope>`,
  });
  return answer.text();
}

const inTag = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

statement(
  'A deploy over SOAP is answered with Queued; the first look at its state says what came of it.',
  async () => {
    const started = await soap(
      `<deploy><ZipFile>${zipped(crate).toString('base64')}</ZipFile><DeployOptions><singlePackage>true</singlePackage></DeployOptions></deploy>`,
    );
    expect([inTag(started, 'state'), inTag(started, 'done')]).toEqual(['Queued', 'false']);
    const state = await soap(
      `<checkDeployStatus><asyncProcessId>${inTag(started, 'id') ?? ''}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
    );
    expect([inTag(state, 'done'), inTag(state, 'status')]).toEqual(['true', 'Succeeded']);
  },
);

statement(
  'A deploy over REST is a zip and its options in one multipart body, answered with 201 and an id under which its state is read.',
  async () => {
    const form = new FormData();
    form.append(
      'file',
      new Blob([new Uint8Array(zipped(crate))], { type: 'application/zip' }),
      'package.xml',
    );
    const options = JSON.stringify({ deployOptions: { singlePackage: true } });
    form.append('entity_content', new Blob([options], { type: 'application/json' }));
    const path = `${http.url}/services/data/v66.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${http.org.adminToken}` };
    const started = await fetch(path, { method: 'POST', headers, body: form });
    const { id } = (await started.json()) as { id: string };
    expect([started.status, id]).toEqual([201, expect.stringMatching(/^0Af/)]);
    const state = await fetch(`${path}/${id}?includeDetails=true`, { headers });
    const { deployResult } = (await state.json()) as { deployResult: DeployResult };
    expect(deployResult).toMatchObject({
      done: true,
      status: 'Succeeded',
      numberComponentsTotal: 1,
    });
  },
);

statement(
  '`describeMetadata` lists the types that are taken, `listMetadata` what is there of one.',
  async () => {
    const types = await soap(
      '<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>',
    );
    const named = [...types.matchAll(/<(?:xmlName|childXmlNames)>(\w+)</g)].map((one) => one[1]);
    expect(named.sort()).toEqual([
      'ApexClass',
      'ApexTrigger',
      'CompactLayout',
      'CspTrustedSite',
      'CustomApplication',
      'CustomField',
      'CustomLabel',
      'CustomLabels',
      'CustomMetadata',
      'CustomNotificationType',
      'CustomObject',
      'CustomObjectTranslation',
      'CustomPermission',
      'CustomTab',
      'Dashboard',
      'ExternalClientApplication',
      'ExternalCredential',
      'ExtlClntAppGlobalOauthSettings',
      'ExtlClntAppOauthConfigurablePolicies',
      'ExtlClntAppOauthSettings',
      'FlexiPage',
      'Flow',
      'FlowDefinition',
      'Layout',
      'LightningComponentBundle',
      'ListView',
      'NamedCredential',
      'PermissionSet',
      'Queue',
      'QuickAction',
      'RecordType',
      'Report',
      'SharingOwnerRule',
      'SharingRules',
      'StaticResource',
      'Translations',
      'ValidationRule',
      'Workflow',
      'WorkflowOutboundMessage',
    ]);
    const listed = await soap(
      '<listMetadata><queries><type>CustomObject</type></queries></listMetadata>',
    );
    expect(listed).toContain('<fullName>Account</fullName>');
  },
);

const tab = file('CustomTab', '<customObject>true</customObject><motif>Custom63: Chip</motif>');
const tabs: Files = {
  'tabs/Box__c.tab': tab,
  'tabs/Item__c.tab': file('CustomTab', '<customObject>true</customObject>'),
};

statement(
  'With `rollbackOnError` one failure undoes all; without it the rest is kept and the state is `SucceededPartial`.',
  () => {
    const org = orgWithBasics();
    const before = org.components();
    const whole = deployFiles(org, tabs);
    expect([whole.status, whole.success, org.components()]).toEqual(['Failed', false, before]);
    const partial = deployFiles(org, tabs, { rollbackOnError: false });
    expect([partial.status, partial.success]).toEqual(['SucceededPartial', false]);
    expect(org.components().filter((one) => one.type === 'CustomTab')).toHaveLength(1);
  },
);

statement('A dry run writes everything and takes it back.', () => {
  const org = orgWithBasics();
  const result = deployFiles(
    org,
    { ...crate, 'customMetadata/Group.A.md': record('A') },
    { checkOnly: true },
  );
  expect(result).toMatchObject({ success: true, checkOnly: true, numberComponentsDeployed: 2 });
  expect(org.object('Crate__c')).toBeUndefined();
  expect(org.db.all('SELECT Id FROM Group__mdt')).toEqual([]);
});

statement(
  'What was deployed before is changed: fields that a later deploy leaves out stay, and record ids and key prefixes stay.',
  () => {
    const org = orgWithBasics();
    const prefix = org.object('Box__c')?.keyPrefix;
    deployFiles(org, { 'customMetadata/Group.A.md': record('A') });
    const id = org.db.get('SELECT Id FROM Group__mdt');
    deployFiles(org, {
      'objects/Box__c.object': object('Carton', text('More__c')),
      'customMetadata/Group.A.md': record('B'),
    });
    expect(org.object('Box__c')).toMatchObject({ label: 'Carton', keyPrefix: prefix });
    const names = org.object('Box__c')?.fields.map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(['Code__c', 'More__c']));
    expect(org.db.get('SELECT Id, MasterLabel FROM Group__mdt')).toEqual({
      ...id,
      MasterLabel: 'B',
    });
  },
);

statement('A permission set that is deployed again is replaced whole.', () => {
  const org = orgWithBasics();
  const grant =
    '<fieldPermissions><editable>true</editable><field>Box__c.Code__c</field></fieldPermissions>';
  for (const inner of [grant, '']) {
    const content = file('PermissionSet', `${inner}<label>P</label>`);
    deployFiles(org, { 'permissionsets/P.permissionset': content });
  }
  const [set, ...more] = org.components().filter((one) => one.type === 'PermissionSet');
  expect([set?.body, more]).toMatchObject([{ fieldPermissions: [] }, []]);
});

statement('A custom metadata value that the file leaves out is emptied.', () => {
  const org = orgWithBasics();
  const rule = (...values: readonly string[]): Files => ({
    'customMetadata/Rule.A.md': record('A', value('Needed__c', 'string', 'n'), ...values),
  });
  deployFiles(org, rule(value('Colour__c', 'string', 'red')));
  deployFiles(org, rule());
  expect(org.db.get('SELECT Colour__c FROM Rule__mdt')).toMatchObject({ Colour__c: null });
});

statement(
  'A zip is refused beyond 39 MB, 400 MB unpacked or 10,000 files, and when a path leads out of it.',
  () => {
    const org = orgWithBasics();
    const message = (zip: Uint8Array): string | undefined => deployZip(org, zip).errorMessage;
    expect(message(new Uint8Array(zipLimits.zipped + 1))).toContain('a deploy takes 40894464');
    const large = Buffer.from(zipSync({ a: strToU8('x') }));
    large.writeUInt32LE(
      zipLimits.unzipped + 1,
      large.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24,
    );
    expect(message(large)).toContain('more than 400 MB unzipped');
    const many = Array.from({ length: zipLimits.files + 1 }, (_, n) => [
      `a/${n}`,
      new Uint8Array(),
    ]);
    expect(message(zipSync(Object.fromEntries(many) as Record<string, Uint8Array>))).toContain(
      '10000 files',
    );
    expect(message(zipSync({ '../evil.object': strToU8('x') }))).toContain(
      'leads out of the package',
    );
  },
);

statement(
  'A file that package.xml does not name, and a name without a file, are failures; the version of package.xml is one that there is.',
  () => {
    const manifest = file(
      'Package',
      '<types><members>Gone__c</members><name>CustomTab</name></types><version>66.0</version>',
    );
    const result = deployFiles(orgWithBasics(), {
      'package.xml': manifest,
      'tabs/Box__c.tab': tab,
    });
    expect(failuresOf(result)).toEqual([
      'tabs/Box__c.tab:1:1 CustomTab Box__c: Not in package.xml',
      "package.xml:2:8 CustomTab Gone__c: An object 'Gone__c' of type CustomTab was named in package.xml, but was not found in zipped directory",
    ]);
    const versions = ['68.0', '69.0', '66.5'].flatMap((version) =>
      failuresOf(
        deployFiles(orgWithBasics(), {
          'package.xml': manifest.replace('66.0', version).replace(/<types>.*<\/types>/, ''),
        }),
      ),
    );
    expect(versions).toEqual([
      'package.xml:2:1  package.xml: Invalid version specified: 69.0; write it as 66.0',
      'package.xml:2:1  package.xml: Invalid version specified: 66.5; write it as 66.0',
    ]);
  },
);

statement('A component that stands twice in a package is refused.', () => {
  const files = { 'objects/Box__c.object': object('Box', text('X__c') + text('x__C')) };
  expect(failuresOf(deployFiles(orgWithBasics(), files))).toEqual([
    expect.stringContaining('Box__c.x__C: Duplicate name: Box__c.x__C'),
  ]);
});

statement('What relied on a failed component fails too; what did not is kept.', () => {
  const bad = field('X__c', '<type>Text</type>');
  const view = (name: string, column: string): string =>
    `<listViews><fullName>${name}</fullName><columns>${column}</columns><filterScope>Everything</filterScope><label>${name}</label></listViews>`;
  const inner = [text('Y__c'), bad, view('A', 'X__c'), view('B', 'Y__c')].join('');
  const org = orgWithBasics();
  const files = { 'objects/Box__c.object': object('Box', inner) };
  const { details } = deployFiles(org, files, { rollbackOnError: false });
  expect(details.componentFailures.map((one) => one.fullName)).toEqual(['Box__c.X__c', 'Box__c.A']);
  const names = details.componentSuccesses.map((one) => one.fullName);
  expect(names).toEqual(['package.xml', 'Box__c', 'Box__c.Y__c', 'Box__c.B']);
});

statement('Metadata types that are not emulated are failures that say so.', () => {
  const org = orgWithBasics();
  const version = '<version>66.0</version>';
  const group = `<types><members>F</members><name>Group</name></types>${version}`;
  const foreign = {
    'package.xml': file('Package', group),
    'groups/F.group': file('Group', ''),
  };
  expect(failuresOf(deployFiles(org, foreign))).toEqual([
    expect.stringContaining('The local org does not emulate the metadata type Group yet.'),
  ]);
});

statement(
  'Every file is checked against the types that Salesforce publishes: misspelt, missing, repeated and interrupted elements, enums, booleans and numbers, roots and namespaces, broken XML and DTDs.',
  () => {
    const set = (inner: string): string => file('PermissionSet', inner);
    const grant = '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>';
    const label = '<label>P</label>';
    const problems = [
      set(`${label}<lable>P</lable>`),
      set(''),
      set(label + label),
      set(`${grant}${label}${grant}`),
      set(`${label}<tabSettings><tab>A</tab><visibility>Yes</visibility></tabSettings>`),
      set(`${label}<hasActivationRequired>no</hasActivationRequired>`),
      file('Profile', ''),
      '<PermissionSet><label>P</label></PermissionSet>',
      '<PermissionSet>',
      `<!DOCTYPE a><PermissionSet/>`,
    ].map((content) => {
      const files = { 'permissionsets/P.permissionset': content };
      const [failure] = deployFiles(orgWithBasics(), files).details.componentFailures;
      return failure?.problem?.replace('Error parsing file: ', '');
    });
    expect(problems).toEqual([
      'Element lable invalid at this location in type PermissionSet',
      'Required field is missing: label',
      'Element label is duplicated at this location in type PermissionSet',
      'Element classAccesses is duplicated at this location in type PermissionSet',
      "'Yes' is not a valid value for the enum 'PermissionSetTabVisibility'",
      "'no' is not a valid value for xsd:boolean in hasActivationRequired",
      'Element Profile invalid: the root element of this file is PermissionSet',
      'Element PermissionSet is not in the namespace http://soap.sforce.com/2006/04/metadata',
      expect.stringMatching(/^Premature end of data/),
      'DOCTYPE is not allowed.',
    ]);
  },
);

statement(
  'A failure names the file, line and column; for parts of an object these count in the composed `.object` file that the CLI sends.',
  () => {
    const files = { 'objects/Box__c.object': object('Box', `${text('X__c')}\n${text('1Y__c')}`) };
    const [failure] = deployFiles(orgWithBasics(), files).details.componentFailures;
    expect(failure).toMatchObject({
      componentType: 'CustomField',
      fullName: 'Box__c.1Y__c',
      fileName: 'objects/Box__c.object',
      lineNumber: 8,
      columnNumber: 9,
      problemType: 'Error',
    });
  },
);
