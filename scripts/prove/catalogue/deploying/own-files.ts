import type { Members, MetadataFile } from '../../../lib/metadata-package.ts';
import type { Components } from '../../model/probing.ts';

const NAMESPACES = [
  'xmlns="http://soap.sforce.com/2006/04/metadata"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
].join(' ');

/** The text of a file in the metadata format. */
export const metadataFile = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${NAMESPACES}>${content}</${root}>\n`;

const LABELS = '<label>Woo Prove</label><pluralLabel>Woo Prove</pluralLabel>';
const MANAGED = '<fieldManageability>DeveloperControlled</fieldManageability>';

const textField = (name: string, more = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name.replace('__c', '')}</label><length>80</length>${more}<type>Text</type></fields>`;

/** A checkbox that is new in a version of the type. */
export const CHECKBOX = `<fields><fullName>Active__c</fullName><defaultValue>true</defaultValue><label>Active</label>${MANAGED}<type>Checkbox</type></fields>`;

/** Values of a record in XML, by field; what is left out is not in its file. */
export type RecordValues = Readonly<Record<string, string>>;

/**
 * A custom metadata type of a run, with the texts `Note__c` and `Other__c`, and records of it.
 * @param type without its ending
 * @param more fields beside these two
 */
export async function deployType(
  components: Components,
  type: string,
  records: Readonly<Record<string, RecordValues>>,
  more = '',
): Promise<void> {
  const fields = ['Note__c', 'Other__c'].map((name) => textField(name, MANAGED)).join('');
  const object = metadataFile(
    'CustomObject',
    `${fields}${more}${LABELS}<visibility>Public</visibility>`,
  );
  const files: readonly MetadataFile[] = Object.entries(records).map(([name, values]) => [
    `customMetadata/${type}.${name}.md`,
    metadataFile('CustomMetadata', recordContent(name, values)),
  ]);
  const names = Object.keys(records).map((name) => `${type}.${name}`);
  const members: Members = { CustomObject: [`${type}__mdt`], CustomMetadata: names };
  await components.deploy([[`objects/${type}__mdt.object`, object], ...files], members);
}

function recordContent(label: string, values: RecordValues): string {
  const elements = Object.entries(values).map(
    ([field, value]) =>
      `<values><field>${field}</field><value xsi:type="xsd:string">${value}</value></values>`,
  );
  return `<label>${label}</label><protected>false</protected>${elements.join('')}`;
}

/** The text of a record that a retrieve gives. */
export async function retrieveRecord(components: Components, record: string): Promise<string> {
  const files = await components.retrieve({ CustomMetadata: [record] });
  return files[`customMetadata/${record}.md`] ?? '';
}

/** An object of a run with the text `Note__c`, of which no permission set says anything. @returns its name */
export async function deployObject(components: Components): Promise<string> {
  const name = `${components.name()}__c`;
  const content = [
    `<deploymentStatus>Deployed</deploymentStatus>${textField('Note__c')}${LABELS}`,
    '<nameField><label>Name</label><type>Text</type></nameField>',
    '<sharingModel>ReadWrite</sharingModel>',
  ].join('');
  const file: MetadataFile = [`objects/${name}.object`, metadataFile('CustomObject', content)];
  await components.deploy([file], { CustomObject: [name] });
  return name;
}
