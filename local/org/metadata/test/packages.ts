import { strToU8, zipSync } from 'fflate';
import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { deploy } from '../deploy/deploy.ts';
import type { ApexTests } from '../deploy/tests.ts';
import type { DeployOptions, DeployResult } from '../deploy/result.ts';

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const schemaTypes =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

/** Files by their path in the package. */
export type Files = Readonly<Record<string, string>>;

/** A metadata file: root element and lines inside; the first line of `inner` is line 2. */
export const file = (root: string, inner: string): string =>
  `<${root} ${namespace} ${schemaTypes}>\n${inner.trim()}\n</${root}>\n`;

const roots: Readonly<Record<string, string>> = {
  object: 'CustomObject',
  objectTranslation: 'CustomObjectTranslation',
  customPermission: 'CustomPermission',
  notiftype: 'CustomNotificationType',
  layout: 'Layout',
  tab: 'CustomTab',
  app: 'CustomApplication',
  permissionset: 'PermissionSet',
  md: 'CustomMetadata',
  cls: 'ApexClass',
  trigger: 'ApexTrigger',
  resource: 'StaticResource',
  externalCredential: 'ExternalCredential',
  namedCredential: 'NamedCredential',
  workflow: 'Workflow',
  flow: 'Flow',
  flowDefinition: 'FlowDefinition',
  flexipage: 'FlexiPage',
  quickAction: 'QuickAction',
  labels: 'CustomLabels',
  translation: 'Translations',
  report: 'Report',
  dashboard: 'Dashboard',
  cspTrustedSite: 'CspTrustedSite',
  sharingRules: 'SharingRules',
  queue: 'Queue',
  eca: 'ExternalClientApplication',
  ecaOauth: 'ExtlClntAppOauthSettings',
  ecaGlblOauth: 'ExtlClntAppGlobalOauthSettings',
  ecaOauthPlcy: 'ExtlClntAppOauthConfigurablePolicies',
};

/** Type and name of the component whose main file has that path; undefined for other files. */
function componentAt(path: string): { readonly type: string; readonly name: string } | undefined {
  const [, bundle] = /^lwc\/(\w+)\/\1\.js-meta\.xml$/.exec(path) ?? [];
  if (bundle !== undefined) return { type: 'LightningComponentBundle', name: bundle };
  const [, contents, folder] = /^(report|dashboard)s\/(\w+)-meta\.xml$/.exec(path) ?? [];
  if (folder !== undefined) return { type: roots[contents ?? ''] ?? '', name: folder };
  const isBeside = path.startsWith('lwc/') || path.endsWith('-meta.xml') || !path.includes('/');
  if (isBeside) return undefined;
  const [, name = '', suffix = ''] = /^[^/]+\/(.+)\.(\w+)$/.exec(path) ?? [];
  return { type: roots[suffix] ?? suffix, name };
}

/** The manifest that names each file's component; an object names what is in its file too. */
export function manifestOf(files: Files): string {
  const components = Object.keys(files).flatMap((path) => componentAt(path) ?? []);
  const types = components.map(
    ({ type, name }) => `<types><members>${name}</members><name>${type}</name></types>`,
  );
  return file('Package', `${types.join('\n')}\n<version>66.0</version>`);
}

export function zipOf(files: Files): Uint8Array {
  const packed = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(packed), { level: 0 });
}

const usual: DeployOptions = {
  allowMissingFiles: false,
  checkOnly: false,
  ignoreWarnings: false,
  purgeOnDelete: false,
  rollbackOnError: true,
  runTests: [],
  singlePackage: true,
  testLevel: 'NoTestRun',
};

/** For deploys that ask for no tests. */
export const noTests: ApexTests = {
  names: () => [],
  run: () => {
    throw new Error('this deploy has no tests');
  },
};

const by = { id: '005000000000001AAA', name: 'Ada Admin' };

/** Deploys files, with a manifest that fits them unless they bring one. */
export function deployFiles(
  org: OrgData,
  files: Files,
  options: Partial<DeployOptions> = {},
): DeployResult {
  const all = { 'package.xml': manifestOf(files), ...files };
  return deployZip(org, zipOf(all), options);
}

