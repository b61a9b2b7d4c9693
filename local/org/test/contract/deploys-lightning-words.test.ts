import { expect } from 'vitest';
import { listMetadata } from '../../metadata/retrieve/describe.ts';
import { label, LightningOrg } from '../../metadata/test/lightning.ts';
import { deployFiles, file, type Files } from '../../metadata/test/packages.ts';
import { expectEach } from './deploy-org.ts';
import { statement } from './statement.ts';

const org = new LightningOrg();

statement(
  'A custom label has a name of its own in the org, a known language, a value of at most 1,000 characters and a short description of at most 80.',
  () => {
    const of = (inner: string) =>
      org.messages({ 'labels/CustomLabels.labels': file('CustomLabels', inner) });
    expectEach(of, {
      [label('A', 'x'.repeat(1000))]: [],
      [label('A', 'x'.repeat(1001))]:
        'Value too long for field: value, maximum length is: 1000 (it has 1001)',
      [label('A').replace('<shortDescription>', `<shortDescription>${'x'.repeat(80)}`)]:
        'Value too long for field: shortDescription, maximum length is: 80 (it has 81)',
      [label('A').replace('en_US', 'xx')]: "'xx' is not a valid value for the enum 'Language'",
      [label('A') + label('A')]: 'Duplicate name: A',
    });
  },
);

statement(
  "Translations are refused with `Not available for deploy for this organization` unless the org is started with `--translations`; then they are of labels, tabs and apps that exist, into a known language that is not the org's.",
  () => {
    const files = (name: string, language = 'ja'): Files => ({
      [`translations/${language}.translation`]: file(
        'Translations',
        `<customLabels><label>こんにちは</label><name>${name}</name></customLabels>`,
      ),
    });
    const off = 'Not available for deploy for this organization';
    const translated = new LightningOrg(true);
    expect(org.messages(files('Hello'))).toEqual([off]);
    expect(translated.messages(files('Hello'))).toEqual([]);
    expect(translated.messages(files('Hello', 'en_US'))).toEqual([off]);
    expect(translated.messages(files('Hello', 'xx'))).toEqual([
      "'xx' is not a valid value for the enum 'Language'",
    ]);
    expect(translated.messages(files('Nope'))).toEqual([
      'In field: name - no CustomLabel named Nope found',
    ]);
  },
);

const column = (name: string, more = ''): string =>
  `<columns>${more}<field>${name}</field></columns>`;
const report = (columns: string, type = 'CustomEntity$Parcel__c', more = ''): string =>
  file(
    'Report',
    `${more}${columns}<format>Summary</format><groupingsDown><field>Parcel__c.State__c</field><sortOrder>Asc</sortOrder></groupingsDown><name>R</name><reportType>${type}</reportType>`,
  );
const ofReport = (text: string): readonly string[] =>
  org.messages({ 'reports/Sales/R.report': text });

statement(
  'A report is about a custom object that allows reports, or a master and its details; its columns, groupings, filters and dates are fields of these by the names that reports give them, and no column is a grouping. Other report types, charts of what is not summarized, formulas and buckets are refused.',
  () => {
    const detail = 'CustomEntityCustomEntity$Parcel__c$Line__c';
    const filter =
      '<filter><criteriaItems><column>Parcel__c.Nope__c</column><operator>equals</operator></criteriaItems></filter>';
    const frame =
      '<timeFrameFilter><dateColumn>Parcel__c.Code__c</dateColumn><interval>INTERVAL_LAST7</interval></timeFrameFilter>';
    const chart =
      '<chart><chartSummaries><column>CUST_NAME</column></chartSummaries><chartType>VerticalColumn</chartType></chart>';
    const formula =
      '<customDetailFormulas><calculatedFormula>1</calculatedFormula><dataType>Double</dataType><developerName>A</developerName><label>A</label><scale>0</scale></customDetailFormulas>';
    const name = column('CUST_NAME');
    expectEach(ofReport, {
      [report(name)]: [],
      [report(name + column('CHILD_NAME'), detail)]: [],
      [report(name, 'CustomEntity$Secret__c')]: 'invalid report type',
      [report(name, 'AccountList')]:
        'The local org emulates reports of custom objects only, not of the type AccountList.',
      [report(column('Parcel__c.Nope__c'))]: 'Column: Invalid value specified: Parcel__c.Nope__c',
      [report(name, undefined, filter)]: 'filters-criteriaItems-column: Invalid value specified',
      [report(name, undefined, frame)]:
        'timeFrameFilter-dateColumn: Invalid value specified: Parcel__c.Code__c',
      [report(column('Parcel__c.State__c'))]:
        "You can't include groupings in the selected columns list: Parcel__c.State__c",
      [report(name, undefined, chart)]: 'Chart: the report does not summarize CUST_NAME',
      [report(name, undefined, formula)]:
        'The local org does not emulate reports with customDetailFormulas.',
    });
  },
);

