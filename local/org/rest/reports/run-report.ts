import type { Report } from '@salesforce/types/metadata';
import type { FieldDefinition } from '../../model/schema.ts';
import type { OrgView } from '../../model/org-view.ts';
import { compile } from '../../soql/compile.ts';
import { RecordBuilder, type ResultRecord } from '../../soql/run.ts';
import { columnOf, subjectOf, valueOf, type Cell, type Column } from './columns.ts';
import { factsOf, type FactRow, type Facts } from './fact-map.ts';
import { filterOf } from './filters.ts';
import { dayIn, frameOf, periodLabel, periodOf } from './periods.ts';
import { notRun } from './refusal.ts';

export interface Viewer {
  readonly org: OrgView;
  readonly timeZone: string;
  readonly version: string;
}

/** What a run of a report comes to, as its viewer may see the records. */
export interface Ran extends Facts {
  readonly details: readonly Column[];
  readonly summed: readonly Column[];
  readonly groupedBy: readonly Column[];
  /** Of the standard date filter. */
  readonly frame: { readonly from: string | null; readonly to: string | null };
}

const OTHERS = [
  ...(['aggregates', 'aggregateFilters', 'block', 'buckets', 'crossFilters'] as const),
  ...(['customDetailFormulas', 'rowLimit', 'historicalSelector', 'roleHierarchyFilter'] as const),
];

/** @throws ApiError for what the report holds and nobody runs here, so that no number is wrong in silence */
function refuseOthers(report: Report): void {
  const other = OTHERS.find((name) => {
    const held = report[name];
    return Array.isArray(held) ? held.length > 0 : held !== undefined;
  });
  if (other !== undefined) throw notRun(other);
  if (report.groupingsAcross.length > 0) throw notRun('groupingsAcross');
  if (report.filter?.booleanFilter) throw notRun('a booleanFilter');
  if (report.scope !== undefined && report.scope !== 'organization')
    throw notRun(`the scope ${report.scope}`);
}

/** Runs a report from its metadata. @param withRows with the records of each group */
export function runReport(viewer: Viewer, report: Report, withRows: boolean): Ran {
  refuseOthers(report);
  const subject = subjectOf(viewer.org, report.reportType);
  const column = (name: string): Column => columnOf(subject, name);
  const details = report.columns.map(({ field }) => column(field));
  const groupedBy = report.groupingsDown.map(({ field }) => column(field));
  const summed = report.columns.flatMap(({ field, aggregateTypes }) => {
    const other = aggregateTypes.find((one) => one !== 'Sum');
    if (other !== undefined) throw notRun(`the summary ${other}`);
    return aggregateTypes.length === 0 ? [] : [column(field)];
  });
  const { tests, columns, frame } = testsOf(viewer, report, column);
  const paths = new Set([...details, ...groupedBy, ...columns].map(({ path }) => path));
  const records = read(viewer, subject.object.name, new Set(['Id', ...paths]));
  const rows = records
    .filter((record) => tests.every((holds) => holds(record)))
    .map((record): FactRow => ({
      groups: groupedBy.map((one, at) =>
        groupOf(viewer, valueOf(record, one), one.field, granularity(report, at)),
      ),
      numbers: summed.map((one) => Number(valueOf(record, one) ?? 0)),
      cells: withRows ? details.map((one) => cell(valueOf(record, one))) : [],
    }));
  const shape = {
    descending: report.groupingsDown.map(({ sortOrder }) => sortOrder === 'Desc'),
    scales: summed.map(({ field }) => field.scale),
    withRows,
  };
  return { ...factsOf(rows, shape), details, summed, groupedBy, frame };
}

const granularity = ({ groupingsDown }: Report, at: number): string =>
  groupingsDown[at]?.dateGranularity ?? 'Day';

const isDate = ({ type }: FieldDefinition): boolean => type === 'date' || type === 'datetime';

/** The dates of a report's own period, as days. */
const ownDays = ({ startDate, endDate }: NonNullable<Report['timeFrameFilter']>) => ({
  startDate: startDate ? new Date(startDate).toISOString().slice(0, 10) : null,
  endDate: endDate ? new Date(endDate).toISOString().slice(0, 10) : null,
});

const dayOf = ({ timeZone }: Viewer, value: string, { type }: FieldDefinition): string =>
  type === 'datetime' ? dayIn(value, timeZone) : value;

function testsOf(viewer: Viewer, report: Report, column: (name: string) => Column) {
  const columns: Column[] = [];
  const tests = (report.filter?.criteriaItems ?? []).map((item) => {
    if (item.columnToColumn === true) throw notRun('a comparison of two columns');
    const one = column(item.column);
    if (isDate(one.field)) throw notRun(`a filter of the date ${item.column}`);
    columns.push(one);
    const holds = filterOf(item.operator, item.value ?? '');
    return (record: ResultRecord): boolean => holds(valueOf(record, one));
  });
  const { timeFrameFilter } = report;
  const today = dayIn(viewer.org.time().toISOString(), viewer.timeZone);
  const frame = timeFrameFilter
    ? frameOf(timeFrameFilter.interval, ownDays(timeFrameFilter), today)
    : { from: null, to: null };
  if (timeFrameFilter && (frame.from !== null || frame.to !== null)) {
    const one = column(timeFrameFilter.dateColumn);
    columns.push(one);
    tests.push((record) => {
      const value = valueOf(record, one);
      if (typeof value !== 'string') return false;
      const day = dayOf(viewer, value, one.field);
      return day >= (frame.from ?? day) && day <= (frame.to ?? day);
    });
  }
  return { tests, columns, frame };
}

/** All records that the viewer may see; sums are of all of them, however many a page would show. */
function read(
  { org, version }: Viewer,
  object: string,
  paths: ReadonlySet<string>,
): readonly ResultRecord[] {
  const compiled = compile(
    org,
    `SELECT ${[...paths].join(', ')} FROM ${object} ORDER BY Id`,
    false,
  );
  const builder = new RecordBuilder(org, version);
  return org.db.all(compiled.sql, ...compiled.values).map((row) => builder.build(compiled, row));
}

function groupOf(viewer: Viewer, value: Cell, field: FieldDefinition, granularity: string) {
  if (value === null || value === '') return { value: null, label: '-' };
  const text = String(value);
  if (!isDate(field)) {
    const label = field.picklistValues.find((one) => one.value === text)?.label ?? text;
    return { value: text, label };
  }
  const first = periodOf(dayOf(viewer, text, field), granularity);
  return { value: first, label: periodLabel(first, granularity) };
}

const cell = (value: Cell) => ({ label: value === null ? '-' : String(value), value });
