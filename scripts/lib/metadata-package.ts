import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Connection } from 'jsforce';

/** A file in the metadata format, by its path in a package. */
export type MetadataFile = readonly [path: string, xml: string];

/** Names of components by their type. */
export type Members = Readonly<Record<string, readonly string[]>>;

export const VERSION = '66.0';
/** How long an org may take for a deploy or a retrieve. */
const LONGEST_MS = 600_000;

/**
 * Deploys a few files, all or none, for which the CLI would take seconds.
 * @param members the components in the files
 * @param removed components that are deleted after that
 * @throws Error with what the org refuses
 */
export async function deployPackage(
  org: Connection,
  files: readonly MetadataFile[],
  members: Members,
  removed: Members = {},
): Promise<void> {
  const zip = packageZip(files, members, removed);
  const options = { singlePackage: true, rollbackOnError: true };
  org.metadata.pollTimeout = LONGEST_MS;
  const found = await org.metadata
    .deploy(Buffer.from(zip).toString('base64'), options)
    .complete(true);
  if (!found.success)
    throw new Error(`The org does not take the setup: ${JSON.stringify(found.details)}`);
}

/** A package as the Metadata API takes it, a single one. */
export function packageZip(
  files: readonly MetadataFile[],
  members: Members,
  removed: Members = {},
): Uint8Array<ArrayBuffer> {
  const isLess = Object.values(removed).some((names) => names.length > 0);
  const parts: Readonly<Record<string, string>> = {
    ...Object.fromEntries(files),
    'package.xml': manifest(members),
    ...(isLess ? { 'destructiveChangesPost.xml': manifest(removed) } : {}),
  };
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])),
  );
}

/** The files of records of custom metadata, by path; without those that the org does not have. */
export async function retrieveRecords(
  org: Connection,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  if (names.length === 0) return {};
  org.metadata.pollTimeout = LONGEST_MS;
  const { zipFile } = await org.metadata
    .retrieve({
      apiVersion: VERSION,
      singlePackage: true,
      unpackaged: { types: [{ name: 'CustomMetadata', members: [...names] }], version: VERSION },
    } as never)
    .complete();
  const entries = Object.entries(unzipSync(Buffer.from(zipFile, 'base64')));
  return Object.fromEntries(
    entries.flatMap(([path, bytes]) =>
      recordIn(path) === undefined ? [] : [[path, strFromU8(bytes)] as const],
    ),
  );
}

/** The record of custom metadata that a file is. */
export const recordIn = (path: string): string | undefined =>
  /^customMetadata\/(.+)\.md$/.exec(path)?.[1];

function manifest(members: Members): string {
  const types = typesOf(members);
  return `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types}<version>${VERSION}</version></Package>`;
}

/** What a manifest, or a retrieve, names. */
export function typesOf(members: Members): string {
  const types = Object.entries(members).flatMap(([name, all]) =>
    all.length === 0
      ? []
      : `<types>${all.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  );
  return types.join('');
}
