import { describe, expect, it } from 'vitest';
import { deployFiles, failuresOf, orgWithBasics, record, value, type Files } from './packages.ts';

describe('rules on custom metadata records', () => {
  const needed = value('Needed__c', 'string', 'n');
  const rule = (...values: readonly string[]): Files => ({
    'customMetadata/Rule.First.md': record('First', needed, ...values),
  });

  it.each([
    [
      'text that is too long',
      'customMetadata/Rule.First.md',
      record('First', value('Needed__c', 'string', 'n'.repeat(41))),
      `Needed__c: data value too large: ${'n'.repeat(41)} (max length=40)`,
    ],
    [
      'a required field left out',
      'customMetadata/Rule.First.md',
      record('First'),
      'Required fields are missing: [Needed__c]',
    ],
    [
      'a required field emptied',
      'customMetadata/Rule.First.md',
      record('First', '<values><field>Needed__c</field><value xsi:nil="true"/></values>'),
      'Required fields are missing: [Needed__c]',
    ],
    [
      'an unknown type',
      'customMetadata/Nope.First.md',
      record('First'),
      'In field: fullName - no CustomObject named Nope__mdt found',
    ],
    [
      'a name with two underscores',
      'customMetadata/Rule.Fir__st.md',
      record('First', needed),
      "The name 'Fir__st' can only contain underscores and alphanumeric characters. It must begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.",
    ],
    [
      'a name of 41',
      `customMetadata/Rule.${'n'.repeat(41)}.md`,
      record('First', needed),
      `The name '${'n'.repeat(41)}' has 41 characters; at most 40 are allowed.`,
    ],
    [
      'a label of 41',
      'customMetadata/Rule.First.md',
      record('l'.repeat(41), needed),
      'Value too long for field: label, maximum length is: 40 (it has 41)',
    ],
  ])('refuses %s', (_what, path, content, problem) => {
    const result = deployFiles(orgWithBasics(), { [path]: content });
    expect(result.details.componentFailures.map((one) => one.problem)).toEqual([problem]);
  });

  it('writes rows, those that others name first, whatever their order in the zip', () => {
    const org = orgWithBasics();
    const result = deployFiles(org, {
      'customMetadata/Rule.First.md': record(
        'First rule',
        value('Colour__c', 'string', 'red'),
        value('Group__c', 'string', 'Main'),
        value('Minutes__c', 'double', '15.0'),
        needed,
        value('On__c', 'boolean', 'true'),
      ),
      'customMetadata/Group.Main.md': record('Main group'),
    });
    expect(failuresOf(result)).toEqual([]);
    const row = org.db.get(
      `SELECT r.*, g.DeveloperName AS grp FROM Rule__mdt r JOIN Group__mdt g ON g.Id = r.Group__c`,
    );
    expect(row).toMatchObject({
      DeveloperName: 'First',
      MasterLabel: 'First rule',
      QualifiedApiName: 'First',
      NamespacePrefix: null,
      Language: 'en_US',
      Colour__c: 'red',
      Minutes__c: 15,
      On__c: 1,
      grp: 'Main',
    });
  });

  it('overwrites a record that is deployed again', () => {
    const org = orgWithBasics();
    deployFiles(org, rule(value('Colour__c', 'string', 'red'), value('On__c', 'boolean', 'true')));
    const again = deployFiles(org, rule());
    const [message] = again.details.componentSuccesses.filter(
      (one) => one.fullName === 'Rule.First',
    );
    expect(message).toMatchObject({ created: false, changed: true });
    const rows = org.db.all('SELECT Colour__c, On__c FROM Rule__mdt');
    expect(rows.map((row) => ({ ...row }))).toEqual([{ Colour__c: null, On__c: 0 }]);
  });
});
