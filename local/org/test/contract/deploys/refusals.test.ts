import { expect, it } from 'vitest';
import { assignment, flow, item } from '../../../flow/test/flows.ts';
import { FlowOrg } from '../../../flow/test/flow-org.ts';
import {
  field,
  file,
  metadataType,
  object,
  text,
  type Files,
} from '../../../metadata/test/packages.ts';
import { expectEach, ofField, ofSet, problemsOf, rightsOn } from './deploy-org.ts';
import { statement } from '../statement.ts';

const apexClass = (source: string, version = '66.0'): Files => ({
  'classes/Shop.cls': source,
  'classes/Shop.cls-meta.xml': file(
    'ApexClass',
    `<apiVersion>${version}</apiVersion><status>Active</status>`,
  ),
});
const ofClass = (source: string): readonly string[] =>
  problemsOf(apexClass(source)).map((one) => one.replace(/^Shop: /, ''));

statement.group(
  'An Apex class has an `apiVersion` that there is; only a `global` class has global methods and `@RestResource`, and what answers a REST call is global and static.',
  () => {
    it.each(['69.0', '6.0', '66.5'])('refuses apiVersion %s', (version) => {
      expect(problemsOf(apexClass('public class Shop {}', version))).toEqual([
        `Shop: Invalid version specified: ${version}`,
      ]);
    });

    it('refuses modifiers that do not fit', () => {
      const rest = "@RestResource(urlMapping='/shop/*')\n";
      expectEach(ofClass, {
        'public class Shop { global void run() {} }':
          'Defining type for global methods must be declared as global',
        'global class Shop { public class Nested { global void run() {} } }':
          'Defining type for global methods must be declared as global',
        [`${rest}public class Shop { @HttpGet global static void run() {} }`]: [
          'Class must be global with the annotation RestResource',
          'Defining type for global methods must be declared as global',
        ],
        [`${rest}global class Shop { @HttpPost global void run() {} }`]:
          'Methods annotated with HttpPost must be global static',
        [`${rest}global class Shop { @HttpGet public static void run() {} }`]:
          'Methods annotated with HttpGet must be global static',
      });
    });

    it('takes those that fit, and words in comments and texts', () => {
      for (const source of [
        "@RestResource(urlMapping='/shop/*')\nglobal with sharing class Shop { @HttpGet global static void run() {} }",
        "public class Shop { // global void run() {}\n String a = 'global void run()'; public void run() {} }",
        '@IsTest private class Shop { @IsTest static void runs() {} }',
      ]) {
        expect(ofClass(source)).toEqual([]);
      }
    });
  },
);

const box = (internal: string, external: string): readonly string[] =>
  problemsOf({
    'objects/Crate__c.object': object(
      'Crate',
      `<externalSharingModel>${external}</externalSharingModel>`,
      internal,
    ),
  });

statement.group(
  'The `externalSharingModel` of an object is no wider than its `sharingModel`.',
  () => {
    it.each([
      ['Private', 'Read'],
      ['Private', 'ReadWrite'],
      ['Read', 'ReadWrite'],
    ])('refuses %s inside and %s outside', (internal, external) => {
      expect(box(internal, external)).toEqual([
        `Crate__c: externalSharingModel ${external} is wider than sharingModel ${internal}`,
      ]);
    });

    it.each([
      ['Private', 'Private'],
      ['Read', 'Private'],
      ['ReadWrite', 'Read'],
    ])('takes %s inside and %s outside', (internal, external) => {
      expect(box(internal, external)).toEqual([]);
    });
  },
);

statement(
  'A custom metadata type has no sharing models, name field, deployment status, search, history, activities, reports or feeds.',
  () => {
    expectEach(
      (setting) =>
        problemsOf({
          'objects/Size__mdt.object': metadataType('Size', `${setting}\n${text('A__c')}`),
        }).filter((one) => one.startsWith('Size__mdt: ')),
      Object.fromEntries(
        [
          ['deploymentStatus', 'Deployed'],
          ['enableActivities', 'false'],
          ['enableFeeds', 'false'],
          ['enableHistory', 'true'],
          ['enableReports', 'true'],
          ['enableSearch', 'true'],
          ['externalSharingModel', 'Private'],
          ['sharingModel', 'ReadWrite'],
        ].map(([name, setting]) => [
          `<${name}>${setting}</${name}>`,
          `Size__mdt: Can not specify ${name} for a custom metadata type`,
        ]),
      ),
    );
  },
);

