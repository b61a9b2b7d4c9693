import { splitName, type Plan } from '../plan/plan.ts';
import type { DraftOf } from '../read/kinds.ts';
import { labelProblem, nameProblem } from './names.ts';
import { notFound, refuse, repeated, type Rule } from './rule.ts';

/** Columns of a custom object's list view that are not its own fields. */
const commonColumns = new Set([
  'NAME',
  'OWNER.ALIAS',
  'OWNER.FIRST_NAME',
  'OWNER.LAST_NAME',
  'CREATED_DATE',
  'CREATEDBY_USER',
  'CREATEDBY_USER.ALIAS',
  'LAST_UPDATE',
  'UPDATEDBY_USER',
  'UPDATEDBY_USER.ALIAS',
  'LAST_ACTIVITY',
]);

/** Columns of a custom metadata type's list view that are not its own fields. */
const metadataColumns = new Set(['MasterLabel', 'DeveloperName', 'NamespacePrefix', 'Language']);

/** Standard objects name their columns by codes of their own, such as `PRODUCT2.NAME`. */
const standardColumn = /^[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)*$/;

function isColumn(plan: Plan, objectName: string, column: string): boolean {
  const object = plan.object(objectName);
  if (column.endsWith('__c')) return plan.field(objectName, column) !== undefined;
  if (object?.kind === 'customMetadata') return metadataColumns.has(column);
  if (object?.kind === 'standard') return standardColumn.test(column);
  const isOwner = column.startsWith('OWNER.');
  return commonColumns.has(column) && !(isOwner && !plan.field(objectName, 'OwnerId'));
}

type ViewDraft = DraftOf<'ListView'> | DraftOf<'CompactLayout'>;

function nameAndLabel(draft: ViewDraft): ReturnType<Rule<'ListView'>> {
  const wrong = {
    fullName: nameProblem(splitName(draft.fullName).name),
    label: labelProblem(draft.type, draft.body.label, 40),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
}

function objectOfView(draft: ViewDraft, plan: Plan): ReturnType<Rule<'ListView'>> {
  const { object } = splitName(draft.fullName);
  return plan.object(object)
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
}

const columnsExist: Rule<'ListView'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.columns.flatMap((column, index) =>
    isColumn(plan, object, column)
      ? []
      : refuse(draft, `Could not resolve list view column: ${column}`, 'columns', index),
  );
};

const filtersExist: Rule<'ListView'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.filters.flatMap(({ field }, index) =>
    isColumn(plan, object, field)
      ? []
      : refuse(draft, `Could not resolve list view column: ${field}`, 'filters', index),
  );
};

const filterLogicFits: Rule<'ListView'> = (draft) => {
  const { booleanFilter, filters } = draft.body;
  if (booleanFilter === undefined) return [];
  const numbers = [...booleanFilter.matchAll(/\d+/g)].map((match) => Number(match[0]));
  const fits =
    numbers.every((one) => one >= 1 && one <= filters.length) &&
    filters.every((_, index) => numbers.includes(index + 1));
  return fits
    ? []
    : refuse(
        draft,
        `The booleanFilter ${booleanFilter} must use each of the ${filters.length} filters`,
        'booleanFilter',
      );
};

/** What a list view must fulfil. */
export const listViewRules: readonly Rule<'ListView'>[] = [
  nameAndLabel,
  objectOfView,
  columnsExist,
  filtersExist,
  filterLogicFits,
];

const compactFieldsExist: Rule<'CompactLayout'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.fields.flatMap((name, index) =>
    plan.field(object, name)
      ? []
      : refuse(draft, notFound('fields', 'CustomField', `${object}.${name}`), 'fields', index),
  );
};

const compactFieldsFit: Rule<'CompactLayout'> = (draft) => {
  const { fields } = draft.body;
  if (fields.length === 0) return refuse(draft, 'Required field is missing: fields');
  if (fields.length > 10) return refuse(draft, 'A compact layout has at most 10 fields', 'fields');
  return repeated(fields, (one) => one).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate field: ${value}`, 'fields', index),
  );
};

/** What a compact layout must fulfil. */
export const compactLayoutRules: readonly Rule<'CompactLayout'>[] = [
  nameAndLabel,
  objectOfView,
  compactFieldsExist,
  compactFieldsFit,
];
