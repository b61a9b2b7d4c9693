import type { ReportFormat } from '@salesforce/types/metadata';
import type { DraftOf } from '../../read/kinds.ts';
import { childOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { usesEach } from '../views/filter-rules.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { reportColumns } from './report-columns.ts';
import { reportFieldRules } from './report-field-rules.ts';
import { notFound, refuse, type Rule } from '../rule.ts';

type ReportDraft = DraftOf<'Report'>;
type ReportRule = Rule<'Report'>;

const textsFit: ReportRule = (draft) => {
  const { fullName, body } = draft;
  const wrong = {
    fullName: nameProblem(fullName.slice(fullName.indexOf('/') + 1), 80),
    name: labelProblem('Report', body.name, 40),
    description: textProblem('description', body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

/** The folder that every org has for reports which everybody sees. */
const commonFolder = 'unfiled$public';

const folderExists: ReportRule = (draft, plan) => {
  const folder = draft.fullName.slice(0, draft.fullName.indexOf('/'));
  return folder === commonFolder || plan.has('ReportFolder', folder)
    ? []
    : refuse(draft, `Cannot find folder:${folder}`);
};

const typeExists: ReportRule = (draft, plan) => {
  const { reportType } = draft.body;
  if (reportColumns(plan, reportType)) return [];
  const message = reportType.startsWith('CustomEntity')
    ? 'invalid report type'
    : `The local org emulates reports of custom objects only, not of the type ${reportType}.`;
  return refuse(draft, message, 'reportType');
};

const parts = [
  ...([
    'aggregates',
    'aggregateFilters',
    'block',
    'buckets',
    'colorRanges',
    'crossFilters',
  ] as const),
  ...(['customDetailFormulas', 'formattingRules', 'historicalSelector'] as const),
];

const partsAreEmulated: ReportRule = (draft) =>
  parts.flatMap((part) =>
    childOf(draft.element, part)
      ? refuse(draft, `The local org does not emulate reports with ${part}.`, part)
      : [],
  );

/** How many groupings down and across a format has, at least and at most. */
const groupings: Readonly<
  Record<ReportFormat, { down: [number, number]; across: [number, number] }>
> = {
  Tabular: { down: [0, 0], across: [0, 0] },
  Summary: { down: [1, 3], across: [0, 0] },
  Matrix: { down: [1, 2], across: [1, 2] },
  MultiBlock: { down: [0, 0], across: [0, 0] },
};

const isWithin = (count: number, [least, most]: readonly [number, number]): boolean =>
  count >= least && count <= most;

const groupingsFitFormat: ReportRule = (draft) => {
  const { format, groupingsDown, groupingsAcross } = draft.body;
  if (format === 'MultiBlock') {
    return refuse(
      draft,
      'The local org does not emulate reports of the format MultiBlock.',
      'format',
    );
  }
  const { down, across } = groupings[format];
  return isWithin(groupingsDown.length, down) && isWithin(groupingsAcross.length, across)
    ? []
    : refuse(
        draft,
        `A ${format} report has ${down.join(' to ')} groupingsDown and ${across.join(' to ')} groupingsAcross`,
        'format',
      );
};

const scopes = ['organization', 'user', 'team'];

const scopeIsKnown: ReportRule = (draft) => {
  const { scope } = draft.body;
  return scope === undefined || scopes.includes(scope)
    ? []
    : refuse(draft, `Invalid scope: '${scope}'; it is one of ${scopes.join(', ')}`, 'scope');
};

const logicFits: ReportRule = (draft) => {
  const { booleanFilter, criteriaItems = [] } = draft.body.filter ?? {};
  return booleanFilter === undefined || usesEach(booleanFilter, criteriaItems.length)
    ? []
    : refuse(
        draft,
        `The booleanFilter ${booleanFilter} must use each of the ${criteriaItems.length} criteriaItems`,
        'filter',
      );
};

const chartFields = (draft: ReportDraft): readonly XmlElement[] =>
  ['groupingColumn', 'secondaryGroupingColumn'].flatMap((name) =>
    elementsAt(draft.element, 'chart', name),
  );

const chartFits: ReportRule = (draft) => {
  const { chart, groupingsDown, groupingsAcross, columns } = draft.body;
  if (!chart) return [];
  const grouped = new Set([...groupingsDown, ...groupingsAcross].map(({ field }) => field));
  const summed = new Set([
    'RowCount',
    ...columns.filter(({ aggregateTypes }) => aggregateTypes.length > 0).map(({ field }) => field),
  ]);
  const strange = chartFields(draft)
    .filter(({ text }) => !grouped.has(text.trim()))
    .map((place) => problemAt(place, `Chart: the report is not grouped by ${place.text.trim()}`));
  const unsummed = elementsAt(draft.element, 'chart', 'chartSummaries', 'column')
    .filter(({ text }) => !summed.has(text.trim()))
    .map((place) => problemAt(place, `Chart: the report does not summarize ${place.text.trim()}`));
  return [...strange, ...unsummed];
};

/** What a report must fulfil. */
export const reportRules: readonly ReportRule[] = [
  textsFit,
  folderExists,
  typeExists,
  partsAreEmulated,
  groupingsFitFormat,
  scopeIsKnown,
  logicFits,
  chartFits,
  ...reportFieldRules,
];

const folderTextsFit: Rule<'ReportFolder'> = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    name: labelProblem('ReportFolder', draft.body.name, 40),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

/** Everybody in the org, who is no public group; those and roles cannot be deployed here. */
const everybody = 'AllInternalUsers';

const sharesExist: Rule<'ReportFolder'> = (draft) =>
  draft.body.folderShares.flatMap(({ sharedTo, sharedToType }, index) => {
    if (sharedTo === everybody && sharedToType === 'Organization') return [];
    const message =
      sharedToType === 'Group'
        ? notFound('sharedTo', 'Group', sharedTo)
        : `The local org shares folders with ${everybody} only, not with ${sharedToType} ${sharedTo}.`;
    return refuse(draft, message, 'folderShares', index);
  });

/** What a folder of reports must fulfil. */
export const reportFolderRules: readonly Rule<'ReportFolder'>[] = [folderTextsFit, sharesExist];
