import type { Dashboard, DashboardComponent } from '@salesforce/types/metadata';
import { idOf, type ReportComponent } from './folders.ts';

/** A component of a dashboard at its place in the list of all. */
export interface Placed {
  readonly at: number;
  readonly id: string;
  readonly component: DashboardComponent;
  readonly report: ReportComponent;
}

const sumName = ({ column }: { readonly column: string }): string => `s!${column}`;

/** What the answer says of a component beside its data. */
export function componentMetadata({ at, id, component, report }: Placed): object {
  return {
    componentData: at,
    footer: component.footer ?? null,
    header: component.header ?? null,
    id,
    properties: {
      aggregates: component.chartSummary.map((one) => ({ name: sumName(one) })),
      autoSelectColumns: component.autoselectColumnsFromReport ?? false,
      filterColumns: [],
      maxRows: component.maxValuesDisplayed ?? null,
      sort: null,
      groupings: component.groupingColumn.map((name) => ({ name })),
      useReportChart: component.useReportChart ?? false,
      visualizationProperties: {
        legendPosition: component.legendPosition ?? null,
        showValues: component.showValues ?? false,
      },
      visualizationType: component.componentType,
    },
    reportId: idOf(report),
    title: component.title ?? null,
    type: 'Report',
  };
}

/** Where the components stand. */
export function layoutOf({ dashboardGridLayout: grid }: Dashboard): object {
  return {
    components: (grid?.dashboardGridComponents ?? []).map((one) => ({
      colspan: one.colSpan,
      column: one.columnIndex,
      row: one.rowIndex,
      rowspan: one.rowSpan,
    })),
    gridLayout: true,
    numColumns: grid?.numberOfColumns,
    rowHeight: grid?.rowHeight,
  };
}
