import type { PermissionSet, PermissionSetObjectPermissions } from '@salesforce/types/metadata';
import { labelOfPermission, type Needed, type RightLetter } from '../../../model/known-rights.ts';

/** How metadata writes each right on an object, and how refusals name it. */
export const objectRights = [
  ['C', 'allowCreate', 'Create'],
  ['R', 'allowRead', 'Read'],
  ['E', 'allowEdit', 'Edit'],
  ['D', 'allowDelete', 'Delete'],
  ['V', 'viewAllRecords', 'Read All'],
  ['M', 'modifyAllRecords', 'Edit All'],
  ['F', 'viewAllFields', 'View All Fields'],
] as const satisfies readonly (readonly [
  RightLetter,
  keyof PermissionSetObjectPermissions,
  string,
])[];

const wordOf: ReadonlyMap<RightLetter, string> = new Map(
  objectRights.map(([letter, , word]) => [letter, word]),
);

/** The rights that an entry gives. */
export const lettersOf = (entry: PermissionSetObjectPermissions): readonly RightLetter[] =>
  objectRights.filter(([, element]) => entry[element] === true).map(([letter]) => letter);

/** What a permission set gives, as `account.R` and by the names of user permissions. */
export function givenBy({ body }: { readonly body: PermissionSet }): ReadonlySet<string> {
  return new Set([
    ...body.userPermissions.filter(({ enabled }) => enabled).map(({ name }) => name),
    ...body.objectPermissions.flatMap((entry) =>
      lettersOf(entry).map((letter) => `${entry.object.toLowerCase()}.${letter}`),
    ),
  ]);
}

export const missingOf = (
  needed: readonly Needed[],
  given: ReadonlySet<string>,
): readonly Needed[] =>
  needed.filter(
    (one) =>
      !given.has(typeof one === 'string' ? one : `${one.object.toLowerCase()}.${one.letter}`),
  );

/** A right as refusals name it: `Read All Account`, `Edit Tasks`. */
export const nameOf = (one: Needed): string =>
  typeof one === 'string'
    ? labelOfPermission(one)
    : `${wordOf.get(one.letter) ?? ''} ${one.object}`;

/** A deploy's own words for a right without those that it needs. */
export const dependsOn = (name: string, missing: readonly Needed[]): string =>
  `Permission ${name} depends on permission(s): ${missing.map(nameOf).join(', ')}`;
