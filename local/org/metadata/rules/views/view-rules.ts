import { splitName, type Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { filterRules } from './filter-rules.ts';
import { isColumn } from './list-columns.ts';
import { labelProblem, nameProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';
import { missingSharer } from './sharers.ts';

/** Without its object a view has no columns that could be found; that the object is missing is said once. */
function hasColumn(plan: Plan, objectName: string, column: string): boolean {
  const object = plan.object(objectName);
  return object === undefined || isColumn(object, column);
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
    hasColumn(plan, object, column)
      ? []
      : refuse(draft, `Could not resolve list view column: ${column}`, 'columns', index),
  );
};

const filtersExist: Rule<'ListView'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.filters.flatMap(({ field }, index) =>
    hasColumn(plan, object, field)
      ? []
      : refuse(draft, `Could not resolve list view column: ${field}`, 'filters', index),
  );
};

const columnsAreDistinct: Rule<'ListView'> = (draft) =>
  repeated(draft.body.columns, (one) => one).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate column: ${value}`, 'columns', index),
  );

const columnsAreFew: Rule<'ListView'> = (draft) =>
  draft.body.columns.length > 15
    ? refuse(draft, 'A list view has at most 15 columns', 'columns', 15)
    : [];

const scopeFits: Rule<'ListView'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const { filterScope } = draft.body;
  return filterScope === 'Mine' && !plan.field(object, 'OwnerId')
    ? refuse(
        draft,
        `The records of ${object} have no owner: filterScope can't be Mine`,
        'filterScope',
      )
    : [];
};

const queueExists: Rule<'ListView'> = (draft, plan) => {
  const { filterScope, queue } = draft.body;
  if (queue === undefined) {
    return filterScope === 'Queue' ? refuse(draft, 'Required field is missing: queue') : [];
  }
  return plan.has('Queue', queue) ? [] : refuse(draft, notFound('queue', 'Queue', queue), 'queue');
};

const sharersExist: Rule<'ListView'> = (draft) => {
  const { sharedTo } = draft.body;
  const wrong = sharedTo && missingSharer('sharedTo', sharedTo);
  return wrong === undefined ? [] : refuse(draft, wrong, 'sharedTo');
};

/** What a list view must fulfil. */
export const listViewRules: readonly Rule<'ListView'>[] = [
  nameAndLabel,
  objectOfView,
  columnsExist,
  columnsAreDistinct,
  columnsAreFew,
  scopeFits,
  queueExists,
  sharersExist,
  filtersExist,
  ...filterRules,
];

const compactFieldsExist: Rule<'CompactLayout'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.fields.flatMap((name, index) =>
    !plan.object(object) || plan.field(object, name)
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

/** Fields that a compact layout has no room for. */
const compactFieldsAreShort: Rule<'CompactLayout'> = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.fields.flatMap((name, index) => {
    const field = plan.field(object, name);
    return field?.type === 'textarea' || field?.type === 'multipicklist'
      ? refuse(
          draft,
          `The field ${name} can't be in a compact layout: text areas and multi-select picklists ` +
            'are not supported there',
          'fields',
          index,
        )
      : [];
  });
};

/** What a compact layout must fulfil. */
export const compactLayoutRules: readonly Rule<'CompactLayout'>[] = [
  nameAndLabel,
  objectOfView,
  compactFieldsExist,
  compactFieldsFit,
  compactFieldsAreShort,
];
