import type { SharedTo } from '@salesforce/types/metadata';
import { splitName } from '../../plan/plan.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { missingSharer } from '../views/sharers.ts';
import { refuse, type Rule } from '../rule.ts';

type SharingRule = Rule<'SharingOwnerRule'>;

/** An object's file of sharing rules says nothing but its rules. */
export const sharingFileRules: readonly Rule<'SharingRules'>[] = [
  (draft, plan) =>
    plan.object(draft.fullName)
      ? []
      : refuse(draft, `Entity of type 'CustomObject' named '${draft.fullName}' cannot be found`),
];

const textsAreGood: SharingRule = (draft) => {
  const wrong = {
    fullName: nameProblem(splitName(draft.fullName).name, 80),
    label: labelProblem('SharingOwnerRule', draft.body.label, 80),
    description: textProblem('description', draft.body.description, 1000),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

/** What a rule can give beyond what each model gives everybody. */
const levelsFor: Readonly<Record<string, readonly string[]>> = {
  Private: ['Read', 'Edit'],
  Read: ['Edit'],
};

const opensMoreThanTheModel: SharingRule = (draft, plan) => {
  const { object: name } = splitName(draft.fullName);
  const object = plan.object(name);
  const { accessLevel } = draft.body;
  if (!object) {
    return refuse(draft, `Entity of type 'CustomObject' named '${name}' cannot be found`);
  }
  const levels = levelsFor[object.sharingModel] ?? [];
  return levels.includes(accessLevel)
    ? []
    : refuse(
        draft,
        `Invalid access level ${accessLevel} for sharing rules of ${name}, whose sharing model is ${object.sharingModel}`,
        'accessLevel',
      );
};

/** Whom a side of a rule names, such as `role`. */
const sharers = (side: SharedTo): readonly string[] =>
  Object.entries(side)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name);

const isForAllInternalUsers: SharingRule = (draft) =>
  (['sharedFrom', 'sharedTo'] as const)
    .filter((side) => sharers(draft.body[side]).join() !== 'allInternalUsers')
    .flatMap((side) =>
      refuse(
        draft,
        missingSharer(side, draft.body[side]) ??
          'The local org shares from and to allInternalUsers only.',
        side,
      ),
    );

/** What a rule that shares the records of owners must fulfil. */
export const sharingRules: readonly SharingRule[] = [
  textsAreGood,
  opensMoreThanTheModel,
  isForAllInternalUsers,
];
