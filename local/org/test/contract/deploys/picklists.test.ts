import { expect } from 'vitest';
import { field, object } from '../../../metadata/test/packages.ts';
import { expectEach, inBox, ofField, problemsOf } from './deploy-org.ts';
import { statement } from '../statement.ts';
import { option, picklist } from './picklist-parts.ts';

statement(
  'The values of a picklist have names and labels of up to 255 characters, each once, and one is the default at most; global and dependent picklists are not emulated.',
  () => {
    const long = 'v'.repeat(256);
    expectEach(ofField, {
      [picklist('')]: 'Must specify at least one value for a picklist',
      [picklist(option('a', 'A') + option('a', 'B'))]: 'Duplicate picklist value: a',
      [picklist(option('a', 'A') + option('b', 'A'))]: 'Duplicate label: A',
      [picklist(option('a', 'A', true) + option('b', 'B', true))]:
        'Only one value of a picklist can be its default',
      [picklist(option('a', ''))]: 'Must specify a non-empty label for the picklist value a',
      [picklist(option(long, 'A'))]: `A picklist value has 1 to 255 characters: '${long}'`,
      '<type>Picklist</type><valueSet><valueSetName>G</valueSetName></valueSet>':
        'The local org does not emulate global value sets (G); list the values in valueSetDefinition.',
    });
  },
);

statement(
  'A record type offers values that its picklists have, each picklist once, and becomes a row of RecordType; on leads it needs a process, which is not emulated.',
  () => {
    const type = (name: string, ...values: readonly string[]): string =>
      `<recordTypes><fullName>Big</fullName><active>true</active><label>Big</label>${values
        .map(
          (one) =>
            `<picklistValues><picklist>${name}</picklist><values><fullName>${one}</fullName><default>false</default></values></picklistValues>`,
        )
        .join('')}</recordTypes>`;
    const size = field('Size__c', picklist(option('very big')));
    expectEach(inBox, {
      [type('Code__c', 'a')]:
        'Box__c.Big: In field: picklist - no CustomField named Box__c.Code__c found',
      [size + type('Size__c', 'small')]:
        'Box__c.Big: Picklist value: small in picklist: Size__c not found',
      [size + type('Size__c', 'very%20big', 'very%20big')]:
        'Box__c.Big: Duplicate picklist: Size__c',
      [size + type('Size__c', 'very%20big')]: [],
    });
    const lead = object('Lead').replace(/<label>[^]*<\/sharingModel>/, type('X'));
    expect(problemsOf({ 'objects/Lead.object': lead })).toEqual([
      'Lead.Big: Required field is missing: businessProcess',
    ]);
  },
);
