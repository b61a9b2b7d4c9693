import { splitName } from '../../plan/plan.ts';
import { formulaProblem } from './formulas.ts';
import { nameProblem, textProblem } from '../names.ts';
import { notFound, refuse, type Rule } from '../rule.ts';

type ValidationRule = Rule<'ValidationRule'>;

const objectCanHaveRules: ValidationRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  switch (plan.object(object)?.kind) {
    case 'standard':
    case 'custom':
      return [];
    case 'customMetadata':
      return refuse(
        draft,
        `The local org does not emulate validation rules of custom metadata types (${object}).`,
      );
    default:
      return refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
  }
};

const textsAreGood: ValidationRule = (draft) => {
  const { description, errorMessage } = draft.body;
  const wrong = {
    fullName: nameProblem(splitName(draft.fullName).name),
    description: textProblem('description', description, 255),
    errorMessage:
      errorMessage.trim() === ''
        ? 'Required field is missing: errorMessage'
        : textProblem('errorMessage', errorMessage, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const conditionIsGood: ValidationRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const use = { object, context: 'validation', result: 'Boolean' } as const;
  const wrong = formulaProblem(draft.body.errorConditionFormula, use, plan);
  return wrong === undefined ? [] : refuse(draft, wrong, 'errorConditionFormula');
};

const displayFieldExists: ValidationRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const name = draft.body.errorDisplayField;
  return name === undefined || plan.field(object, name)
    ? []
    : refuse(
        draft,
        notFound('errorDisplayField', 'CustomField', `${object}.${name}`),
        'errorDisplayField',
      );
};

/** What a validation rule must fulfil. */
export const validationRules: readonly ValidationRule[] = [
  objectCanHaveRules,
  textsAreGood,
  conditionIsGood,
  displayFieldExists,
];
