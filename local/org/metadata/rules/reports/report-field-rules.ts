import type { FieldDefinition } from '../../../model/schema.ts';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childOf, childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { filterProblem } from '../views/filter-rules.ts';
import { reportColumns } from './report-columns.ts';
import { refuse, repeated, type Rule } from '../rule.ts';

type ReportDraft = DraftOf<'Report'>;
type ReportRule = Rule<'Report'>;

const textAt = (element: XmlElement, name: string): string =>
  childOf(element, name)?.text.trim() ?? '';

/** Looks at each element of a list with the field that it names; a report of no type has none. */
const each =
  (
    elements: (draft: ReportDraft) => readonly XmlElement[],
    name: string,
    problem: (field: FieldDefinition | undefined, place: XmlElement) => string | undefined,
  ): ReportRule =>
  (draft, plan) => {
    const columns = reportColumns(plan, draft.body.reportType);
    if (!columns) return [];
    return elements(draft).flatMap((place): Problem[] => {
      const wrong = problem(columns(textAt(place, name)), place);
      return wrong === undefined ? [] : [problemAt(place, wrong)];
    });
  };

const columnsIn = (draft: ReportDraft) => childrenOf(draft.element, 'columns');
const groupingsIn = (draft: ReportDraft) =>
  ['groupingsDown', 'groupingsAcross'].flatMap((list) => childrenOf(draft.element, list));
const criteriaIn = (draft: ReportDraft) => elementsAt(draft.element, 'filter', 'criteriaItems');
const framesIn = (draft: ReportDraft) => childrenOf(draft.element, 'timeFrameFilter');

const columnsExist = each(columnsIn, 'field', (field, place) =>
  field ? undefined : `Column: Invalid value specified: ${textAt(place, 'field')}`,
);

const groupingsExist = each(groupingsIn, 'field', (field, place) =>
  field ? undefined : `Grouping: Invalid value specified: ${textAt(place, 'field')}`,
);

const filtersExist = each(criteriaIn, 'column', (field) =>
  field ? undefined : 'filters-criteriaItems-column: Invalid value specified',
);

const isDate = (field: FieldDefinition | undefined): boolean =>
  field?.type === 'date' || field?.type === 'datetime';

const timeFrameIsADate = each(framesIn, 'dateColumn', (field, place) =>
  isDate(field)
    ? undefined
    : `timeFrameFilter-dateColumn: Invalid value specified: ${textAt(place, 'dateColumn')}`,
);

const unsortable = ['textarea', 'multipicklist'];

/** Long text can be a column and not more. */
const groupingsAreShort = each(groupingsIn, 'field', (field, place) =>
  field && unsortable.includes(field.type)
    ? `Grouping: ${textAt(place, 'field')} is a text area, by which nothing is grouped`
    : undefined,
);

/** Other fields say `Day`, as reports that Salesforce writes do. */
const granularitiesFit = each(groupingsIn, 'field', (field, place) => {
  const granularity = childOf(place, 'dateGranularity')?.text.trim() ?? 'Day';
  return !field || isDate(field) || ['Day', 'None'].includes(granularity)
    ? undefined
    : `Grouping: ${textAt(place, 'field')} is no date, so its dateGranularity is Day`;
});

const numbers = ['double', 'currency', 'percent', 'int'];
const forAll = ['Unique', 'None', 'Noop'];

const summariesFit = each(columnsIn, 'field', (field, place) => {
  const types = childrenOf(place, 'aggregateTypes').map(({ text }) => text.trim());
  const bad = types.find((one) => !forAll.includes(one));
  return field && bad !== undefined && !numbers.includes(field.type)
    ? `Column: ${textAt(place, 'field')} is no number, of which there is no ${bad}`
    : undefined;
});

const truths = ['true', 'false', '1', '0'];

function valueProblem(field: FieldDefinition, place: XmlElement): string | undefined {
  const operation = textAt(place, 'operator');
  const value = textAt(place, 'value');
  if (field.type === 'boolean' && truths.includes(value.toLowerCase())) {
    return filterProblem(field, { operation: operation as 'equals' });
  }
  return filterProblem(field, { operation: operation as 'equals', value });
}

const valuesFit = each(criteriaIn, 'column', (field, place) =>
  field && textAt(place, 'columnToColumn') !== 'true' ? valueProblem(field, place) : undefined,
);

const columnsAreNoGroupings: ReportRule = (draft) => {
  const grouped = new Set(groupingsIn(draft).map((one) => textAt(one, 'field')));
  return columnsIn(draft)
    .filter((one) => grouped.has(textAt(one, 'field')))
    .map((one) =>
      problemAt(
        one,
        `You can't include groupings in the selected columns list: ${textAt(one, 'field')}`,
      ),
    );
};

const fieldsAreDistinct: ReportRule = (draft) =>
  [columnsIn(draft), groupingsIn(draft)].flatMap((places) =>
    repeated(places, (one) => textAt(one, 'field')).map(({ value }) =>
      problemAt(value, `Duplicate field: ${textAt(value, 'field')}`),
    ),
  );

const sortColumnIsShown = (draft: ReportDraft, plan: Plan): readonly Problem[] => {
  const { sortColumn, columns, reportType } = draft.body;
  if (sortColumn === undefined || !reportColumns(plan, reportType)) return [];
  return columns.some(({ field }) => field === sortColumn)
    ? []
    : refuse(draft, `sortColumn: Invalid value specified: ${sortColumn}`, 'sortColumn');
};

/** What the fields of a report must fulfil. */
export const reportFieldRules: readonly ReportRule[] = [
  columnsExist,
  groupingsExist,
  filtersExist,
  timeFrameIsADate,
  groupingsAreShort,
  granularitiesFit,
  summariesFit,
  valuesFit,
  columnsAreNoGroupings,
  fieldsAreDistinct,
  sortColumnIsShown,
];
