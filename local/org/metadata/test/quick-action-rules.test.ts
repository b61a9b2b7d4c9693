import { describe, expect, it } from 'vitest';
import { LightningOrg } from './lightning.ts';
import { file, type Files } from './packages.ts';

const org = new LightningOrg();
const form = (...fields: readonly string[]): string =>
  `<quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle><quickActionLayoutColumns>${fields
    .map(
      (one) =>
        `<quickActionLayoutItems><field>${one}</field><uiBehavior>Edit</uiBehavior></quickActionLayoutItems>`,
    )
    .join('')}</quickActionLayoutColumns></quickActionLayout>`;

const action = (inner: string): string =>
  file(
    'QuickAction',
    `<label>Do it</label>\n<optionsCreateFeedItem>false</optionsCreateFeedItem>\n${inner}`,
  );
const files = (inner: string, name = 'Parcel__c.Do_It'): Files => ({
  [`quickActions/${name}.quickAction`]: action(inner),
});
const component = (name: string, subtype = 'ScreenAction'): string =>
  `<actionSubtype>${subtype}</actionSubtype><lightningWebComponent>${name}</lightningWebComponent><type>LightningWebComponent</type>`;
const update = (...fields: readonly string[]): string => `${form(...fields)}<type>Update</type>`;
const create = (target: string, ...fields: readonly string[]): string =>
  `${form(...fields)}<targetObject>${target}</targetObject>`;

describe('quick actions', () => {
  it('that are good have no problems', () => {
    expect(org.problems(files(update('Code__c')))).toEqual([]);
    expect(org.problems(files(component('badge')))).toEqual([]);
    const parent = '<targetParentField>Parcel__c</targetParentField><type>Create</type>';
    expect(org.problems(files(create('Line__c', 'Name') + parent))).toEqual([]);
    expect(
      org.problems(files(`${create('Account', 'Name')}<type>Create</type>`, 'New_One')),
    ).toEqual([]);
  });

  it.each([
    [update('Nope__c'), 'In field: field - no CustomField named Parcel__c.Nope__c found'],
    [update('Code__c', 'Code__c'), 'Duplicate field on layout: Code__c'],
    [update('CreatedDate'), 'Field CreatedDate cannot be edited; its uiBehavior is Readonly'],
    ['<type>Update</type>', 'Required field is missing: quickActionLayout'],
    [
      `${create('Account', 'Code__c')}<type>Update</type>`,
      'A quick action of the type Update has no other targetObject',
    ],
    [
      `${create('Nope__c')}<type>Create</type>`,
      'In field: targetObject - no CustomObject named Nope__c found',
    ],
    [
      `${create('Line__c', 'Name')}<targetParentField>Name</targetParentField><type>Create</type>`,
      'In field: targetParentField - no CustomField named Line__c.Name found',
    ],
    [
      component('nope'),
      'Unable to retrieve lightning web component by namespace/developer name : nope',
    ],
    [
      component('tools'),
      'Unable to retrieve lightning web component by namespace/developer name : tools',
    ],
    [component('badge', 'Action'), 'The component badge is an action of the type ScreenAction'],
    [
      '<lightningWebComponent>badge</lightningWebComponent><type>LightningWebComponent</type>',
      'Required field is missing: actionSubtype',
    ],
    [
      '<type>LogACall</type>',
      'The local org emulates quick actions of the types Create, Update, LightningWebComponent only.',
    ],
    [
      '<type>Nope</type>',
      "Error parsing file: 'Nope' is not a valid value for the enum 'QuickActionType'",
    ],
  ])('%#', (inner, problem) => {
    expect(org.messages(files(inner))).toContain(problem);
  });

  it('that create records of no object have that one problem', () => {
    expect(org.messages(files(`${form('Code__c')}<type>Create</type>`))).toEqual([
      'Required field is missing: targetObject',
    ]);
  });

  it('belong to an object, unless they create a record', () => {
    expect(org.messages(files(update('Name'), 'Nope__c.Do_It'))).toContain(
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    );
    expect(org.messages(files(update('Name'), 'Do_It'))).toContain(
      'A quick action of the type Update belongs to an object',
    );
  });

  it('of layouts are there', () => {
    const layout = (name: string): Files => ({
      'layouts/Parcel__c-Parcel Layout.layout': file(
        'Layout',
        `<layoutSections><label>A</label><layoutColumns><layoutItems><behavior>Required</behavior><field>Name</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections>
<platformActionList><actionListContext>Record</actionListContext><platformActionListItems><actionName>${name}</actionName><actionType>QuickAction</actionType><sortOrder>0</sortOrder></platformActionListItems><platformActionListItems><actionName>Edit</actionName><actionType>StandardButton</actionType><sortOrder>1</sortOrder></platformActionListItems></platformActionList>
<quickActionList><quickActionListItems><quickActionName>FeedItem.TextPost</quickActionName></quickActionListItems></quickActionList>`,
      ),
    });
    const ownLayout = layout('Parcel__c.Do_It');
    expect(org.messages({ ...ownLayout, ...files(update('Code__c')) })).toEqual([]);
    expect(org.messages(ownLayout)).toEqual([
      'In field: quickAction - no QuickAction named Parcel__c.Do_It found',
    ]);
  });
});

describe('trusted URLs', () => {
  const site = (
    url: string,
    more = '<isApplicableToImgSrc>true</isApplicableToImgSrc>',
  ): Files => ({
    'cspTrustedSites/Shop.cspTrustedSite': file(
      'CspTrustedSite',
      `<context>All</context><endpointUrl>${url}</endpointUrl><isActive>true</isActive>${more}`,
    ),
  });

  it('are addresses, open for something', () => {
    expect(org.messages(site('https://*.shop.example:8443/x'))).toEqual([]);
    expect(org.messages(site('shop.example'))).toEqual([
      'Invalid URL: "shop.example"; it is such as https://shop.example',
    ]);
    expect(org.messages(site('https://shop.example', ''))).toEqual([
      expect.stringMatching(/^Select at least one CSP directive: /),
    ]);
  });
});
