import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { deployFiles, failuresOf, field, file, object, text, type Files } from './packages.ts';

/** Settings of a component: on lines 2 and after, as given. */
export const settings = (inner = '', version = '66.0'): string =>
  file(
    'LightningComponentBundle',
    `<apiVersion>${version}</apiVersion>\n<isExposed>true</isExposed>\n${inner}`,
  );

/** Targets and, where given, what the settings say of them. */
export const targets = (names: readonly string[], configs = ''): string =>
  `<targets>${names.map((one) => `<target>lightning__${one}</target>`).join('')}</targets>\n` +
  (configs === '' ? '' : `<targetConfigs>\n${configs}\n</targetConfigs>`);

export const script = (inner = '', imports = '', name = 'One'): string =>
  `import { LightningElement, api } from 'lwc';\n${imports}\n` +
  `export default class ${name} extends LightningElement {\n${inner}\n}\n`;

interface BundleParts {
  readonly js?: string;
  readonly html?: string;
  readonly css?: string;
  readonly settings?: string;
}

/** The files of a component; without a script of its own it has an empty class. */
export function bundle(name: string, parts: BundleParts = {}): Files {
  const { js = script(), html, css, settings: meta = settings() } = parts;
  return {
    [`lwc/${name}/${name}.js`]: js,
    ...(html === undefined ? {} : { [`lwc/${name}/${name}.html`]: html }),
    ...(css === undefined ? {} : { [`lwc/${name}/${name}.css`]: css }),
    [`lwc/${name}/${name}.js-meta.xml`]: meta,
  };
}

export const property = (name: string, ...values: readonly string[]): string =>
  `<componentInstanceProperties><name>${name}</name>${values
    .map((value) => `<value>${value}</value>`)
    .join('')}</componentInstanceProperties>`;

/** A component on a page, on one line. */
export const item = (component: string, inner = '', identifier = component, more = ''): string =>
  `<itemInstances><componentInstance>${inner}<componentName>${component}</componentName>` +
  `<identifier>${identifier.replace(':', '_')}</identifier>${more}</componentInstance></itemInstances>`;

export const region = (name: string, items = '', type = 'Region'): string =>
  `<flexiPageRegions>${items}<name>${name}</name><type>${type}</type></flexiPageRegions>`;

interface PageParts {
  readonly regions?: string;
  readonly object?: string;
  readonly template?: string;
  readonly type?: string;
}

/** A page of parcels with what is given in its main region, which is line 2. */
export function page(main: string, parts: PageParts = {}): string {
  const { regions = '', object: subject = 'Parcel__c', type = 'RecordPage' } = parts;
  const { template = 'flexipage:recordHomeTemplateDesktop' } = parts;
  const rest = template.startsWith('flexipage:record')
    ? `${region('header')}\n${region('sidebar')}`
    : '';
  const about = subject === '' ? '' : `<sobjectType>${subject}</sobjectType>`;
  return file(
    'FlexiPage',
    `${region('main', main)}\n${rest}\n${regions}
<masterLabel>Parcel</masterLabel>
${about}
<template><name>${template}</name></template>
<type>${type}</type>`,
  );
}

export const label = (name: string, value = 'Text', more = ''): string =>
  `<labels><fullName>${name}</fullName>${more}<language>en_US</language><protected>false</protected>` +
  `<shortDescription>${name}</shortDescription><value>${value}</value></labels>`;

const lines = field(
  'Parcel__c',
  '<referenceTo>Parcel__c</referenceTo><relationshipName>Lines</relationshipName><type>MasterDetail</type>',
);
const states = ['new', 'sent']
  .map(
    (one) =>
      `<value><fullName>${one}</fullName><default>false</default><label>${one}</label></value>`,
  )
  .join('');
const parcelFields = [
  text('Code__c'),
  field('Weight__c', '<precision>8</precision><scale>2</scale><type>Number</type>'),
  field('Sent__c', '<type>Date</type>'),
  field('Fragile__c', '<defaultValue>false</defaultValue><type>Checkbox</type>'),
  field('Notes__c', '<length>900</length><type>LongTextArea</type><visibleLines>3</visibleLines>'),
  field(
    'State__c',
    `<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${states}</valueSetDefinition></valueSet>`,
  ),
  field(
    'Contact__c',
    '<referenceTo>Contact</referenceTo><relationshipName>Parcels</relationshipName><type>Lookup</type>',
  ),
  '<listViews><fullName>All_Parcels</fullName><columns>NAME</columns><filterScope>Everything</filterScope><label>All</label></listViews>',
];
const reports = '<enableReports>true</enableReports>';
const greeter = `public class Greeter {
  @AuraEnabled(cacheable=true)
  public static String greet(String name) { return name; }
  public static String hidden() { return ''; }
}`;

/** What everything Lightning is tried on: parcels with lines, a component, a class, a label. */
const basics: Files = {
  'objects/Parcel__c.object': object('Parcel', `${parcelFields.join('\n')}\n${reports}`),
  'objects/Line__c.object': object('Line', `${lines}\n${reports}`, 'ControlledByParent'),
  'objects/Secret__c.object': object('Secret', text('Code__c')),
  'classes/Greeter.cls': greeter,
  'classes/Greeter.cls-meta.xml': file(
    'ApexClass',
    '<apiVersion>66.0</apiVersion><status>Active</status>',
  ),
  'customPermissions/Skip.customPermission': file(
    'CustomPermission',
    '<isLicensed>false</isLicensed><label>Skip</label>',
  ),
  'labels/CustomLabels.labels': file('CustomLabels', label('Hello')),
  ...bundle('badge', {
    js: script('@api recordId; @api size; @api wide;'),
    html: '<template><p>{size}</p></template>',
    settings: settings(
      targets(
        ['RecordPage', 'RecordAction'],
        `<targetConfig targets="lightning__RecordPage">
<property name="size" type="Integer" min="1" max="9" default="3"/>
<property name="wide" type="Boolean"/>
<objects><object>Parcel__c</object></objects>
</targetConfig>`,
      ),
    ),
  }),
  ...bundle('tools', { js: 'export const one = 1;\n', settings: settings() }),
  'reports/Sales-meta.xml': file('ReportFolder', '<name>Sales</name>'),
};

/** An org with the basics; `translations` turns Translation Workbench on. */
function lightningOrg(translations = false): OrgData {
  const org = createOrgData({ features: { translations } });
  const result = deployFiles(org, basics);
  if (!result.success) throw new Error(failuresOf(result).join('\n'));
  return org;
}

/** A component's problem repeats its place, for the CLI. */
const withoutPlace = (problem = ''): string => problem.replace(/^\[Line: \d+, Col: \d+\] /, '');

/** Tries files on an org in dry runs, and says `line: problem` of each failure. */
export class LightningOrg {
  readonly data: OrgData;

  constructor(translations = false) {
    this.data = lightningOrg(translations);
  }

  /** With the end of the path before each problem: `one.html:2:3: …`. */
  problems(files: Files): readonly string[] {
    const { details } = deployFiles(this.data, files, { checkOnly: true });
    return details.componentFailures.map(
      ({ fileName, lineNumber, columnNumber, problem }) =>
        `${fileName.slice(fileName.lastIndexOf('/') + 1)}:${lineNumber ?? 0}:${columnNumber ?? 0}: ${withoutPlace(problem)}`,
    );
  }

  /** The problems alone. */
  messages(files: Files): readonly string[] {
    return this.problems(files).map((one) => one.replace(/^[^:]+:\d+:\d+: /, ''));
  }
}
