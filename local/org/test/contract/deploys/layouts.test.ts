import { expect } from 'vitest';
import { file } from '../../../metadata/test/packages.ts';
import { problemsOf } from './deploy-org.ts';
import { statement } from '../statement.ts';

statement(
  'A layout holds fields that exist, each once, all required ones among them and `Required` there, those that the org fills `Readonly`; its related lists are of its object, and their columns exist.',
  () => {
    const item = (name: string, behavior = 'Required'): string =>
      `<layoutItems><behavior>${behavior}</behavior><field>${name}</field></layoutItems>`;
    const ofLayout = (items: readonly string[], more = '', owner = 'Box__c'): readonly string[] =>
      problemsOf({
        [`layouts/${owner}-L.layout`]: file(
          'Layout',
          `<layoutSections><layoutColumns>${items.join('')}</layoutColumns><style>OneColumn</style></layoutSections>${more}`,
        ),
      }).map((one) => one.replace(`${owner}-L: `, ''));
    const list = (name: string, column: string): string =>
      `<relatedLists><fields>${column}</fields><relatedList>${name}</relatedList></relatedLists>`;
    const needed = [item('Name'), item('Must__c')];
    const code = item('Code__c', 'Edit');
    expect(ofLayout([item('Name')])).toEqual([
      'Layout must contain an item for required layout field: Must__c',
    ]);
    expect(ofLayout([...needed, item('Nope__c')])).toEqual([
      'In field: field - no CustomField named Box__c.Nope__c found',
    ]);
    expect(ofLayout([...needed, code])).toEqual([]);
    expect(ofLayout([...needed, code, code])).toEqual(['Duplicate field on layout: Code__c']);
    expect(ofLayout([item('Name'), item('Must__c', 'Edit')])).toEqual([
      'Field:Must__c must be Required',
    ]);
    expect(ofLayout([...needed, item('CreatedDate', 'Readonly')])).toEqual([]);
    expect(ofLayout([...needed, item('CreatedDate', 'Edit')])).toEqual([
      'Field:CreatedDate must be Readonly',
    ]);
    expect(ofLayout(needed, list('Item__c.Parent__c', 'NAME'))).toEqual([]);
    expect(ofLayout(needed, list('Item__c.Nope__c', 'NAME'))).toEqual([
      'Cannot find related list:Item__c.Nope__c',
    ]);
    expect(ofLayout([], list('Item__c.Parent__c', 'NAME'), 'Account')).toEqual([
      'Cannot find related list:Item__c.Parent__c',
    ]);
    expect(ofLayout(needed, list('Items__r', 'NAME'))).toEqual([
      'Cannot find related list:Items__r',
    ]);
    expect(ofLayout([], list('RelatedContactList', 'FULL_NAME'), 'Account')).toEqual([]);
    expect(ofLayout(needed, list('Item__c.Parent__c', 'Name'))).toEqual([
      'Invalid field:Name in related list:Item__c.Parent__c',
    ]);
    expect(ofLayout(needed, list('Item__c.Parent__c', 'Nope__c'))).toEqual([
      'Invalid field:Nope__c in related list:Item__c.Parent__c',
    ]);
  },
);
