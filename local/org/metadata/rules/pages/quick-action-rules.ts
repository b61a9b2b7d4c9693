import type { LightningComponentBundle } from '@salesforce/types/metadata';
import { actionTypeOf, exposureOf } from '../../lwc/settings.ts';
import { splitName, type Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childOf, childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { columnProblems } from './layout-columns.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type ActionDraft = DraftOf<'QuickAction'>;
type ActionRule = Rule<'QuickAction'>;

/** Object of `Woo_Order__c.Edit`; empty for an action of no object. */
const objectOf = (draft: ActionDraft): string => splitName(draft.fullName).object;

const hasRecords = (plan: Plan, object: string): boolean =>
  ['standard', 'custom'].includes(plan.object(object)?.kind ?? '');

const textsFit: ActionRule = (draft) => {
  const { label, standardLabel, description, successMessage } = draft.body;
  const wrong = {
    fullName: nameProblem(splitName(draft.fullName).name, 80),
    label: standardLabel === undefined ? labelProblem('QuickAction', label, 80) : undefined,
    description: textProblem('description', description, 255),
    successMessage: textProblem('successMessage', successMessage, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const types = ['Create', 'Update', 'LightningWebComponent'];

const typeIsEmulated: ActionRule = (draft) =>
  types.includes(draft.body.type)
    ? []
    : refuse(
        draft,
        `The local org emulates quick actions of the types ${types.join(', ')} only.`,
        'type',
      );

const objectExists: ActionRule = (draft, plan) => {
  const object = objectOf(draft);
  if (object !== '') {
    return hasRecords(plan, object)
      ? []
      : refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
  }
  return draft.body.type === 'Create'
    ? []
    : refuse(draft, `A quick action of the type ${draft.body.type} belongs to an object`, 'type');
};

/** The object whose fields the form of the action shows. */
const formObject = (draft: ActionDraft): string =>
  draft.body.type === 'Create' ? (draft.body.targetObject ?? '') : objectOf(draft);

const targetFits: ActionRule = (draft, plan) => {
  const { type, targetObject } = draft.body;
  if (type === 'Create') {
    if (targetObject === undefined) return refuse(draft, 'Required field is missing: targetObject');
    return hasRecords(plan, targetObject)
      ? []
      : refuse(draft, notFound('targetObject', 'CustomObject', targetObject), 'targetObject');
  }
  const isOwn = targetObject?.toLowerCase() === objectOf(draft).toLowerCase();
  return targetObject === undefined || (type === 'Update' && isOwn)
    ? []
    : refuse(draft, `A quick action of the type ${type} has no other targetObject`, 'targetObject');
};

const parentFieldFits: ActionRule = (draft, plan) => {
  const { targetParentField, targetObject = '' } = draft.body;
  if (targetParentField === undefined) return [];
  return plan.field(targetObject, targetParentField)?.referenceTo.includes(objectOf(draft))
    ? []
    : refuse(
        draft,
        notFound('targetParentField', 'CustomField', `${targetObject}.${targetParentField}`),
        'targetParentField',
      );
};

const formIsThere: ActionRule = (draft) => {
  const { type, quickActionLayout } = draft.body;
  const isForm = type === 'Create' || type === 'Update';
  if (isForm === (quickActionLayout !== undefined)) return [];
  return isForm
    ? refuse(draft, 'Required field is missing: quickActionLayout')
    : refuse(draft, `A quick action of the type ${type} has no layout`, 'quickActionLayout');
};

const formItems = (draft: ActionDraft): readonly XmlElement[] =>
  elementsAt(
    draft.element,
    'quickActionLayout',
    'quickActionLayoutColumns',
    'quickActionLayoutItems',
  );

const formFields = (draft: ActionDraft): readonly XmlElement[] =>
  formItems(draft).flatMap((place) => childrenOf(place, 'field'));

const fieldsExist: ActionRule = (draft, plan) => {
  const object = formObject(draft);
  if (object === '') return [];
  const missing = formFields(draft)
    .filter(({ text }) => !plan.field(object, text.trim()))
    .map((place) => problemAt(place, notFound('field', 'CustomField', `${object}.${place.text}`)));
  const twice = repeated(formFields(draft), ({ text }) => text.trim()).map(({ value }) =>
    problemAt(value, `Duplicate field on layout: ${value.text}`),
  );
  const overrides = draft.body.fieldOverrides.flatMap(({ field }, index) =>
    plan.field(object, field)
      ? []
      : refuse(
          draft,
          notFound('field', 'CustomField', `${object}.${field}`),
          'fieldOverrides',
          index,
        ),
  );
  return [...missing, ...twice, ...overrides];
};

/** Items of the form whose field the org itself fills, and that say it could be edited. */
const filledFieldsAreRead: ActionRule = (draft, plan) =>
  formItems(draft).flatMap((place) => {
    const name = childOf(place, 'field')?.text.trim() ?? '';
    const field = plan.field(formObject(draft), name);
    const isFilled = field?.createable === false && !field.updateable;
    return isFilled && childOf(place, 'uiBehavior')?.text.trim() !== 'Readonly'
      ? [problemAt(place, `Field ${name} cannot be edited; its uiBehavior is Readonly`)]
      : [];
  });

const columnsFit: ActionRule = (draft) =>
  elementsAt(draft.element, 'quickActionLayout').flatMap((form) =>
    columnProblems(form, 'layoutSectionStyle', 'quickActionLayoutColumns'),
  );

const subtypeFits: ActionRule = (draft) => {
  const { type, actionSubtype } = draft.body;
  if (type === 'LightningWebComponent') {
    return actionSubtype === undefined
      ? refuse(draft, 'Required field is missing: actionSubtype')
      : [];
  }
  return actionSubtype === undefined
    ? []
    : refuse(draft, `A quick action of the type ${type} has no actionSubtype`, 'actionSubtype');
};

const componentFits: ActionRule = (draft, plan) => {
  const { type, actionSubtype, lightningWebComponent: name } = draft.body;
  if (type !== 'LightningWebComponent') return [];
  if (name === undefined) return refuse(draft, 'Required field is missing: lightningWebComponent');
  const body = plan.bodyOf('LightningComponentBundle', name) as
    | LightningComponentBundle
    | undefined;
  const exposure = body && exposureOf(name, body);
  const element = 'lightningWebComponent';
  if (exposure?.targets.includes('lightning__RecordAction') !== true) {
    const message = `Unable to retrieve lightning web component by namespace/developer name : ${name}`;
    return refuse(draft, message, element);
  }
  return actionSubtype === actionTypeOf(exposure)
    ? []
    : refuse(
        draft,
        `The component ${name} is an action of the type ${actionTypeOf(exposure)}`,
        'actionSubtype',
      );
};

/** What a quick action must fulfil. */
export const quickActionRules: readonly ActionRule[] = [
  textsFit,
  typeIsEmulated,
  objectExists,
  targetFits,
  parentFieldFits,
  formIsThere,
  fieldsExist,
  filledFieldsAreRead,
  columnsFit,
  subtypeFits,
  componentFits,
];
