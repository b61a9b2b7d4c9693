import { expect } from 'vitest';
import { AccessControl } from '../../../access/access-control.ts';
import { seed } from '../../../data/people/seed.ts';
import { listMetadata } from '../../../metadata/retrieve/describe.ts';
import { label, LightningOrg } from '../../../metadata/test/lightning.ts';
import { deployFiles, file, type Files } from '../../../metadata/test/packages.ts';
import { assign, putPermissionSet } from '../../permission-sets.ts';
import { expectEach } from './deploy-org.ts';
import { statement } from '../statement.ts';

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

const words = (inner: string, name = 'Parcel__c-ja'): Files => ({
  [`objectTranslations/${name}.objectTranslation`]: file('CustomObjectTranslation', inner),
});
const named = '<caseValues><plural>false</plural><value>小包</value></caseValues>';
const ofState = (masterLabel: string): string =>
  `<fields><label>状態</label><name>State__c</name><picklistValues><masterLabel>${masterLabel}</masterLabel><translation>発送済み</translation></picklistValues></fields>`;

statement(
  "Translations of an object's words are likewise; they name fields, values of picklists and quick actions of the object that exist, each field and action once, and are no longer than the words themselves may be. Those of layouts, record types and rules are not emulated.",
  () => {
    const off = 'Not available for deploy for this organization';
    const translated = new LightningOrg(true);
    const { data } = translated;
    const form =
      '<quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle><quickActionLayoutColumns><quickActionLayoutItems><field>Code__c</field></quickActionLayoutItems></quickActionLayoutColumns></quickActionLayout>';
    const action = `<label>Do</label><optionsCreateFeedItem>false</optionsCreateFeedItem>${form}<type>Update</type>`;
    const deployed = { 'quickActions/Parcel__c.Do.quickAction': file('QuickAction', action) };
    expect(deployFiles(data, deployed).success).toBe(true);
    const does = (name: string, text = '行う'): string =>
      `<quickActions><label>${text}</label><name>${name}</name></quickActions>`;
    expect(org.messages(words(named))).toEqual([off]);
    expect(translated.messages(words(named, 'Parcel__c-en_US'))).toEqual([off]);
    expectEach((inner) => translated.messages(words(inner)), {
      [named + ofState('sent')]: [],
      [named.replace('小包', '小'.repeat(41))]:
        'Value too long for field: value, maximum length is: 40 (it has 41)',
      [ofState('lost')]: 'In field: masterLabel - no PicklistValue named lost found',
      [ofState('sent').replace('State__c', 'Nope__c')]:
        'In field: name - no CustomField named Parcel__c.Nope__c found',
      [ofState('sent') + ofState('new')]: 'Duplicate name: State__c',
      [does('Do')]: [],
      [does('Undo')]: 'In field: name - no QuickAction named Parcel__c.Undo found',
      [does('Parcel__c.Do')]: 'In field: name - no QuickAction named Parcel__c.Parcel__c.Do found',
      [does('Do', '行'.repeat(81))]:
        'Value too long for field: label, maximum length is: 80 (it has 81)',
      [does('Do') + does('Do')]: 'Duplicate name: Do',
      [does('Do').replace('<label>', '<aspect>x</aspect><label>')]:
        'The local org does not emulate translations of aspect yet.',
      '<validationRules><errorMessage>x</errorMessage><name>R</name></validationRules>':
        'The local org does not emulate translations of validationRules yet.',
    });
    expect(translated.messages(words(named, 'Nope__c-ja'))).toEqual([
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ]);
  },
);

statement(
  'Users read the labels of objects, fields and values of picklists in their own language where it has them, and what is not translated as it was deployed.',
  () => {
    const { data } = new LightningOrg(true);
    const inner = `${named}${ofState('sent')}<nameFieldLabel>番号</nameFieldLabel>`;
    expect(deployFiles(data, words(inner)).success).toBe(true);
    seed(data, {
      adminUsername: 'a@x.example',
      integrationUsername: 'b@x.example',
      repUsername: 'rep@x.example',
    });
    const id = String(data.db.get("SELECT Id FROM User WHERE Username = 'rep@x.example'")?.['Id']);
    const read = ['Parcel__c.State__c', 'Parcel__c.Code__c'];
    assign(data, putPermissionSet(data, 'Parcels', { objects: { Parcel__c: 'read' }, read }), id);
    const access = new AccessControl(data);
    const seen = () => {
      const parcel = access.viewOf(id).object('Parcel__c');
      const field = (name: string) => parcel?.fields.find((one) => one.name === name);
      const values = field('State__c')?.picklistValues ?? [];
      const fields = ['Name', 'State__c', 'Code__c'].map((name) => field(name)?.label);
      return [
        parcel?.label,
        parcel?.labelPlural,
        ...fields,
        ...values.map(({ label: text }) => text),
      ];
    };
    const [, , , , code] = seen();
    expect(seen()).toEqual(['Parcel', 'Parcels', 'Name', 'State', code, 'new', 'sent']);
    data.db.run("UPDATE User SET LanguageLocaleKey = 'ja' WHERE Id = ?", id);
    expect(seen()).toEqual(['小包', '小包', '番号', '状態', code, 'new', '発送済み']);
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
  'A quick action updates a record, creates one or shows a component that has the target `lightning__RecordAction`; the fields on its form exist, each once. Layouts and pages name quick actions that exist, of their object or of none.',
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