statement(
  'A report lies in a folder that exists, which is shared with nobody, or with `AllInternalUsers` as `Organization`.',
  () => {
    const folder = (to: string, type = 'Organization'): Files => ({
      'reports/New-meta.xml': file(
        'ReportFolder',
        `<folderShares><accessLevel>View</accessLevel><sharedTo>${to}</sharedTo><sharedToType>${type}</sharedToType></folderShares><name>New</name>`,
      ),
    });
    const inFolder = { 'reports/New/R.report': report(column('CUST_NAME')) };
    expect(org.messages(inFolder)).toEqual(['Cannot find folder:New']);
    expect(org.messages({ ...folder('Sales'), ...inFolder })).toEqual([
      'The local org shares folders with AllInternalUsers only, not with Organization Sales.',
      'Cannot find folder:New',
    ]);
    expect(org.messages(folder('AllInternalUsers', 'Group'))).toEqual([
      'In field: sharedTo - no Group named AllInternalUsers found',
    ]);
    const kept = new LightningOrg().data;
    expect(deployFiles(kept, { ...folder('AllInternalUsers'), ...inFolder }).success).toBe(true);
    const by = { id: '005', name: 'A' };
    expect(listMetadata(kept, 'Report', by, '')).toEqual([
      expect.objectContaining({ fullName: 'New/R', fileName: 'reports/New/R.report' }),
    ]);
    expect(listMetadata(kept, 'ReportFolder', by, '')).toContainEqual(
      expect.objectContaining({ fullName: 'New', fileName: 'reports/New' }),
    );
  },
);

statement(
  'A quick action updates a record, creates one or shows a component that has the target `lightning__RecordAction`; the fields on its form exist, each once. Layouts name quick actions that exist.',
  () => {
    const form = (...fields: readonly string[]): string =>
      `<quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle><quickActionLayoutColumns>${fields
        .map((one) => `<quickActionLayoutItems><field>${one}</field></quickActionLayoutItems>`)
        .join('')}</quickActionLayoutColumns></quickActionLayout>`;
    const of = (inner: string) =>
      org.messages({
        'quickActions/Parcel__c.Do.quickAction': file(
          'QuickAction',
          `<label>Do</label><optionsCreateFeedItem>false</optionsCreateFeedItem>${inner}`,
        ),
      });
    const shows = (name: string): string =>
      `<actionSubtype>ScreenAction</actionSubtype><lightningWebComponent>${name}</lightningWebComponent><type>LightningWebComponent</type>`;
    const creates = '<targetObject>Nope__c</targetObject><type>Create</type>';
    const retrieve = 'Unable to retrieve lightning web component by namespace/developer name : ';
    expectEach(of, {
      [`${form('Code__c')}<type>Update</type>`]: [],
      [shows('badge')]: [],
      [shows('tools')]: `${retrieve}tools`,
      [`${form('Nope__c')}<type>Update</type>`]:
        'In field: field - no CustomField named Parcel__c.Nope__c found',
      [`${form('Code__c', 'Code__c')}<type>Update</type>`]: 'Duplicate field on layout: Code__c',
      [form() + creates]: 'In field: targetObject - no CustomObject named Nope__c found',
    });
    const layout = file(
      'Layout',
      '<layoutSections><layoutColumns><layoutItems><field>Name</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections><quickActionList><quickActionListItems><quickActionName>Parcel__c.Do</quickActionName></quickActionListItems></quickActionList>',
    );
    expect(org.messages({ 'layouts/Parcel__c-A.layout': layout })).toEqual([
      'In field: quickAction - no QuickAction named Parcel__c.Do found',
    ]);
  },
);

statement('A trusted URL is an address, and is open for at least one kind of content.', () => {
  const of = (url: string, open = '<isApplicableToImgSrc>true</isApplicableToImgSrc>') =>
    org.messages({
      'cspTrustedSites/A.cspTrustedSite': file(
        'CspTrustedSite',
        `<endpointUrl>${url}</endpointUrl><isActive>true</isActive>${open}`,
      ),
    });
  expect(of('https://shop.example')).toEqual([]);
  expect(of('shop')).toEqual(['Invalid URL: "shop"; it is such as https://shop.example']);
  expect(of('https://shop.example', '')).toEqual([expect.stringMatching(/^Select at least one/)]);
});
