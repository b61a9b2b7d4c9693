import { describe, expect, it } from 'vitest';
import { LightningOrg } from './lightning.ts';
import { file } from './packages.ts';

const org = new LightningOrg();
const column = (field: string, more = ''): string =>
  `<columns>${more}<field>${field}</field></columns>`;
const group = (field: string, granularity = 'Day', list = 'Down'): string =>
  `<groupings${list}><dateGranularity>${granularity}</dateGranularity><field>${field}</field><sortOrder>Asc</sortOrder></groupings${list}>`;
const filter = (field: string, operator: string, value: string, logic = ''): string =>
  `<filter>${logic}<criteriaItems><column>${field}</column><operator>${operator}</operator><value>${value}</value></criteriaItems></filter>`;

interface Parts {
  readonly columns?: string;
  readonly groups?: string;
  readonly format?: string;
  readonly type?: string;
  readonly more?: string;
}

/** Columns are on line 2, groupings on line 3, the rest on line 4. */
function report(parts: Parts): string {
  const { columns = column('CUST_NAME'), groups = group('Parcel__c.State__c') } = parts;
  const { format = 'Summary', type = 'CustomEntity$Parcel__c', more = '' } = parts;
  return file(
    'Report',
    `${columns}\n${groups}\n${more}<format>${format}</format><name>R</name><reportType>${type}</reportType>`,
  );
}

const of = (parts: Parts, path = 'reports/Sales/R.report'): readonly string[] =>
  org
    .problems({ [path]: report(parts) })
    .map((one) => one.replace(/^R\.report:(\d+):\d+: /, '$1: '));

it('good reports have no problems', () => {
  const sum = '<aggregateTypes>Sum</aggregateTypes>';
  expect(of({ columns: column('CUST_NAME') + column('Parcel__c.Weight__c', sum) })).toEqual([]);
  expect(of({ format: 'Tabular', groups: '' })).toEqual([]);
  expect(
    of({
      format: 'Matrix',
      groups: group('CUST_CREATED_DATE', 'Month') + group('Parcel__c.State__c', 'Day', 'Across'),
    }),
  ).toEqual([]);
  const lines = 'CustomEntityCustomEntity$Parcel__c$Line__c';
  expect(of({ type: lines, columns: column('CHILD_NAME') + column('CUST_NAME') })).toEqual([]);
  expect(of({ more: filter('Parcel__c.State__c', 'equals', 'new,sent') })).toEqual([]);
  expect(of({ more: filter('Parcel__c.Fragile__c', 'equals', '1') })).toEqual([]);
  expect(of({}, 'reports/unfiled$public/R.report')).toEqual([]);
});

