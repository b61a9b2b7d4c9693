import type { Plan } from '../../plan/plan.ts';
import { splitName } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { columnProblems } from './layout-columns.ts';
import { isQuickAction } from './quick-actions.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type LayoutRule = Rule<'Layout'>;

/** `Woo_Order__c-Woo Order Layout` is a layout of Woo_Order__c. */
const objectOf = (draft: DraftOf<'Layout'>): string =>
  draft.fullName.slice(0, Math.max(draft.fullName.indexOf('-'), 0));

interface Item {
  readonly field: string;
  readonly place: XmlElement;
}

function itemsOf(draft: DraftOf<'Layout'>): readonly Item[] {
  return childrenOf(draft.element, 'layoutSections')
    .flatMap((section) => childrenOf(section, 'layoutColumns'))
    .flatMap((column) => childrenOf(column, 'layoutItems'))
    .flatMap((place) => childrenOf(place, 'field').map(({ text }) => ({ field: text, place })));
}

const objectExists: LayoutRule = (draft, plan) =>
  plan.object(objectOf(draft))
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${objectOf(draft)}' cannot be found`);

/** On layouts of custom metadata types only; no query knows them. */
const metadataItems = new Set(['CreatedById', 'LastModifiedById', 'IsProtected']);

function isItem(plan: Plan, objectName: string, field: string): boolean {
  if (plan.field(objectName, field)) return true;
  return plan.object(objectName)?.kind === 'customMetadata' && metadataItems.has(field);
}

const fieldsExist: LayoutRule = (draft, plan) =>
  itemsOf(draft)
    .filter(({ field }) => !isItem(plan, objectOf(draft), field))
    .map(({ field, place }) =>
      problemAt(place, notFound('field', 'CustomField', `${objectOf(draft)}.${field}`)),
    );

const fieldsAreDistinct: LayoutRule = (draft) =>
  repeated(itemsOf(draft), (item) => item.field).map(({ value }) =>
    problemAt(value.place, `Duplicate field on layout: ${value.field}`),
  );

const requiredFieldsArePlaced: LayoutRule = (draft, plan) => {
  const object = plan.object(objectOf(draft));
  if (object?.kind !== 'custom') return [];
  const placed = new Set(itemsOf(draft).map(({ field }) => field.toLowerCase()));
  return object.fields
    .filter((field) => field.name === 'Name' || field.required)
    .filter((field) => !placed.has(field.name.toLowerCase()))
    .flatMap((field) =>
      refuse(draft, `Layout must contain an item for required layout field: ${field.name}`),
    );
};

/** Columns of related lists that are fields of every record, by the code that layouts use. */
const listCodes = new Set(['NAME', 'CREATED_DATE', 'LAST_UPDATE', 'CREATEDBY_USER']);

function listProblem(plan: Plan, relatedList: string, fields: readonly string[]) {
  const { object, name } = splitName(relatedList);
  // Standard lists such as RelatedFileList have no field behind them.
  if (!relatedList.includes('__c')) return undefined;
  if (!plan.field(object, name)) return notFound('relatedList', 'CustomField', relatedList);
  const unknown = fields.find((field) => !listCodes.has(field) && !plan.field(object, field));
  return unknown === undefined
    ? undefined
    : notFound('fields', 'CustomField', `${object}.${unknown}`);
}

const relatedListsExist: LayoutRule = (draft, plan) =>
  draft.body.relatedLists.flatMap(({ relatedList, fields }, index) => {
    const wrong = listProblem(plan, relatedList, fields);
    return wrong === undefined ? [] : refuse(draft, wrong, 'relatedLists', index);
  });

interface ActionPlace {
  readonly name: string;
  readonly place: XmlElement;
}

const namesAt = (draft: DraftOf<'Layout'>, list: string, items: string, name: string) =>
  elementsAt(draft.element, list, items).flatMap((place): ActionPlace[] =>
    childrenOf(place, name).map(({ text }) => ({ name: text.trim(), place })),
  );

/** Buttons in the list of actions are checked no further: the org has them by their object. */
const isListedAction = ({ place }: ActionPlace): boolean =>
  childrenOf(place, 'actionType').some(({ text }) => text.trim() === 'QuickAction');

const quickActionsExist: LayoutRule = (draft, plan) => {
  const platform = namesAt(draft, 'platformActionList', 'platformActionListItems', 'actionName');
  const quick = namesAt(draft, 'quickActionList', 'quickActionListItems', 'quickActionName');
  return [...platform.filter(isListedAction), ...quick]
    .filter(({ name }) => !isQuickAction(plan, name))
    .map(({ name, place }) => problemAt(place, notFound('quickAction', 'QuickAction', name)));
};

const columnsFit: LayoutRule = (draft) =>
  childrenOf(draft.element, 'layoutSections').flatMap((section) =>
    columnProblems(section, 'style', 'layoutColumns'),
  );

/** What a page layout must fulfil. */
export const layoutRules: readonly LayoutRule[] = [
  objectExists,
  fieldsExist,
  fieldsAreDistinct,
  requiredFieldsArePlaced,
  relatedListsExist,
  quickActionsExist,
  columnsFit,
];