export function deployZip(
  org: OrgData,
  zip: Uint8Array,
  options: Partial<DeployOptions> = {},
): DeployResult {
  return deploy(
    { id: '0Af', by, zip, options: { ...usual, ...options } },
    { target: org, tests: noTests, now: () => new Date() },
  );
}

/** `fileName:line:column type fullName: problem` of each failure. */
export function failuresOf(result: DeployResult): readonly string[] {
  return result.details.componentFailures.map(
    ({ fileName, lineNumber, columnNumber, componentType, fullName, problem }) =>
      `${fileName}:${lineNumber ?? 0}:${columnNumber ?? 0} ${componentType} ${fullName}: ${problem ?? ''}`,
  );
}

/** A field as it stands in an object's file, on one line. */
export const field = (name: string, inner: string): string =>
  `<fields><fullName>${name}</fullName><label>${name.replace('__c', '')}</label>${inner}</fields>`;

export const text = (name: string, more = ''): string =>
  field(name, `<length>40</length>${more}<type>Text</type>`);

/** A custom object with its settings on the first lines and what is given after them. */
export const object = (label: string, inner = '', sharing = 'ReadWrite'): string =>
  file(
    'CustomObject',
    `<label>${label}</label>
<pluralLabel>${label}s</pluralLabel>
<nameField><label>Name</label><type>Text</type></nameField>
<deploymentStatus>Deployed</deploymentStatus>
<sharingModel>${sharing}</sharingModel>
${inner}`,
  );

export const metadataType = (label: string, inner: string): string =>
  file('CustomObject', `<label>${label}</label>\n<pluralLabel>${label}s</pluralLabel>\n${inner}`);

export const detailOf = (parent: string, list: string): string =>
  field(
    'Parent__c',
    `<referenceTo>${parent}</referenceTo><relationshipName>${list}</relationshipName><type>MasterDetail</type>`,
  );

export const value = (name: string, type: string, content: string): string =>
  `<values><field>${name}</field><value xsi:type="xsd:${type}">${content}</value></values>`;

export const record = (label: string, ...values: readonly string[]): string =>
  file('CustomMetadata', `<label>${label}</label>\n${values.join('\n')}`);

/** An org with an object, its detail, and two metadata types of which one names the other. */
export function orgWithBasics(): OrgData {
  const org = createOrgData();
  const colours = `<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>
<value><fullName>red</fullName><default>false</default><label>Red</label></value>
</valueSetDefinition></valueSet><type>Picklist</type>`;
  const relation = (name: string, to: string, more = ''): string =>
    field(
      name,
      `${more}<referenceTo>${to}</referenceTo><relationshipName>${name.replace('__c', 's')}</relationshipName><type>MetadataRelationship</type>`,
    );
  const controlling =
    '<metadataRelationshipControllingField>Rule__mdt.Object__c</metadataRelationshipControllingField>';
  const result = deployFiles(org, {
    'objects/Box__c.object': object(
      'Box',
      `${text('Code__c')}\n${text('Must__c', '<required>true</required>')}`,
    ),
    'objects/Item__c.object': object('Item', detailOf('Box__c', 'Items'), 'ControlledByParent'),
    'objects/Group__mdt.object': metadataType('Group', text('Note__c')),
    'objects/Rule__mdt.object': metadataType(
      'Rule',
      [
        relation('Group__c', 'Group__mdt'),
        relation('Object__c', 'EntityDefinition'),
        relation('Field__c', 'FieldDefinition', controlling),
        relation('Particle__c', 'EntityParticle', controlling),
        field('Colour__c', colours),
        field('Minutes__c', '<precision>4</precision><scale>0</scale><type>Number</type>'),
        field('On__c', '<defaultValue>true</defaultValue><type>Checkbox</type>'),
        text('Needed__c', '<required>true</required>'),
      ].join('\n'),
    ),
    'customPermissions/Skip.customPermission': file(
      'CustomPermission',
      '<isLicensed>false</isLicensed><label>Skip</label>',
    ),
  });
  if (!result.success) throw new Error(failuresOf(result).join('\n'));
  return org;
}
