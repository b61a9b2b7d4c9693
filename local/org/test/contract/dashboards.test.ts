import { expect } from 'vitest';
import { LightningOrg } from '../../metadata/test/lightning.ts';
import { file, type Files } from '../../metadata/test/packages.ts';
import { statement } from './statement.ts';

const org = new LightningOrg();
const report = file(
  'Report',
  `<columns><aggregateTypes>Sum</aggregateTypes><field>Parcel__c.Weight__c</field></columns><format>Summary</format>
<groupingsDown><dateGranularity>Day</dateGranularity><field>Parcel__c.State__c</field><sortOrder>Asc</sortOrder></groupingsDown><name>R</name><reportType>CustomEntity$Parcel__c</reportType>`,
);
const component = (
  column: number,
  over: { group?: string; sum?: string; report?: string } = {},
): string => {
  const {
    group = 'Parcel__c.State__c',
    sum = 'Parcel__c.Weight__c',
    report: of = 'Sales/R',
  } = over;
  return `<dashboardGridComponents><colSpan>6</colSpan><columnIndex>${column}</columnIndex><dashboardComponent><chartSummary><aggregate>Sum</aggregate><axisBinding>y</axisBinding><column>${sum}</column></chartSummary><componentType>Bar</componentType><groupingColumn>${group}</groupingColumn><report>${of}</report></dashboardComponent><rowIndex>0</rowIndex><rowSpan>4</rowSpan></dashboardGridComponents>`;
};
const grid = (components: string): string =>
  `<dashboardGridLayout>${components}<numberOfColumns>12</numberOfColumns><rowHeight>36</rowHeight></dashboardGridLayout>`;
const dashboard = (inner: string, more = ''): string =>
  file(
    'Dashboard',
    `<backgroundEndColor>#FFFFFF</backgroundEndColor><backgroundFadeDirection>Diagonal</backgroundFadeDirection><backgroundStartColor>#FFFFFF</backgroundStartColor>${inner}<dashboardType>SpecifiedUser</dashboardType>${more}<textColor>#000000</textColor><title>D</title><titleColor>#000000</titleColor><titleSize>12</titleSize>`,
  );
const folder = (shares = ''): Files => ({
  'dashboards/Boards-meta.xml': file('DashboardFolder', `${shares}<name>Boards</name>`),
});
const said = (text: string, folders: Files = folder()): readonly string[] =>
  org.messages({
    'reports/Sales/R.report': report,
    ...folders,
    'dashboards/Boards/D.dashboard': text,
  });

statement(
  'A dashboard lies in a folder of dashboards, which is not shared; its components lie in the grid, none over another, and show groupings and summaries that their reports have. Running users by name, filters and layouts by columns are refused.',
  () => {
    expect(said(dashboard(grid(component(0) + component(6))))).toEqual([]);
    expect(said(dashboard(grid(component(0))), {})).toEqual(['Cannot find folder:Boards']);
    expect(said(dashboard(grid(component(8))))).toEqual([
      'A component is wider than the 12 columns of the grid',
    ]);
    expect(said(dashboard(grid(component(0) + component(5))))).toEqual([
      'Components of the grid overlap',
    ]);
    expect(said(dashboard(grid(component(0, { report: 'Sales/None' }))))).toEqual([
      'In field: report - no Report named Sales/None found',
    ]);
    expect(
      said(dashboard(grid(component(0, { group: 'CUST_NAME', sum: 'Parcel__c.State__c' })))),
    ).toEqual([
      'Sales/R has no grouping CUST_NAME',
      'Sales/R has no summary of Parcel__c.State__c',
    ]);
    expect(said(dashboard(''))).toEqual([
      'The local org emulates dashboards with dashboardGridLayout only.',
    ]);
    expect(
      said(dashboard(grid(component(0)), '<runningUser>ada@example.com</runningUser>')),
    ).toEqual([
      'The local org does not know running users by name: leave runningUser out, for the user who deploys.',
    ]);
    const share =
      '<folderShares><accessLevel>View</accessLevel><sharedTo>AllInternalUsers</sharedTo><sharedToType>Organization</sharedToType></folderShares>';
    expect(said(dashboard(grid(component(0))), folder(share))).toContain(
      'The local org does not share folders of dashboards.',
    );
  },
);