statement('A checkbox and a master-detail field say nothing of `required`.', () => {
  const checkbox = '<defaultValue>false</defaultValue>';
  for (const said of ['true', 'false']) {
    expect(ofField(`${checkbox}<required>${said}</required><type>Checkbox</type>`)).toEqual([
      "Can not specify 'required' for a CustomField of type Checkbox",
    ]);
  }
  expect(ofField(`${checkbox}<type>Checkbox</type>`)).toEqual([]);
  expect(ofField('<required>false</required><type>Date</type>')).toEqual([]);
});

statement(
  'The format of an automatic number has one number of zeros in braces, and in other braces `YY`, `YYYY`, `MM` or `DD`.',
  () => {
    const number = (format: string): string => `<displayFormat>${format}</displayFormat>`;
    const wrong = (format: string): string =>
      `displayFormat needs one number such as {0000}, and may have {YY}, {YYYY}, {MM} and {DD}: '${format}'`;
    for (const format of ['{QQ}{000}', 'B-{0000', '{000}-{00}', '{YYY}{0}', 'B}{0}']) {
      expect(ofField(`${number(format)}<type>AutoNumber</type>`)).toEqual([wrong(format)]);
      const named = object('Crate').replace(
        '<label>Name</label><type>Text</type>',
        `${number(format)}<label>Name</label><type>AutoNumber</type>`,
      );
      expect(problemsOf({ 'objects/Crate__c.object': named })).toEqual([
        `Crate__c: ${wrong(format)}`,
      ]);
    }
    expect(ofField(`${number('B-{YYYY}{MM}-{0000}')}<type>AutoNumber</type>`)).toEqual([]);
  },
);

const inApp = (color: string): readonly string[] =>
  problemsOf({
    'applications/Shop.app': file(
      'CustomApplication',
      `<brand><headerColor>${color}</headerColor></brand><formFactors>Large</formFactors><label>Shop</label><navType>Standard</navType><tabs>standard-home</tabs><uiType>Lightning</uiType>`,
    ),
  });

statement.group(
  'The colour of an app is `#` and six hexadecimal digits; the motif of a tab is one of the hundred by number and name.',
  () => {
    it.each(['#7F54', '7F54B3', '#GGGGGG', 'red'])('refuses the colour %s', (color) => {
      expect(inApp(color)).toEqual([
        `Shop: Invalid headerColor: '${color}'; it is such as '#7F54B3'`,
      ]);
    });

    it('takes a colour', () => {
      expect(inApp('#7f54B3')).toEqual([]);
    });

    it.each([
      ['Custom0: Chip', 'Custom63: Chip'],
      ['Custom42: Bell', 'Custom42: Treasure chest'],
      ['Custom53: Bell', undefined],
      ['Custom100: Chip', 'Custom100: TV Widescreen'],
      ['Custom101: Chip', 'Custom63: Chip'],
      ['Custom63: Chip', undefined],
      ['Chip', 'Custom63: Chip'],
    ])('looks at the motif %s', (motif, meant) => {
      const tab = file('CustomTab', `<customObject>true</customObject><motif>${motif}</motif>`);
      expect(problemsOf({ 'tabs/Box__c.tab': tab })).toEqual(
        meant === undefined ? [] : [`Box__c: Invalid motif: '${motif}'; it is such as '${meant}'`],
      );
    });
  },
);

