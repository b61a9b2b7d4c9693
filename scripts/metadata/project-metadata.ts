import { XMLParser } from 'fast-xml-parser';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/* The files of the project’s metadata, as the tests beside this file look at them. */

export type Xml = Readonly<Record<string, unknown>>;

export const home = join(import.meta.dirname, '../..');
const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export const texts = (value: unknown): readonly string[] => list(value).map(String);
export const nodes = (value: unknown): readonly Xml[] =>
  list(value).filter((one): one is Xml => typeof one === 'object' && one !== null);
export const node = (value: unknown): Xml => nodes(value)[0] ?? {};
export const string = (value: unknown): string => (typeof value === 'string' ? value : '');

interface File {
  readonly path: string;
  /** File name without its suffixes. */
  readonly name: string;
  readonly body: Xml;
}

/** All files below the package directories that match, with the content of their root element. */
export function read(pattern: string, root: string): readonly File[] {
  return globSync(pattern, { cwd: home }).map((path) => {
    const document = parser.parse(readFileSync(join(home, path), 'utf8')) as Xml;
    const name = basename(path).replace(/\.[^.]+-meta\.xml$/, '');
    return { path, name, body: node(document[root]) };
  });
}

export interface Field {
  readonly object: string;
  readonly name: string;
  readonly type: string;
  readonly body: Xml;
  /** Setup does not let anybody hide it, so a permission set must not name it. */
  readonly alwaysVisible: boolean;
}

export const base = 'force-app/main/default';
/** Outbound messages and the flows that send them, which name a user of the org. */
export const outbound = 'config/org/main/outbound';
export const fields: readonly Field[] = read(`${base}/objects/*/fields/*.xml`, 'CustomField').map(
  ({ path, name, body }) => ({
    object: basename(dirname(dirname(path))),
    name,
    type: string(body['type']),
    body,
    alwaysVisible: body['required'] === 'true' || body['type'] === 'MasterDetail',
  }),
);
export const objects = read(`${base}/objects/*/*.object-meta.xml`, 'CustomObject');
export const permissionSets = read(`${base}/permissionsets/*.xml`, 'PermissionSet');
/** Pages write and read it, and nobody else. */
export const LOG = 'Woo_Mapping_Save__c';
export const isType = (object: string): boolean => object.endsWith('__mdt');
export const fullName = (field: Field): string => `${field.object}.${field.name}`;
export const fieldsOf = (object: string): readonly Field[] =>
  fields.filter((field) => field.object === object);
export const fieldOf = (object: string, name: string): Field | undefined =>
  fields.find((field) => field.object === object && field.name === name);

export function picklist(field: Field | undefined): readonly string[] {
  const definition = node(node(field?.body['valueSet'])['valueSetDefinition']);
  return nodes(definition['value']).map((value) => string(value['fullName']));
}

export interface Entry {
  readonly type: string;
  readonly name: string;
  readonly label: string;
  /** Values that are not null. */
  readonly values: ReadonlyMap<string, string>;
}

/** Of custom metadata types. */
export const records: readonly Entry[] = read('config/org/**/*.md-meta.xml', 'CustomMetadata').map(
  ({ name: file, body }) => {
    const [type = '', name = ''] = file.split('.');
    const values = nodes(body['values'])
      .map((pair) => [string(pair['field']), string(node(pair['value'])['#text'])] as const)
      .filter(([, value]) => value !== '');
    return { type: `${type}__mdt`, name, label: string(body['label']), values: new Map(values) };
  },
);
export const recordsOf = (type: string): readonly Entry[] =>
  records.filter((one) => one.type === type);
export const value = (record: Entry | undefined, field: string): string =>
  record?.values.get(field) ?? '';
export const fieldMappings = recordsOf('Woo_Field_Mapping__mdt');

export const project = JSON.parse(readFileSync(join(home, 'sfdx-project.json'), 'utf8')) as {
  packageDirectories: readonly { path: string; default?: boolean }[];
  replacements: readonly {
    filename?: string;
    glob?: string;
    stringToReplace: string;
    replaceWithEnv: string;
  }[];
};

/** Of a permission set, on fields. */
export function rights(
  permissionSet: string,
): ReadonlyMap<string, { read: boolean; edit: boolean }> {
  const found = permissionSets.find(({ name }) => name === permissionSet);
  return new Map(
    nodes(found?.body['fieldPermissions']).map((one) => [
      string(one['field']),
      { read: one['readable'] === 'true', edit: one['editable'] === 'true' },
    ]),
  );
}
