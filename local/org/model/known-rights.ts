import known from './known-rights.json' with { type: 'json' };

/** A right on an object as `known-rights.json` spells it: create, read, edit, delete, View All, Modify All, View All Fields. */
export type RightLetter = 'C' | 'R' | 'E' | 'D' | 'V' | 'M' | 'F';

const lettersOf: ReadonlyMap<string, string> = new Map(
  Object.entries(known.objects).flatMap(([letters, names]) =>
    names.map((name) => [name.toLowerCase(), letters] as const),
  ),
);

/** Whether a permission set can give rights on a standard object: lines of orders have those of their order. */
export const hasObjectRights = (name: string): boolean => lettersOf.has(name.toLowerCase());

/** Whether the right is one of those that there are on a standard object with rights. */
export const isObjectRight = (name: string, letter: RightLetter): boolean =>
  lettersOf.get(name.toLowerCase())?.includes(letter) === true;

const unsecured: ReadonlySet<string> = new Set(
  Object.entries(known.fieldsWithoutRights).flatMap(([object, names]) =>
    names.map((name) => `${object}.${name}`),
  ),
);

/** Whether no permission set names the standard field, however many its object has. */
export const isFieldWithoutRights = (object: string, field: string): boolean =>
  unsecured.has(`${object}.${field}`);

/** The motifs of tabs, as `Custom53: Bell`. */
export const knownMotifs: ReadonlySet<string> = new Set(known.motifs);

/** What a right needs beside it: a user permission, or a right on an object. */
export type Needed = string | { readonly object: string; readonly letter: RightLetter };

function neededBy(written: string): readonly Needed[] {
  const [object = '', letters] = written.split('.');
  if (letters === undefined) return [object];
  return Array.from(letters, (letter) => ({ object, letter: letter as RightLetter }));
}

const { userRequires, objectRequires, detailOfStandardMaster, detailOfCustomMaster } = known.rules;

/** What each user permission needs beside it. */
export const neededByPermission: ReadonlyMap<string, readonly Needed[]> = new Map(
  Object.entries(userRequires).map(([name, needs]) => [name, needs.flatMap(neededBy)]),
);

/** What a right on a standard object needs on another one, by `contract.V`. */
export const neededByObject: ReadonlyMap<string, readonly Needed[]> = new Map(
  Object.entries(objectRequires).map(([written, needs]) => {
    const [object = '', letter = ''] = written.split('.');
    return [`${object.toLowerCase()}.${letter}`, needs.flatMap(neededBy)];
  }),
);

/** What a right on a detail needs on its master, by the right, as it is for a standard or custom master. */
export const neededOnMaster = (isStandard: boolean): ReadonlyMap<RightLetter, RightLetter> =>
  new Map(
    Object.entries(isStandard ? detailOfStandardMaster : detailOfCustomMaster) as [
      RightLetter,
      RightLetter,
    ][],
  );

/** A user permission as Setup and refusals name it: `Edit Tasks`. */
export const labelOfPermission = (name: string): string =>
  new Map(Object.entries(known.labels)).get(name) ?? name;
