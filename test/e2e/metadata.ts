import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Org } from '../../local/org/org.ts';
import {
  deployFiles as deployPackage,
  failuresOf,
} from '../../local/org/metadata/test/packages.ts';
import { outboundEnv } from '../../scripts/lib/install/install.ts';
import type { OutboundMessages } from '../../scripts/lib/install/outbound.ts';
import { root } from '../../scripts/lib/sf.ts';

/** A file of a deploy in the metadata format, by its path in it. */
export type File = readonly [path: string, xml: string];
export type Edit = readonly [search: RegExp, replacement: string];

/** A custom metadata record of the defaults by its full name, with edits of an admin. */
export function record(name: string, ...edits: readonly Edit[]): File {
  const folder = name.startsWith('Woo_Store.') ? 'store' : 'default';
  const path = `config/org/main/${folder}/customMetadata/${name}.md-meta.xml`;
  return [`customMetadata/${name}.md`, edited(path, edits)];
}

/** The named credential of the store, with an address in it. */
export function storeCredential(url: string): File {
  const file = 'namedCredentials/Woo_Store.namedCredential';
  const xml = edited(`config/org/main/default/${file}-meta.xml`, [
    [/https:\/\/shop\.invalid/, url],
  ]);
  return [file, xml];
}

/** The outbound messages, with where they go in them. */
export function outboundMessages(outbound: OutboundMessages): readonly File[] {
  const { WOO_SYNC_ENDPOINT = '', WOO_SYNC_USERNAME = '' } = outboundEnv(outbound);
  return ['Product2', 'Woo_Command__c', 'Woo_Sync_Issue__c'].map((object) => {
    const file = `workflows/${object}.workflow`;
    const xml = edited(`config/org/main/outbound/${file}-meta.xml`, [
      [/https:\/\/woo-sync\.invalid[^<]*/, WOO_SYNC_ENDPOINT],
      [/woo-sync-user@example\.invalid/, WOO_SYNC_USERNAME],
    ]);
    return [file, xml];
  });
}

/** A recipe as it ships: its records, fields of own objects, flows and rights, with where its messages go. */
export function recipe(name: string, outbound: OutboundMessages): readonly File[] {
  return filesOf(`config/recipes/${name}`, outboundEnv(outbound));
}

/** The second store as it ships, with its address and that of the service in it. */
export function secondStore(url: string, serviceUrl: string): readonly File[] {
  return filesOf('config/second-store/main/default', {
    WOO_SYNC_ENDPOINT: serviceUrl,
    WOO_OUTLET_URL: url,
  });
}

/** The files of a folder in the source format as they stand in a package. */
function filesOf(place: string, values: Readonly<Record<string, string>>): readonly File[] {
  const folder = join(root, place);
  const { WOO_SYNC_ENDPOINT = '', WOO_SYNC_USERNAME = '', WOO_OUTLET_URL = '' } = values;
  const fields = new Map<string, string>();
  const files: File[] = [];
  for (const path of globSync('**/*-meta.xml', { cwd: folder }).toSorted()) {
    const xml = readFileSync(join(folder, path), 'utf8')
      .replace(/https:\/\/woo-sync\.invalid[^<]*/, WOO_SYNC_ENDPOINT)
      .replace(/woo-sync-user@example\.invalid/, WOO_SYNC_USERNAME)
      .replace('https://outlet.invalid', WOO_OUTLET_URL);
    const [, object, kind] = /^objects\/([^/]+)\/(fields|validationRules)\//.exec(path) ?? [];
    if (object === undefined) files.push([path.replace(/-meta\.xml$/, ''), xml]);
    else fields.set(object, (fields.get(object) ?? '') + asPart(xml, kind ?? ''));
  }
  return [...files, ...[...fields].map(([object, parts]) => asObject(object, parts))];
}

/** Parts of an object as the package has them: those of our own objects stand in their whole file. */
function asObject(object: string, parts: string): File {
  const path = join(root, `force-app/main/default/objects/${object}/${object}.object-meta.xml`);
  const xml = existsSync(path)
    ? readFileSync(path, 'utf8').replace('<label>', `${parts}<label>`)
    : `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${parts}</CustomObject>`;
  return [`objects/${object}.object`, xml];
}

/** A field or a validation rule as its object holds it in the metadata format. */
function asPart(xml: string, kind: string): string {
  const [, inside = ''] = /<(?:CustomField|ValidationRule)[^>]*>([^]*)<\/\w+>\s*$/.exec(xml) ?? [];
  return `<${kind}>${inside}</${kind}>`;
}

/** The permission set that lets its users use the keys of the store, with edits of an admin. */
export function storeKeysRights(...edits: readonly Edit[]): File {
  const file = 'permissionsets/Woo_Store_Keys.permissionset';
  return [file, edited(`config/org/main/default/${file}-meta.xml`, edits)];
}

/** The permission set of the integration user, with edits of an admin. */
export function integrationRights(...edits: readonly Edit[]): File {
  const file = 'permissionsets/Woo_Integration.permissionset';
  return [file, edited(`force-app/main/default/${file}-meta.xml`, edits)];
}

function edited(path: string, edits: readonly Edit[]): string {
  return edits.reduce(
    (text, [search, replacement]) => {
      assert.match(text, search);
      return text.replace(search, replacement);
    },
    readFileSync(join(root, path), 'utf8'),
  );
}

/** Sets a field of a custom metadata record. */
export function set(field: string, value: string): Edit {
  const before = new RegExp(`(<field>${field}</field>\\s*)<value[^>]*?(?:/>|>[^<]*</value>)`);
  return [before, `$1<value xsi:type="xsd:string">${value}</value>`];
}

/** Sets a checkbox of a custom metadata record. */
export const flag = (field: string, value: boolean): Edit => [
  new RegExp(`(<field>${field}</field>\\s*<value[^>]*>)\\w+`),
  `$1${value}`,
];

/** Leaves out the element of a permission set that names something, or replaces words in it. */
export function without(element: string, name: string): Edit {
  return [entry(element, name), ''];
}

/** Changes a right in the element of a permission set that names something. */
export function right(element: string, name: string, flag: string, value: boolean): Edit {
  const inside = entry(element, name).source.replace(/\\s\*$/, '');
  const flagged = new RegExp(`(?=${inside})(<${element}>(?:(?!</${element}>)[^])*?<${flag}>)\\w+`);
  return [flagged, `$1${value}`];
}

function entry(element: string, name: string): RegExp {
  const other = `(?:(?!</${element}>)[^])*`;
  return new RegExp(`<${element}>${other}?>${name}<${other}</${element}>\\s*`);
}

/**
 * Deploys files as an admin does, all or none.
 * @returns what the org refuses, a line each
 */
export function deployFiles({ data }: Pick<Org, 'data'>, ...files: readonly File[]): string[] {
  const result = deployPackage(data, Object.fromEntries(files));
  return result.success ? [] : [...failuresOf(result), result.errorMessage ?? ''];
}

/** Deploys files, which the org must take. */
export function mustDeploy(org: Pick<Org, 'data'>, ...files: readonly File[]): void {
  assert.deepEqual(deployFiles(org, ...files), []);
}
