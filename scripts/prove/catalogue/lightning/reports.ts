import type { Assumption } from '../../model/assumption.ts';

/** Reports and the dashboard. */
export const REPORTS: readonly Assumption[] = [
  {
    id: 'report-runs',
    statement:
      'A run of a report by REST names groups by the first day of their period and empty ones by null, sums as `s!Object.Field`, counts as `RowCount`; _Last 30 Days_ is the thirty days before today and today; checkboxes are filtered by 0 and 1, picklists by their values; days are those of the viewer’s time zone',
    places: ['local/org/rest/reports', 'force-app/main/default/reports/Woo_Sales'],
    person:
      'Deploy, run the four reports of _WooCommerce Sales_ as users in Tokyo and in New York, and compare `GET /analytics/reports/{id}` with docs/reports.md.',
  },
  {
    id: 'dashboard-deploys',
    statement:
      'A dashboard of SpecifiedUser without `runningUser` runs as the user who deploys it; `ColumnGrouped` and `BarGrouped` with two grouping columns show the second as series',
    places: ['force-app/main/default/dashboards', 'local/org/metadata/rules/reports'],
    person: 'Deploy, open the dashboard _WooCommerce Sales_ and look at each chart.',
  },
  {
    id: 'folder-shares-kept',
    statement:
      'Folders of reports and dashboards that are deployed without shares are seen by administrators alone; a second deploy keeps the shares that somebody gave since',
    places: [
      'force-app/main/default/reports/Woo_Sales.reportFolder-meta.xml',
      'force-app/main/default/dashboards/Woo_Sales_Dashboards.dashboardFolder-meta.xml',
    ],
    person: 'Share both folders with a group, deploy again, and look at the shares.',
  },
];
