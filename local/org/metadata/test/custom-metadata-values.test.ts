import { describe, expect, it } from 'vitest';
import { record, value, type Files } from './packages.ts';
import { problems } from './problems.ts';

describe('rules on values of custom metadata records', () => {
  const needed = value('Needed__c', 'string', 'n');
  const rule = (...values: readonly string[]): Files => ({
    'customMetadata/Rule.First.md': record('First', needed, ...values),
  });
  const at = 'customMetadata/Rule.First.md:4:1 CustomMetadata Rule.First: ';

  it.each([
    [
      'an unknown field',
      value('Nope__c', 'string', 'x'),
      'In field: field - no CustomField named Rule__mdt.Nope__c found',
    ],
    [
      'a standard field',
      value('DeveloperName', 'string', 'x'),
      'In field: field - no CustomField named Rule__mdt.DeveloperName found',
    ],
    ['a field twice', value('Needed__c', 'string', 'x'), 'Duplicate value for field: Needed__c'],
    [
      'a value of a restricted picklist',
      value('Colour__c', 'string', 'blue'),
      'bad value for restricted picklist field: blue (Colour__c)',
    ],
    [
      'text for a checkbox',
      value('On__c', 'string', 'true'),
      'On__c: the value needs xsi:type="xsd:boolean", not xsd:string',
    ],
    [
      'a value without a type',
      '<values><field>On__c</field><value>true</value></values>',
      'On__c: the value needs xsi:type="xsd:boolean", not none',
    ],
    [
      'a number that is none',
      value('Minutes__c', 'double', 'ten'),
      "Minutes__c: 'ten' is not a number",
    ],
    [
      'a number that is too large',
      value('Minutes__c', 'double', '12345'),
      'Minutes__c: value outside of valid range on numeric field: 12345',
    ],
    [
      'decimals for a whole number',
      value('Minutes__c', 'double', '1.5'),
      'Minutes__c: 1.5 has more than 0 decimal places',
    ],
    [
      'an unknown object',
      value('Object__c', 'string', 'Nope__c'),
      'In field: Object__c - no CustomObject named Nope__c found',
    ],
    [
      'a field without its object',
      value('Field__c', 'string', 'Code__c'),
      'Field__c: the record names no object for the field Code__c',
    ],
    [
      'an unknown record',
      value('Group__c', 'string', 'Nope'),
      'In field: Group__c - no CustomMetadata named Group.Nope found',
    ],
  ])('refuses %s', (_what, values, problem) => {
    expect(problems(rule(values))).toEqual([at + problem]);
  });

  it.each([
    [
      'Field__c',
      'Box__c',
      'Nope__c',
      'In field: Field__c - no CustomField named Box__c.Nope__c found',
    ],
    [
      'Field__c',
      'Account',
      'BillingCity',
      'In field: Field__c - no CustomField named Account.BillingCity found',
    ],
    ['Field__c', 'Account', 'BillingAddress', undefined],
    ['Particle__c', 'Account', 'BillingCity', undefined],
    ['Field__c', 'Box__c', 'Code__c', undefined],
  ])('%s on %s with %s', (name, objectName, fieldName, problem) => {
    const values = [value('Object__c', 'string', objectName), value(name, 'string', fieldName)];
    const place = 'customMetadata/Rule.First.md:5:1 CustomMetadata Rule.First: ';
    expect(problems(rule(...values))).toEqual(problem === undefined ? [] : [place + problem]);
  });
});
