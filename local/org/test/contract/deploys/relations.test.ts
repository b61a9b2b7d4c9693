import { expect } from 'vitest';
import { detailOf, field, object } from '../../../metadata/test/packages.ts';
import { expectEach, ofField, problemsOf, wrongName } from './deploy-org.ts';
import { statement } from '../statement.ts';

const lookup = (to: string, list: string, more = ''): string =>
  `${more}<referenceTo>${to}</referenceTo><relationshipName>${list}</relationshipName><type>Lookup</type>`;

const detail = (to: string, more = ''): readonly string[] =>
  problemsOf({
    'objects/New__c.object': object(
      'New',
      field(
        'X__c',
        `<referenceTo>${to}</referenceTo><relationshipName>News</relationshipName>${more}<type>MasterDetail</type>`,
      ),
      'ControlledByParent',
    ),
  }).filter((one) => one.startsWith('New__c.X__c: '));

statement(
  'A lookup leads to an object that is there and holds data, and the name of its list is free there.',
  () => {
    expectEach(ofField, {
      [lookup('Nope__c', 'Xs')]:
        "referenceTo value of 'Nope__c' does not resolve to a valid sObject type",
      [lookup('Group__mdt', 'Xs')]:
        "referenceTo value of 'Group__mdt' does not resolve to a valid sObject type",
      [lookup('Box__c', 'Items')]: 'There is already a Child Relationship named Items on Box__c.',
      [lookup('Account', 'My Xs')]: `The name 'My Xs' ${wrongName}`,
    });
  },
);

statement(
  'A required lookup restricts deletion; no lookup cascades it, and one to User does not restrict it.',
  () => {
    const constraint = (name: string): string => `<deleteConstraint>${name}</deleteConstraint>`;
    expectEach(ofField, {
      [lookup('Account', 'Xs', '<required>true</required>')]:
        'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
      [lookup('Account', 'Xs', constraint('Cascade'))]:
        'If you want to cascade delete, please contact salesforce.com',
      [lookup('User', 'Xs', constraint('Restrict'))]:
        'Cannot add a lookup relationship child with cascade or restrict options to User',
      [lookup('Account', 'Xs', `${constraint('Restrict')}<required>true</required>`)]: [],
    });
  },
);

statement(
  'Standard objects are no details; User, Lead and the object itself are no masters; an object has at most two masters, and three above each other.',
  () => {
    expect(
      ofField(
        '<referenceTo>Box__c</referenceTo><relationshipName>Xs</relationshipName><type>MasterDetail</type>',
      ),
    ).not.toEqual([]);
    const onAccount = object('A').replace(/<label>[^]*<\/sharingModel>/, detailOf('Box__c', 'Xs'));
    expect(problemsOf({ 'objects/Account.object': onAccount })).toEqual([
      "Account.Parent__c: The standard object Account can't be the detail of another object",
    ]);
    expect(detail('User')).toEqual(["New__c.X__c: User can't be the master of New__c"]);
    expect(detail('New__c')).toContain("New__c.X__c: New__c can't be the master of New__c");
    const three = ['A', 'B', 'C'].map((name) =>
      detailOf('Box__c', name).replace('Parent__c', `${name}__c`),
    );
    expect(
      problemsOf({ 'objects/New__c.object': object('New', three.join(''), 'ControlledByParent') }),
    ).toContain('New__c: A custom object can have at most two master-detail relationships');
    const below = (parent: string, list: string): string =>
      object(list, detailOf(parent, list), 'ControlledByParent');
    const chain = problemsOf({
      'objects/A__c.object': below('Item__c', 'As'),
      'objects/B__c.object': below('A__c', 'Bs'),
      'objects/C__c.object': below('B__c', 'Cs'),
    });
    expect(chain[0]).toContain('C__c.Parent__c: Master-detail relationships go three levels down');
  },
);

statement(
  'A master-detail field of an object with an external id says `reparentableMasterDetail`. A real org asks for nothing, and refuses the upserts later.',
  () => {
    const key = field('Key__c', '<externalId>true</externalId><length>9</length><type>Text</type>');
    const said = (more: string): readonly string[] =>
      problemsOf({
        'objects/New__c.object': object(
          'New',
          key + detailOf('Box__c', 'News').replace('<type>', `${more}<type>`),
          'ControlledByParent',
        ),
      });
    expect(said('')[0]).toMatch(
      /^New__c\.Parent__c: Must specify 'reparentableMasterDetail' for New__c\.Parent__c: .* Write true, or false/,
    );
    expect(said('<reparentableMasterDetail>false</reparentableMasterDetail>')).toEqual([]);
  },
);
