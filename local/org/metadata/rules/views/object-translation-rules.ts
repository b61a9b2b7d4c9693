import type { CustomFieldTranslation } from '@salesforce/types/metadata';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childrenOf, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { textProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';
import { languageProblem } from './translation-rules.ts';

type Draft = DraftOf<'CustomObjectTranslation'>;
type ObjectTranslationRule = Rule<'CustomObjectTranslation'>;

/** Characters of the name of an object or field, of that of a quick action, and of a help text. */
const LABEL = 40;
const ACTION = 80;
const HELP = 510;

/** `Woo_Order__c-ja` has the words of Woo_Order__c in Japanese. */
function partsOf({ fullName }: Draft): { readonly object: string; readonly language: string } {
  const at = fullName.lastIndexOf('-');
  return { object: fullName.slice(0, Math.max(at, 0)), language: fullName.slice(at + 1) };
}

const languageIsOn: ObjectTranslationRule = (draft, plan) => {
  const wrong = languageProblem(partsOf(draft).language, plan);
  return wrong === undefined ? [] : refuse(draft, wrong);
};

const objectExists: ObjectTranslationRule = (draft, plan) => {
  const { object } = partsOf(draft);
  return plan.object(object)
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
};

const wordsFit: ObjectTranslationRule = (draft) => {
  const { caseValues, nameFieldLabel } = draft.body;
  const name = textProblem('nameFieldLabel', nameFieldLabel, LABEL);
  return [
    ...caseValues.flatMap(({ value }, at) => {
      const wrong = textProblem('value', value, LABEL);
      return wrong === undefined ? [] : refuse(draft, wrong, 'caseValues', at);
    }),
    ...(name === undefined ? [] : refuse(draft, name, 'nameFieldLabel')),
  ];
};

/** What is wrong with one field's words: a field that is not there, a value that it does not have, a text that is too long. */
function fieldProblems(draft: Draft, plan: Plan, one: CustomFieldTranslation): readonly string[] {
  const { object } = partsOf(draft);
  const field = plan.field(object, one.name);
  if (field?.custom !== true) return [notFound('name', 'CustomField', `${object}.${one.name}`)];
  const labels = new Set(field.picklistValues.map(({ label }) => label));
  return [
    textProblem('label', one.label, LABEL),
    textProblem('help', one.help, HELP),
    ...one.picklistValues
      .filter(({ masterLabel }) => !labels.has(masterLabel))
      .map(({ masterLabel }) => notFound('masterLabel', 'PicklistValue', masterLabel)),
  ].filter((text) => text !== undefined);
}

const fieldsFit: ObjectTranslationRule = (draft, plan) =>
  plan.object(partsOf(draft).object)
    ? draft.body.fields.flatMap((one, at) =>
        fieldProblems(draft, plan, one).flatMap((text) => refuse(draft, text, 'fields', at)),
      )
    : [];

const fieldsAreDistinct: ObjectTranslationRule = (draft) =>
  repeated(draft.body.fields, ({ name }) => name).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate name: ${value.name}`, 'fields', index),
  );

/** An action of an object is named without the object: its file has the object's name already. */
const actionsFit: ObjectTranslationRule = (draft, plan) => {
  const { object } = partsOf(draft);
  return draft.body.quickActions.flatMap(({ name, label }, at) =>
    [
      plan.has('QuickAction', `${object}.${name}`)
        ? undefined
        : notFound('name', 'QuickAction', `${object}.${name}`),
      textProblem('label', label, ACTION),
    ].flatMap((text) => (text === undefined ? [] : refuse(draft, text, 'quickActions', at))),
  );
};

const actionsAreDistinct: ObjectTranslationRule = (draft) =>
  repeated(draft.body.quickActions, ({ name }) => name).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate name: ${value.name}`, 'quickActions', index),
  );

const taken = new Set(['fullName', 'caseValues', 'fields', 'nameFieldLabel', 'quickActions']);
const takenOfFields = new Set(['name', 'label', 'help', 'picklistValues']);
const takenOfActions = new Set(['name', 'label']);

const notEmulated = (elements: readonly XmlElement[], known: ReadonlySet<string>): Problem[] =>
  elements
    .filter(({ name }) => !known.has(name))
    .map((part) =>
      problemAt(part, `The local org does not emulate translations of ${part.name} yet.`),
    );

const partsAreEmulated: ObjectTranslationRule = (draft) => [
  ...notEmulated(draft.element.children, taken),
  ...childrenOf(draft.element, 'fields').flatMap((field) =>
    notEmulated(field.children, takenOfFields),
  ),
  ...childrenOf(draft.element, 'quickActions').flatMap((action) =>
    notEmulated(action.children, takenOfActions),
  ),
];

/** What the words of one object in one language must fulfil. */
export const objectTranslationRules: readonly ObjectTranslationRule[] = [
  languageIsOn,
  objectExists,
  wordsFit,
  fieldsFit,
  fieldsAreDistinct,
  actionsFit,
  actionsAreDistinct,
  partsAreEmulated,
];
