import type { Assumption } from '../../model/assumption.ts';

/** Reports and the dashboard. */
export const REPORTS: readonly Assumption[] = [
  {
    id: 'report-runs',
    statement:
      'A run of a report by REST names groups by the first day of their period and empty ones by null, sums as `s!Object.Field`, counts as `RowCount`; _Last 30 Days_ is the thirty days before today and today; checkboxes are filtered by 0 and 1, picklists by their values; days are those of the viewer’s time zone',
    places: ['local/org/rest/reports', 'force-app/main/default/reports/Woo_Sales'],
    person:
      'Deploy, run the five reports of _WooCommerce Sales_ as users in Tokyo and in New York, and compare `GET /analytics/reports/{id}` with docs/reports.md.',
  },
  {
    id: 'dashboard-deploys',
    refusals: [{ types: ['Dashboard', 'DashboardFolder'] }],
    statement:
      'A dashboard of SpecifiedUser that is deployed without `runningUser` runs as the user who deploys it; `ColumnGrouped` and `BarGrouped` with two grouping columns show the second as series',
    places: ['force-app/main/default/dashboards', 'local/org/metadata/rules/reports'],
    person: 'Deploy, open the dashboard _WooCommerce Sales_ and look at each chart.',
  },
  {
    id: 'dashboard-without-user',
    statement: 'A dashboard of SpecifiedUser deploys without `runningUser`',
    places: ['force-app/main/default/dashboards'],
    source:
      'NPSP, whose dashboards (`unpackaged/config/reports/dashboards`) are kept and deployed so',
  },
  {
    id: 'dashboard-results',
    statement:
      '`GET /analytics/dashboards/{id}` answers in `componentData` the results of the last refresh as the running user sees them, with `factMap` and `groupingsDown` of the whole report, and days of the running user’s time zone',
    places: ['local/org/rest/reports/dashboards.ts'],
    person:
      'Deploy, open the dashboard _WooCommerce Sales_, refresh it, and compare `GET /analytics/dashboards/{id}` with what it shows, as its running user in Tokyo and in New York.',
  },
  {
    id: 'sale-formulas-in-reports',
    statement:
      'Formula fields that read others (`Is_Sale__c`, `Sales__c`) and a contact (`Customer_Kind__c`) are filtered, summed and grouped by in reports; `Woo_First_Order__c` of the contact equals `Created_In_Woo__c` of its first order to the second',
    places: [
      'force-app/main/default/objects/Woo_Order__c/fields/Customer_Kind__c.field-meta.xml',
      'force-app/main/default/reports/Woo_Sales/Woo_New_and_Returning.report-meta.xml',
    ],
    person:
      'Deploy, load orders, and run _New and Returning Customers_: each contact with orders of the last 30 days has one order that is _New_, or none where it bought before.',
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
