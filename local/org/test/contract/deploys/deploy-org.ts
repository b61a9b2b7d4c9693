import { expect } from 'vitest';
import type { OrgData } from '../../../data/org-data.ts';
import {
  deployFiles,
  field,
  file,
  object,
  orgWithBasics,
  type Files,
} from '../../../metadata/test/packages.ts';

/** What dry runs are tried on: it has Box__c with its detail Item__c, and Group__mdt and Rule__mdt. */
const org: OrgData = orgWithBasics();

/** Problems of files in a dry run, as `fullName: problem`. */
export function problemsOf(files: Files): readonly string[] {
  const result = deployFiles(org, files, { checkOnly: true });
  return result.details.componentFailures.map((one) => `${one.fullName}: ${one.problem ?? ''}`);
}

/** Problems of parts of Box__c: fields, list views and so on. */
export const inBox = (inner: string): readonly string[] =>
  problemsOf({ 'objects/Box__c.object': object('Box', inner) });

/** Problems of the field X__c on Box__c, without its name. */
export const ofField = (inner: string): readonly string[] =>
  inBox(field('X__c', inner)).map((one) => one.replace(/^Box__c\.X__c: /, ''));

/** Problems of a formula field on Box__c. */
export function ofFormula(source: string, type = 'Text'): readonly string[] {
  const digits = type === 'Number' ? '<precision>18</precision><scale>2</scale>' : '';
  const text = source.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return ofField(`<formula>${text}</formula>${digits}<type>${type}</type>`);
}

/** Problems of a validation rule on an object. */
export function ofRule(
  condition: string,
  more = '<errorMessage>No</errorMessage>',
  name = 'Box__c',
) {
  const text = condition.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const inner = `<validationRules><fullName>R</fullName><active>true</active><errorConditionFormula>${text}</errorConditionFormula>${more}</validationRules>`;
  const files = { [`objects/${name}.object`]: file('CustomObject', inner) };
  return problemsOf(files)
    .filter((one) => one.startsWith(`${name}.R: `))
    .map((one) => one.slice(`${name}.R: `.length));
}

/** Problems of a permission set. */
export const ofSet = (inner: string): readonly string[] =>
  problemsOf({
    'permissionsets/P.permissionset': file('PermissionSet', `<label>P</label>\n${inner}`),
  }).map((one) => one.replace(/^P: /, ''));

export const fieldGrant = (name: string, editable = true): string =>
  `<fieldPermissions><editable>${String(editable)}</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;

export function objectGrant(name: string, ...allowed: readonly string[]): string {
  const rights = ['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords'].map(
    (right) => `<${right}>${String(allowed.includes(right))}</${right}>`,
  );
  return `<objectPermissions>${rights.join('')}<object>${name}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`;
}

/** Rights on an object by their letters: create, read, edit, delete, View All, Modify All. */
export function rightsOn(object: string, letters: string): string {
  const flag = (element: string, letter: string): string =>
    `<${element}>${String(letters.includes(letter))}</${element}>`;
  return `<objectPermissions>${flag('allowCreate', 'C')}${flag('allowDelete', 'D')}${flag('allowEdit', 'E')}${flag('allowRead', 'R')}${flag('modifyAllRecords', 'M')}<object>${object}</object>${flag('viewAllRecords', 'V')}</objectPermissions>`;
}
/** What is said of a name that is none, behind it. */
export const wrongName =
  'can only contain underscores and alphanumeric characters. It must begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';

/** Says for each sample that it is refused with that problem alone. */
export function expectEach(
  problems: (sample: string) => readonly string[],
  expected: Readonly<Record<string, string | readonly string[]>>,
): void {
  const found = Object.keys(expected).map((sample) => [sample, problems(sample)]);
  const wanted = Object.entries(expected).map(([sample, problem]) => [sample, [problem].flat()]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
}
