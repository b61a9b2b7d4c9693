import {
  hasObjectRights,
  isObjectRight,
  type Needed,
  neededByObject,
  neededOnMaster,
  type RightLetter,
} from '../../../model/known-rights.ts';
import type { Plan } from '../../plan/plan.ts';
import { notFound, refuse, type Rule } from '../rule.ts';
import { dependsOn, givenBy, lettersOf, missingOf, nameOf, objectRights } from './given-rights.ts';

type SetRule = Rule<'PermissionSet'>;

/** A standard object may have no rights of its own: the lines of an order have those of the order. */
function hasRights(plan: Plan, name: string): boolean {
  const kind = plan.object(name)?.kind;
  return kind === 'custom' || (kind === 'standard' && hasObjectRights(name));
}

const objectsHaveRights: SetRule = (draft, plan) =>
  draft.body.objectPermissions.flatMap(({ object }, index) =>
    hasRights(plan, object)
      ? []
      : refuse(draft, notFound('object', 'CustomObject', object), 'objectPermissions', index),
  );

/** Products and price books have no sharing, so that there is no View All of them. */
const rightsAreThere: SetRule = (draft, plan) =>
  draft.body.objectPermissions.flatMap((entry, index) => {
    const { object } = entry;
    if (plan.object(object)?.kind !== 'standard' || !hasObjectRights(object)) return [];
    return objectRights
      .filter(([letter, element]) => entry[element] === true && !isObjectRight(object, letter))
      .flatMap(([, element]) =>
        refuse(draft, `${element} is not available for ${object}`, 'objectPermissions', index),
      );
  });

/** What each right on an object needs beside it, as Setup ticks it by itself. */
const onItself: Readonly<Partial<Record<RightLetter, readonly RightLetter[]>>> = {
  C: ['R'],
  E: ['R'],
  D: ['R', 'E'],
  V: ['R'],
  M: ['R', 'E', 'D', 'V'],
};

function onMasters(plan: Plan, object: string, letter: RightLetter): readonly Needed[] {
  const masters = (plan.object(object)?.fields ?? [])
    .filter((field) => field.custom && field.masterDetail)
    .flatMap((field) => field.referenceTo);
  return masters.flatMap((master) => {
    const needed = neededOnMaster(plan.object(master)?.kind === 'standard').get(letter);
    return needed === undefined ? [] : [{ object: master, letter: needed }];
  });
}

/** All that a right on an object needs, there and on others. */
function neededBy(plan: Plan, object: string, letter: RightLetter): readonly Needed[] {
  return [
    ...(onItself[letter] ?? []).map((needed) => ({ object, letter: needed })),
    ...(neededByObject.get(`${object.toLowerCase()}.${letter}`) ?? []),
    ...onMasters(plan, object, letter),
  ];
}

const rightsAreComplete: SetRule = (draft, plan) => {
  const given = givenBy(draft);
  return draft.body.objectPermissions.flatMap((entry, index) =>
    lettersOf(entry).flatMap((letter) => {
      const missing = missingOf(neededBy(plan, entry.object, letter), given);
      if (missing.length === 0) return [];
      const right = nameOf({ object: entry.object, letter });
      return refuse(draft, dependsOn(right, missing), 'objectPermissions', index);
    }),
  );
};

/** What the rights on objects in a permission set must fulfil. */
export const objectRightRules: readonly SetRule[] = [
  objectsHaveRights,
  rightsAreThere,
  rightsAreComplete,
];
