import type { Plan } from '../../plan/plan.ts';
import { splitName } from '../../plan/plan.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import type { Item } from './page-items.ts';
import { notFound } from '../rule.ts';

/** Related lists that many objects have without a relationship of the schema. */
const standardLists = new Set([
  'ActivityHistories',
  'OpenActivities',
  'AttachedContentDocuments',
  'AttachedContentNotes',
  'CombinedAttachments',
  'Histories',
  'NotesAndAttachments',
  'ProcessSteps',
  'Contacts',
]);

/** The parent whose list is shown: the record's own, or that of a lookup of it. */
function parentOf(plan: Plan, parentField: string, object: string): string | undefined {
  const { object: owner, name } = splitName(parentField);
  if (owner.toLowerCase() !== object.toLowerCase()) return undefined;
  return name === 'Id' ? owner : plan.field(owner, name)?.referenceTo[0];
}

const isListOf = (plan: Plan, parent: string, list: string): boolean =>
  standardLists.has(list) ||
  plan
    .allObjects()
    .flatMap(({ fields }) => fields)
    .some((one) => one.referenceTo.includes(parent) && one.childRelationshipName === list);

type Check = (value: (name: string) => string, object: string, plan: Plan) => string | undefined;

const relatedListExists: Check = (value, object, plan) => {
  const parentField = value('parentFieldApiName');
  const parent = parentOf(plan, parentField, object);
  if (parent === undefined) return notFound('parentFieldApiName', 'CustomField', parentField);
  const list = value('relatedListApiName');
  return isListOf(plan, parent, list)
    ? undefined
    : notFound('relatedListApiName', 'RelatedList', `${parent}.${list}`);
};

/** List views that come with every object. */
const isStandardView = (name: string): boolean => /^(All|Recent|My|__Recent)/.test(name);

const listViewExists: Check = (value, _object, plan) => {
  const entity = value('entityName');
  if (!plan.object(entity)) return notFound('entityName', 'CustomObject', entity);
  const view = value('filterName');
  const isThere = plan.has('ListView', `${entity}.${view}`);
  return isThere || (plan.object(entity)?.kind === 'standard' && isStandardView(view))
    ? undefined
    : notFound('filterName', 'ListView', `${entity}.${view}`);
};

/** A page names a report without its folder. */
const reportExists: Check = (value, _object, plan) => {
  const wanted = value('reportName').toLowerCase();
  return plan.names('Report').some((name) => name.toLowerCase().endsWith(`/${wanted}`))
    ? undefined
    : notFound('reportName', 'Report', value('reportName'));
};

const OWN_LABEL = /^\{!\$Label\.(\w+)\}$/;

const tabLabelExists: Check = (value, _object, plan) => {
  const label = OWN_LABEL.exec(value('title'))?.[1];
  return label === undefined || plan.has('CustomLabel', label)
    ? undefined
    : notFound('title', 'CustomLabel', label);
};

const checks: ReadonlyMap<string, Check> = new Map([
  ['flexipage:tab', tabLabelExists],
  ['force:relatedListSingleContainer', relatedListExists],
  ['lst:dynamicRelatedList', relatedListExists],
  ['flexipage:filterListCard', listViewExists],
  ['flexipage:reportChart', reportExists],
]);

/**
 * What a component of the platform shows that is not there.
 * @param object of the page
 */
export function contentProblems(item: Item, object: string, plan: Plan): Problem[] {
  const check = checks.get(item.component);
  const value = (name: string): string =>
    item.properties.find((one) => one.name === name)?.values[0] ?? '';
  const wrong = check?.(value, object, plan);
  return wrong === undefined ? [] : [problemAt(item.place, wrong)];
}
