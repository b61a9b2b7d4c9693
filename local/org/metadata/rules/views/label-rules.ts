import { nameProblem, textProblem } from '../names.ts';
import { isLanguage } from './languages.ts';
import { refuse, type Rule } from '../rule.ts';

type LabelRule = Rule<'CustomLabel'>;

const partsFit: LabelRule = (draft) => {
  const { fullName, body } = draft;
  const wrong = {
    fullName: nameProblem(fullName, 80),
    shortDescription: textProblem('shortDescription', body.shortDescription, 80),
    value: textProblem('value', body.value, 1000),
    categories: textProblem('categories', body.categories, 255),
    language: isLanguage(body.language)
      ? undefined
      : `'${body.language}' is not a valid value for the enum 'Language'`,
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const partsAreNotEmpty: LabelRule = (draft) =>
  (['shortDescription', 'value'] as const).flatMap((element) =>
    draft.body[element].trim() === ''
      ? refuse(draft, `Required field is missing: ${element}`, element)
      : [],
  );

/** What a custom label must fulfil. */
export const labelRules: readonly LabelRule[] = [partsFit, partsAreNotEmpty];

const fileHasItsName: Rule<'CustomLabels'> = (draft) =>
  draft.fullName === 'CustomLabels'
    ? []
    : refuse(draft, `The labels of an org are the file CustomLabels, not ${draft.fullName}`);

/** What the file of the custom labels must fulfil. */
export const labelsRules: readonly Rule<'CustomLabels'>[] = [fileHasItsName];
