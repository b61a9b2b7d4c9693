import type { Report } from '@salesforce/types/metadata';
import type { Column } from './columns.ts';
import type { Ran } from './run-report.ts';

const sumName = ({ name }: Column): string => `s!${name}`;

const info = ({ field }: Column) => ({ dataType: field.type, label: field.label });

/** What the answer of a run says of the report itself. */
export function reportMetadata(
  { fullName, body }: { readonly fullName: string; readonly body: Report },
  id: string,
  { details, summed, frame }: Ran,
) {
  const { timeFrameFilter: time } = body;
  return {
    aggregates: [...summed.map(sumName), 'RowCount'],
    currency: null,
    detailColumns: details.map(({ name }) => name),
    developerName: fullName.slice(fullName.indexOf('/') + 1),
    groupingsAcross: [],
    groupingsDown: body.groupingsDown.map(({ field, sortOrder, dateGranularity = 'Day' }) => ({
      dateGranularity,
      name: field,
      sortAggregate: null,
      sortOrder,
    })),
    hasDetailRows: body.showDetails ?? true,
    historicalSnapshotDates: [],
    id,
    name: body.name,
    reportBooleanFilter: null,
    reportFilters: (body.filter?.criteriaItems ?? []).map(({ column, operator, value }) => ({
      column,
      isRunPageEditable: true,
      operator,
      value,
    })),
    reportFormat: body.format.toUpperCase(),
    reportType: { label: body.reportType, type: body.reportType },
    scope: body.scope ?? 'organization',
    standardDateFilter: time
      ? {
          column: time.dateColumn,
          durationValue: time.interval.replace('INTERVAL_', ''),
          startDate: frame.from,
          endDate: frame.to,
        }
      : null,
  };
}

export function extendedMetadata({ details, summed, groupedBy }: Ran) {
  const sums = summed.map((one): [string, object] => [
    sumName(one),
    { ...info(one), label: `Sum of ${one.field.label}` },
  ]);
  return {
    aggregateColumnInfo: {
      ...Object.fromEntries<object>(sums),
      RowCount: { dataType: 'int', label: 'Record Count' },
    },
    detailColumnInfo: Object.fromEntries(details.map((one) => [one.name, info(one)])),
    groupingColumnInfo: Object.fromEntries(
      groupedBy.map((one, groupingLevel) => [one.name, { ...info(one), groupingLevel }]),
    ),
  };
}
