import type { Report } from '@salesforce/types/metadata';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { elementsAt, childOf, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { refuse, type Rule } from '../rule.ts';

type DashboardRule = Rule<'Dashboard'>;

const textAt = (element: XmlElement, name: string): string =>
  childOf(element, name)?.text.trim() ?? '';

/** What names and texts of a component must fulfil. */
const refusals = (
  draft: DraftOf<'Dashboard'> | DraftOf<'DashboardFolder'>,
  wrong: Readonly<Record<string, string | undefined>>,
): Problem[] =>
  Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );

const textsFit: DashboardRule = (draft) => {
  const { fullName, body } = draft;
  return refusals(draft, {
    fullName: nameProblem(fullName.slice(fullName.indexOf('/') + 1), 80),
    title: labelProblem('Dashboard', body.title, 80),
    description: textProblem('description', body.description, 255),
  });
};

const folderExists: DashboardRule = (draft, plan) => {
  const folder = draft.fullName.slice(0, draft.fullName.indexOf('/'));
  return plan.has('DashboardFolder', folder) ? [] : refuse(draft, `Cannot find folder:${folder}`);
};

const layoutIsEmulated: DashboardRule = (draft) => {
  const { dashboardGridLayout, dashboardFilters, dashboardType, runningUser } = draft.body;
  if (!dashboardGridLayout) {
    return refuse(draft, 'The local org emulates dashboards with dashboardGridLayout only.');
  }
  if (dashboardFilters.length > 0) {
    return refuse(draft, 'The local org does not emulate dashboardFilters.', 'dashboardFilters');
  }
  if (runningUser !== undefined) {
    return refuse(
      draft,
      'The local org does not know running users by name: leave runningUser out, for the user who deploys.',
      'runningUser',
    );
  }
  return dashboardType === 'SpecifiedUser' || dashboardType === 'LoggedInUser'
    ? []
    : refuse(draft, 'dashboardType is SpecifiedUser or LoggedInUser', 'dashboardType');
};

interface Box {
  readonly columnIndex: number;
  readonly colSpan: number;
  readonly rowIndex: number;
  readonly rowSpan: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.columnIndex < b.columnIndex + b.colSpan &&
  b.columnIndex < a.columnIndex + a.colSpan &&
  a.rowIndex < b.rowIndex + b.rowSpan &&
  b.rowIndex < a.rowIndex + a.rowSpan;

const gridFits: DashboardRule = (draft) => {
  const { dashboardGridComponents: all = [], numberOfColumns = 0 } =
    draft.body.dashboardGridLayout ?? {};
  const outside = all.some((one) => one.columnIndex + one.colSpan > numberOfColumns);
  if (outside) {
    return refuse(draft, `A component is wider than the ${numberOfColumns} columns of the grid`);
  }
  const isTwice = all.some((one, at) => all.slice(at + 1).some((other) => overlap(one, other)));
  return isTwice ? refuse(draft, 'Components of the grid overlap') : [];
};

const componentsIn = (draft: DraftOf<'Dashboard'>): readonly XmlElement[] =>
  elementsAt(draft.element, 'dashboardGridLayout', 'dashboardGridComponents').flatMap((one) => {
    const component = childOf(one, 'dashboardComponent');
    return component ? [component] : [];
  });

/** What a component shows must be what its report has. */
const componentsFitReports: DashboardRule = (draft, plan) =>
  componentsIn(draft).flatMap((component) => componentProblems(component, plan));

function componentProblems(component: XmlElement, plan: Plan): Problem[] {
  const name = textAt(component, 'report');
  const report = plan.bodyOf('Report', name) as Report | undefined;
  if (!report) return [problemAt(component, `In field: report - no Report named ${name} found`)];
  const groups = new Set(report.groupingsDown.map(({ field }) => field));
  const sums = new Set(
    report.columns.flatMap(({ field, aggregateTypes }) => (aggregateTypes.length ? [field] : [])),
  );
  const grouped = elementsAt(component, 'groupingColumn').filter(
    ({ text }) => !groups.has(text.trim()),
  );
  const summed = elementsAt(component, 'chartSummary').filter(
    (one) => textAt(one, 'column') !== 'RowCount' && !sums.has(textAt(one, 'column')),
  );
  return [
    ...grouped.map((one) => problemAt(one, `${name} has no grouping ${one.text.trim()}`)),
    ...summed.map((one) => problemAt(one, `${name} has no summary of ${textAt(one, 'column')}`)),
  ];
}

/** What a dashboard must fulfil. */
export const dashboardRules: readonly DashboardRule[] = [
  textsFit,
  folderExists,
  layoutIsEmulated,
  gridFits,
  componentsFitReports,
];

const folderFits: Rule<'DashboardFolder'> = (draft) => [
  ...refusals(draft, {
    fullName: nameProblem(draft.fullName, 80),
    name: labelProblem('DashboardFolder', draft.body.name, 40),
  }),
  ...(draft.body.folderShares.length > 0
    ? refuse(draft, 'The local org does not share folders of dashboards.', 'folderShares')
    : []),
];

/** What a folder of dashboards must fulfil. */
export const dashboardFolderRules: readonly Rule<'DashboardFolder'>[] = [folderFits];