describe('a report', () => {
  it.each([
    [{ type: 'CustomEntity$Nope__c' }, '4: invalid report type'],
    [{ type: 'CustomEntity$Secret__c' }, '4: invalid report type'],
    [{ type: 'CustomEntityCustomEntity$Line__c$Parcel__c' }, '4: invalid report type'],
    [
      { type: 'AccountList' },
      '4: The local org emulates reports of custom objects only, not of the type AccountList.',
    ],
    [
      { columns: column('Parcel__c.Nope__c') },
      '2: Column: Invalid value specified: Parcel__c.Nope__c',
    ],
    [
      { columns: column('Parcel__c$Code__c') },
      '2: Column: Invalid value specified: Parcel__c$Code__c',
    ],
    [{ columns: column('CHILD_NAME') }, '2: Column: Invalid value specified: CHILD_NAME'],
    [{ columns: column('CUST_NAME') + column('CUST_NAME') }, '2: Duplicate field: CUST_NAME'],
    [
      { columns: column('Parcel__c.Code__c', '<aggregateTypes>Sum</aggregateTypes>') },
      '2: Column: Parcel__c.Code__c is no number, of which there is no Sum',
    ],
    [
      { columns: column('Parcel__c.State__c') },
      "2: You can't include groupings in the selected columns list: Parcel__c.State__c",
    ],
    [
      { groups: group('Parcel__c.Nope__c') },
      '3: Grouping: Invalid value specified: Parcel__c.Nope__c',
    ],
    [
      { groups: group('Parcel__c.Notes__c') },
      '3: Grouping: Parcel__c.Notes__c is a text area, by which nothing is grouped',
    ],
    [
      { groups: group('Parcel__c.Code__c', 'Month') },
      '3: Grouping: Parcel__c.Code__c is no date, so its dateGranularity is Day',
    ],
    [{ groups: '' }, '4: A Summary report has 1 to 3 groupingsDown and 0 to 0 groupingsAcross'],
    [
      { format: 'Tabular' },
      '4: A Tabular report has 0 to 0 groupingsDown and 0 to 0 groupingsAcross',
    ],
    [
      { format: 'Summry' },
      "4: Error parsing file: 'Summry' is not a valid value for the enum 'ReportFormat'",
    ],
    [
      { more: filter('Parcel__c.Nope__c', 'equals', 'x') },
      '4: filters-criteriaItems-column: Invalid value specified',
    ],
    [
      { more: filter('Parcel__c.State__c', 'equals', 'lost') },
      "4: Invalid filter value 'lost' for the field State__c of type picklist",
    ],
    [
      { more: filter('Parcel__c.Weight__c', 'contains', '1') },
      "4: The operation contains can't be used on the field Weight__c",
    ],
    [
      {
        more: filter('Parcel__c.Code__c', 'equals', 'x', '<booleanFilter>1 AND 2</booleanFilter>'),
      },
      '4: The booleanFilter 1 AND 2 must use each of the 1 criteriaItems',
    ],
    [
      {
        more: '<timeFrameFilter><dateColumn>Parcel__c.Code__c</dateColumn><interval>INTERVAL_LAST30</interval></timeFrameFilter>',
      },
      '4: timeFrameFilter-dateColumn: Invalid value specified: Parcel__c.Code__c',
    ],
    [
      { more: '<scope>nobody</scope>' },
      "4: Invalid scope: 'nobody'; it is one of organization, user, team",
    ],
    [
      { more: '<sortColumn>CUST_ID</sortColumn>' },
      '4: sortColumn: Invalid value specified: CUST_ID',
    ],
    [
      { more: `<description>${'x'.repeat(256)}</description>` },
      '4: Value too long for field: description, maximum length is: 255 (it has 256)',
    ],
    [
      {
        more: '<chart><chartSummaries><column>CUST_NAME</column></chartSummaries><chartType>HorizontalBar</chartType><groupingColumn>CUST_NAME</groupingColumn></chart>',
      },
      [
        '4: Chart: the report is not grouped by CUST_NAME',
        '4: Chart: the report does not summarize CUST_NAME',
      ],
    ],
    [
      {
        more: '<colorRanges><columnName>CUST_NAME</columnName><highColor>#fff</highColor><lowColor>#fff</lowColor><midColor>#fff</midColor></colorRanges>',
      },
      '4: The local org does not emulate reports with colorRanges.',
    ],
  ])('%#', (parts, problem) => {
    expect(of(parts)).toEqual([problem].flat());
  });

  it('lies in a folder that is there, which is shared with everybody', () => {
    expect(of({}, 'reports/Nope/R.report')).toEqual(['1: Cannot find folder:Nope']);
    const share = (to: string): string =>
      file(
        'ReportFolder',
        `<folderShares><accessLevel>View</accessLevel><sharedTo>${to}</sharedTo><sharedToType>Organization</sharedToType></folderShares><name>New</name>`,
      );
    const both = { 'reports/New-meta.xml': share('AllInternalUsers') };
    expect(org.problems({ ...both, 'reports/New/R.report': report({}) })).toEqual([]);
    expect(org.messages({ 'reports/New-meta.xml': share('Sales') })).toEqual([
      'The local org shares folders with AllInternalUsers only, not with Organization Sales.',
    ]);
  });
});
