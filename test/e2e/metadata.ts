import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'vitest';

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
  const folder = join(root, 'config/recipes', name);
  const { WOO_SYNC_ENDPOINT = '', WOO_SYNC_USERNAME = '' } = outboundEnv(outbound);
  const fields = new Map<string, string>();
  const files: File[] = [];
  for (const path of globSync('**/*-meta.xml', { cwd: folder })) {
    const xml = readFileSync(join(folder, path), 'utf8')
      .replace(/https:\/\/woo-sync\.invalid[^<]*/, WOO_SYNC_ENDPOINT)
      .replace(/woo-sync-user@example\.invalid/, WOO_SYNC_USERNAME);
    const [, object, kind] = /^objects\/([^/]+)\/(fields|validationRules)\//.exec(path) ?? [];
    if (object === undefined) files.push([path.replace(/-meta\.xml$/, ''), xml]);
    else fields.set(object, (fields.get(object) ?? '') + asPart(xml, kind ?? ''));
  }
  const objects = [...fields].map(([object, parts]): File => {
    const path = `force-app/main/default/objects/${object}/${object}.object-meta.xml`;
    const xml = readFileSync(join(root, path), 'utf8').replace('<label>', `${parts}<label>`);
    return [`objects/${object}.object`, xml];
  });
  return [...files, ...objects];
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
      expect(text).toMatch(search);
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
  expect(deployFiles(org, ...files)).toEqual([]);
}