statement(
  'What the org fills itself, as a formula, an automatic number or the date of creation, is only read in the form of a quick action.',
  () => {
    const form = (behavior: string, name: string): Files => ({
      'objects/Box__c.object': object(
        'Box',
        [
          field('Twice__c', '<formula>Code__c &amp; Code__c</formula><type>Text</type>'),
          field('No__c', '<displayFormat>{0000}</displayFormat><type>AutoNumber</type>'),
        ].join('\n'),
      ),
      'quickActions/Box__c.Edit_It.quickAction': file(
        'QuickAction',
        `<label>Edit</label><optionsCreateFeedItem>false</optionsCreateFeedItem><quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle><quickActionLayoutColumns><quickActionLayoutItems><field>${name}</field><uiBehavior>${behavior}</uiBehavior></quickActionLayoutItems></quickActionLayoutColumns></quickActionLayout><type>Update</type>`,
      ),
    });
    for (const name of ['Twice__c', 'No__c', 'CreatedDate']) {
      for (const behavior of ['Edit', 'Required']) {
        expect(problemsOf(form(behavior, name))).toEqual([
          `Box__c.Edit_It: Field ${name} cannot be edited; its uiBehavior is Readonly`,
        ]);
      }
      expect(problemsOf(form('Readonly', name))).toEqual([]);
    }
    expect(problemsOf(form('Edit', 'Code__c'))).toEqual([]);
  },
);

statement('A section of a layout or form has no more columns than its style.', () => {
  const items =
    '<layoutItems><behavior>Required</behavior><field>Name</field></layoutItems><layoutItems><behavior>Required</behavior><field>Must__c</field></layoutItems>';
  const layout = (style: string, columns: number): readonly string[] =>
    problemsOf({
      'layouts/Box__c-Box Layout.layout': file(
        'Layout',
        `<layoutSections><label>A</label><layoutColumns>${items}</layoutColumns>${'<layoutColumns/>'.repeat(columns - 1)}<style>${style}</style></layoutSections>`,
      ),
    });
  const wrong = (style: string, most: number, columns: number): string =>
    `Box__c-Box Layout: A section of the style ${style} has at most ${most} layoutColumns, not ${columns}`;
  expect(layout('TwoColumnsTopToBottom', 3)).toEqual([wrong('TwoColumnsTopToBottom', 2, 3)]);
  expect(layout('TwoColumnsLeftToRight', 3)).toEqual([wrong('TwoColumnsLeftToRight', 2, 3)]);
  expect(layout('OneColumn', 2)).toEqual([wrong('OneColumn', 1, 2)]);
  expect(layout('TwoColumnsTopToBottom', 2)).toEqual([]);
  expect(layout('CustomLinks', 3)).toEqual([]);
  const form = `<quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle>${'<quickActionLayoutColumns/>'.repeat(3)}</quickActionLayout>`;
  const action = `<label>Edit</label><optionsCreateFeedItem>false</optionsCreateFeedItem>${form}<type>Update</type>`;
  expect(
    problemsOf({ 'quickActions/Box__c.Edit_It.quickAction': file('QuickAction', action) }),
  ).toEqual([
    'Box__c.Edit_It: A section of the style TwoColumnsLeftToRight has at most 2 quickActionLayoutColumns, not 3',
  ]);
});

statement.group(
  'A flow names neither `$GlobalConstant.EmptyString` nor `Null` as an element: an empty text is a `stringValue` without text.',
  () => {
    const org = new FlowOrg();

    it.each(['$GlobalConstant.EmptyString', '$GlobalConstant.Null', '$globalconstant.emptystring'])(
      'refuses %s',
      (name) => {
        expect(org.problems(flow(assignment('A', item('$Record.Note__c', { name }))))).toEqual([
          `7: ${name} is no element; write the value itself, <stringValue></stringValue> for an empty text`,
        ]);
      },
    );

    it('takes an empty text', () => {
      expect(org.problems(flow(assignment('A', item('$Record.Note__c', ''))))).toEqual([]);
    });
  },
);

statement('_View All_ and _Modify All_ are not there for products and price books.', () => {
  const unsaid = (name: string): readonly string[] =>
    ofSet(rightsOn(name, 'CREDVM')).filter((one) => !one.startsWith('Permission '));
  for (const name of ['Product2', 'Pricebook2']) {
    expect(unsaid(name)).toEqual([
      `viewAllRecords is not available for ${name}`,
      `modifyAllRecords is not available for ${name}`,
    ]);
  }
  expect(ofSet(rightsOn('Product2', 'CRED'))).toEqual([]);
  expect(ofSet(rightsOn('Order', 'CREDVM'))).toEqual([]);
  expect(ofSet(rightsOn('Box__c', 'CREDVM'))).toEqual([]);
});
