import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { expect } from 'vitest';

import { root, type Ran, type SfCli } from '../../scripts/lib/sf.ts';

/** A file of a deploy in the metadata format, by its path in it. */
export type File = readonly [path: string, xml: string];
export type Edit = readonly [search: RegExp, replacement: string];

/** A custom metadata record of the defaults by its full name, with edits of an admin. */
export function record(name: string, ...edits: readonly Edit[]): File {
  const path = `config/org/main/default/customMetadata/${name}.md-meta.xml`;
  return [`customMetadata/${name}.md`, edited(path, edits)];
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

const TYPES: Readonly<Record<string, string>> = {
  customMetadata: 'CustomMetadata',
  permissionsets: 'PermissionSet',
};

/** Deploys files with the real CLI, whatever comes of it. @param folder for the package */
export async function deployFiles(sf: SfCli, folder: string, files: readonly File[]): Promise<Ran> {
  const directory = mkdtempSync(join(folder, 'package-'));
  const byType = Map.groupBy(files, ([path]) => TYPES[dirname(path)] ?? '');
  const types = [...byType].map(([type, some]) => {
    const members = some.map(
      ([path]) => `<members>${basename(path).replace(/\.\w+$/, '')}</members>`,
    );
    return `<types>${members.join('')}<name>${type}</name></types>`;
  });
  const manifest =
    '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata">' +
    `${types.join('')}<version>66.0</version></Package>`;
  for (const [path, xml] of [['package.xml', manifest] as const, ...files]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), xml);
  }
  return sf.run(['project', 'deploy', 'start', '--metadata-dir', directory]);
}

/** Deploys files with the real CLI. */
export async function mustDeploy(sf: SfCli, folder: string, ...files: File[]): Promise<void> {
  const { code, stdout, stderr } = await deployFiles(sf, folder, files);
  expect(code, stdout + stderr).toBe(0);
}
