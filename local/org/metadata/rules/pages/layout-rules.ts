import type { FieldDefinition } from '../../../model/schema.ts';
import type { Plan } from '../../plan/plan.ts';
import { splitName } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childOf, childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { columnProblems } from './layout-columns.ts';
import { actionProblem } from './quick-actions.ts';
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

/** What a field says of itself wins over the layout; undefined where the layout may choose. */
function behaviorOf(field: FieldDefinition): 'Readonly' | 'Required' | undefined {
  if (!field.createable && !field.updateable) return 'Readonly';
  const isOwn = field.custom && field.required && !field.masterDetail;
  return isOwn || (field.name === 'Name' && field.required) ? 'Required' : undefined;
}

const behaviorsFit: LayoutRule = (draft, plan) => {
  const object = plan.object(objectOf(draft));
  if (object?.kind !== 'custom' && object?.kind !== 'standard') return [];
  return itemsOf(draft).flatMap(({ field, place }) => {
    const definition = plan.field(object.name, field);
    const needed = definition && behaviorOf(definition);
    return needed === undefined || childOf(place, 'behavior')?.text.trim() === needed
      ? []
      : [problemAt(place, `Field:${field} must be ${needed}`)];
  });
};

/** Columns of related lists that are fields of every record, by the code that layouts use. */
const listCodes = new Set(['NAME', 'CREATED_DATE', 'LAST_UPDATE', 'CREATEDBY_USER']);

function listProblem(plan: Plan, owner: string, list: string, fields: readonly string[]) {
  const { object, name } = splitName(list);
  // Standard lists such as RelatedFileList have no field behind them; the relationship of a lookup is no list.
  if (!/__[cr]\b/.test(list)) return undefined;
  const parents = plan.field(object, name)?.referenceTo ?? [];
  const isOwn = parents.some((one) => one.toLowerCase() === owner.toLowerCase());
  if (!isOwn) return `Cannot find related list:${list}`;
  const isColumn = (field: string): boolean => {
    // Own records show standard fields by their codes, custom metadata by their names.
    const isNamed = field.endsWith('__c') || plan.object(object)?.kind !== 'custom';
    return listCodes.has(field) || (isNamed && plan.field(object, field) !== undefined);
  };
  const unknown = fields.find((field) => !isColumn(field));
  return unknown === undefined ? undefined : `Invalid field:${unknown} in related list:${list}`;
}

const relatedListsExist: LayoutRule = (draft, plan) =>
  draft.body.relatedLists.flatMap(({ relatedList, fields }, index) => {
    const wrong = listProblem(plan, objectOf(draft), relatedList, fields);
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

const quickActionsFit: LayoutRule = (draft, plan) => {
  const platform = namesAt(draft, 'platformActionList', 'platformActionListItems', 'actionName');
  const quick = namesAt(draft, 'quickActionList', 'quickActionListItems', 'quickActionName');
  return [...platform.filter(isListedAction), ...quick].flatMap(({ name, place }) => {
    const wrong = actionProblem(plan, name, objectOf(draft), 'quickAction');
    return wrong === undefined ? [] : [problemAt(place, wrong)];
  });
};

/** Custom buttons are components of their own, of which the local org takes none. */
const buttonsExist: LayoutRule = (draft) =>
  draft.body.customButtons.flatMap((name, index) =>
    refuse(
      draft,
      notFound('customButtons', 'WebLink', `${objectOf(draft)}.${name}`),
      'customButtons',
      index,
    ),
  );

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
  behaviorsFit,
  relatedListsExist,
  quickActionsFit,
  buttonsExist,
  columnsFit,
];
