import { describe, expect, it } from 'vitest';
import { deployFiles, file, orgWithBasics } from './packages.ts';

describe('rules on layouts', () => {
  const layout = (items: string, more = ''): string =>
    file(
      'Layout',
      `<layoutSections><layoutColumns>\n${items}\n</layoutColumns><style>OneColumn</style></layoutSections>${more}`,
    );
  const item = (name: string): string =>
    `<layoutItems><behavior>Edit</behavior><field>${name}</field></layoutItems>`;
  const both = item('Name') + item('Must__c');

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
      layout(both + item('Name')),
      'Duplicate field on layout: Name',
    ],
    [
      'a layout without a required field',
      'layouts/Box__c-L.layout',
      layout(item('Name')),
      'Layout must contain an item for required layout field: Must__c',
    ],
    [
      'a layout with an unknown list',
      'layouts/Box__c-L.layout',
      layout(both, '<relatedLists><relatedList>Item__c.Nope__c</relatedList></relatedLists>'),
      'In field: relatedList - no CustomField named Item__c.Nope__c found',
    ],
    [
      'a list with an unknown field',
      'layouts/Box__c-L.layout',
      layout(
        both,
        '<relatedLists><fields>NAME</fields><fields>Nope__c</fields><relatedList>Item__c.Parent__c</relatedList></relatedLists>',
      ),
      'In field: fields - no CustomField named Item__c.Nope__c found',
    ],
  ])('refuses %s', (_what, path, content, problem) => {
    const result = deployFiles(orgWithBasics(), { [path]: content });
    expect(result.details.componentFailures.map((one) => one.problem)).toEqual([problem]);
  });
});
