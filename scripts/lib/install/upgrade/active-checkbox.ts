import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { Connection } from 'jsforce';
import { z } from 'zod';
import { deployPackage, recordIn, retrieveRecords, VERSION } from '../../metadata-package.ts';
import type { AdminSession } from '../admin-session.ts';
import { ifShown, rowsOf } from '../query.ts';

const FIELD_MAPPING = 'Woo_Field_Mapping';
/** Types with the checkbox Active__c, which earlier versions do not have. */
const TYPES = [FIELD_MAPPING, 'Woo_Condition'];
const FIELD = '<field>Active__c</field>';
const CHECKED = /<field>Active__c<\/field>\s*<value[^>]*>true</;

const named = z.object({ DeveloperName: z.string(), NamespacePrefix: z.string().nullable() });

/**
 * Records whose checkbox nobody has filled, by full name. Where a file names the field, its type has it, and what is
 * unchecked there is the admin's own choice: but where no field mapping at all is checked, the service takes all of
 * them for active, as a deploy leaves them that ended before they were checked. Files are asked, since a describe may
 * hide a field.
 */
export async function recordsWithoutActive(session: AdminSession): Promise<readonly string[]> {
  const names = await Promise.all(TYPES.map((type) => recordsOf(session, type)));
  const files = await retrieveRecords(connected(session), names.flat());
  const isFilled = Object.entries(files).some(
    ([path, xml]) => typeOf(path) === FIELD_MAPPING && CHECKED.test(xml),
  );
  const having = new Set(
    Object.entries(files).flatMap(([path, xml]) => (xml.includes(FIELD) ? typeOf(path) : [])),
  );
  return Object.keys(files).flatMap((path) =>
    isFilled && having.has(typeOf(path)) ? [] : (recordIn(path) ?? []),
  );
}

/** Records that a deploy of `config/org` brings as its files have them. @param cwd folder of the project */
export function recordsOfProject(cwd: string): ReadonlySet<string> {
  const paths = globSync('config/org/**/customMetadata/*.md-meta.xml', { cwd });
  return new Set(paths.map((path) => basename(path, '.md-meta.xml')));
}

/** What is to be read before anything is written, where there are such records. */
export function activeNote(records: readonly string[]): readonly string[] {
  if (records.length === 0) return [];
  return [
    `Field mappings and conditions have a checkbox Active now. It is checked in the ${records.length} that are there, right after the deploy; nothing else of them changes.`,
  ];
}

/** Checks Active in records, all or none; the rest of them stays. @throws Error that says what to do by hand */
export async function checkActive(
  session: AdminSession,
  records: readonly string[],
): Promise<void> {
  try {
    const org = connected(session);
    const files = Object.entries(await retrieveRecords(org, records));
    const changed = files.map(([path, xml]) => [path, withActive(xml)] as const);
    const names = changed.flatMap(([path]) => recordIn(path) ?? []);
    if (names.length > 0) await deployPackage(org, changed, { CustomMetadata: names });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The new version is deployed, but Active of ${records.length} field mappings and conditions could not be checked: ${why}. Run this again, or check it in all of them as docs/upgrade.md says, before you save or deploy a single one: from then on all others are off.`,
      { cause },
    );
  }
}

/** A record's file with its box checked: one that an org gives back empty, unchecked, or does not name. */
export function withActive(xml: string): string {
  const value = '<value xsi:type="xsd:boolean">true</value>';
  return xml.includes(FIELD)
    ? xml.replace(/(<field>Active__c<\/field>\s*)<value[^>]*?(?:\/>|>[^<]*<\/value>)/, `$1${value}`)
    : xml.replace('</CustomMetadata>', `<values>${FIELD}${value}</values></CustomMetadata>`);
}

/** Those of packages with a namespace are not the admin's. */
async function recordsOf(session: AdminSession, type: string): Promise<readonly string[]> {
  const soql = `SELECT DeveloperName, NamespacePrefix FROM ${type}__mdt ORDER BY DeveloperName`;
  const rows = (await ifShown(rowsOf(session, soql, named))) ?? [];
  return rows
    .filter(({ NamespacePrefix }) => NamespacePrefix === null)
    .map(({ DeveloperName }) => `${type}.${DeveloperName}`);
}

const typeOf = (path: string): string => recordIn(path)?.split('.', 1)[0] ?? '';

const connected = ({ instanceUrl, accessToken }: AdminSession): Connection =>
  new Connection({ instanceUrl, accessToken, version: VERSION });
