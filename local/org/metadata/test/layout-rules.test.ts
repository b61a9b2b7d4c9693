import { describe, expect, it } from 'vitest';
import { deployFiles, file, orgWithBasics } from './packages.ts';

describe('rules on layouts', () => {
  const layout = (items: string, more = ''): string =>
    file(
      'Layout',
      `<layoutSections><layoutColumns>\n${items}\n</layoutColumns><style>OneColumn</style></layoutSections>${more}`,
    );
  const item = (name: string, behavior = 'Edit'): string =>
    `<layoutItems><behavior>${behavior}</behavior><field>${name}</field></layoutItems>`;
  const both = item('Name', 'Required') + item('Must__c', 'Required');
  const list = (name: string, fields = ''): string =>
    `<relatedLists>${fields}<relatedList>${name}</relatedList></relatedLists>`;
  const quick = (name: string): string =>
    `<quickActionList><quickActionListItems><quickActionName>${name}</quickActionName></quickActionListItems></quickActionList>`;
  const action = (label: string): string =>
    file(
      'QuickAction',
      `<label>${label}</label><optionsCreateFeedItem>false</optionsCreateFeedItem><quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle><quickActionLayoutColumns><quickActionLayoutItems><field>Name</field><uiBehavior>Edit</uiBehavior></quickActionLayoutItems></quickActionLayoutColumns></quickActionLayout><type>Update</type>`,
    );

  it.each([
    [
      'a layout of an unknown object',
      'layouts/Nope__c-L.layout',
      layout(''),
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ],
    [
      'a layout with an unknown field',
      'layouts/Box__c-L.layout',
      layout(both + item('Nope__c')),
      'In field: field - no CustomField named Box__c.Nope__c found',
    ],
    [
      'a layout with a field twice',
      'layouts/Box__c-L.layout',
      layout(both + item('Name', 'Required')),
      'Duplicate field on layout: Name',
    ],
    [
      'a layout without a required field',
      'layouts/Box__c-L.layout',
      layout(item('Name', 'Required')),
      'Layout must contain an item for required layout field: Must__c',
    ],
    [
      'a layout with an unknown list',
      'layouts/Box__c-L.layout',
      layout(both, list('Item__c.Nope__c')),
      'Cannot find related list:Item__c.Nope__c',
    ],
    [
      'a list with an unknown field',
      'layouts/Box__c-L.layout',
      layout(both, list('Item__c.Parent__c', '<fields>NAME</fields><fields>Nope__c</fields>')),
      'Invalid field:Nope__c in related list:Item__c.Parent__c',
    ],
    [
      'a list whose lookup leads to another object',
      'layouts/Account-L.layout',
      layout('', list('Item__c.Parent__c')),
      'Cannot find related list:Item__c.Parent__c',
    ],
    [
      'a field of the org that could be edited',
      'layouts/Box__c-L.layout',
      layout(both + item('CreatedById')),
      'Field:CreatedById must be Readonly',
    ],
    [
      'a required field that could be left out',
      'layouts/Box__c-L.layout',
      layout(item('Name', 'Required') + item('Must__c')),
      'Field:Must__c must be Required',
    ],
  ])('refuses %s', (_what, path, content, problem) => {
    const result = deployFiles(orgWithBasics(), { [path]: content });
    expect(result.details.componentFailures.map((one) => one.problem)).toEqual([problem]);
  });

  it('takes actions of its object and of all objects, and no others', () => {
    const files = {
      'quickActions/Box__c.Do.quickAction': action('Do'),
      'quickActions/Account.Do.quickAction': action('Do'),
    };
    const said = (name: string) =>
      deployFiles(orgWithBasics(), {
        ...files,
        'layouts/Box__c-L.layout': layout(both, quick(name)),
      }).details.componentFailures.map((one) => one.problem);
    for (const name of ['Box__c.Do', 'NewTask', 'FeedItem.TextPost', 'Global.NewTask'])
      expect(said(name)).toEqual([]);
    expect(said('Account.Do')).toEqual(['The quick action Account.Do is not one of Box__c']);
  });
});
