import { splitName, type Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type RecordTypeRule = Rule<'RecordType'>;

/** Objects whose record types need a process that says which steps there are. */
const withProcess = new Set(['case', 'lead', 'opportunity', 'solution']);

const objectCanHaveTypes: RecordTypeRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const kind = plan.object(object)?.kind;
  return kind === 'standard' || kind === 'custom'
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
};

const textsAreGood: RecordTypeRule = (draft) => {
  const wrong = {
    fullName: nameProblem(splitName(draft.fullName).name, 80),
    label: labelProblem('RecordType', draft.body.label, 80),
    description: textProblem('description', draft.body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const processExists: RecordTypeRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const { businessProcess } = draft.body;
  if (businessProcess === undefined) {
    return withProcess.has(object.toLowerCase())
      ? refuse(draft, 'Required field is missing: businessProcess')
      : [];
  }
  const name = `${object}.${businessProcess}`;
  return plan.has('BusinessProcess', name)
    ? []
    : refuse(draft, notFound('businessProcess', 'BusinessProcess', name), 'businessProcess');
};

const compactLayoutExists: RecordTypeRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const name = draft.body.compactLayoutAssignment;
  if (name === undefined || name === 'SYSTEM') return [];
  return plan.has('CompactLayout', `${object}.${name}`)
    ? []
    : refuse(
        draft,
        notFound('compactLayoutAssignment', 'CompactLayout', `${object}.${name}`),
        'compactLayoutAssignment',
      );
};

/** Values in a record type are written as in an address: `On%20hold`. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}

type Choice = DraftOf<'RecordType'>['body']['picklistValues'][number];

function picklistProblem(object: string, choice: Choice, plan: Plan): string | undefined {
  const field = plan.field(object, choice.picklist);
  if (field?.type !== 'picklist' && field?.type !== 'multipicklist') {
    return notFound('picklist', 'CustomField', `${object}.${choice.picklist}`);
  }
  const known = new Set(field.picklistValues.map((one) => one.value));
  const unknown = choice.values.find(({ fullName = '' }) => !known.has(decoded(fullName)));
  if (unknown) {
    return `Picklist value: ${unknown.fullName ?? ''} in picklist: ${choice.picklist} not found`;
  }
  const [again] = repeated(choice.values, ({ fullName = '' }) => fullName);
  return again && `Duplicate picklist value: ${again.value.fullName ?? ''}`;
}

const picklistsExist: RecordTypeRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.picklistValues.flatMap((choice, index) => {
    const wrong = picklistProblem(object, choice, plan);
    return wrong === undefined ? [] : refuse(draft, wrong, 'picklistValues', index);
  });
};

const picklistsAreDistinct: RecordTypeRule = (draft) =>
  repeated(draft.body.picklistValues, (one) => one.picklist).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate picklist: ${value.picklist}`, 'picklistValues', index),
  );

/** What a record type must fulfil. */
export const recordTypeRules: readonly RecordTypeRule[] = [
  objectCanHaveTypes,
  textsAreGood,
  processExists,
  compactLayoutExists,
  picklistsExist,
  picklistsAreDistinct,
];
