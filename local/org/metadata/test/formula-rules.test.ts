import { describe, expect, it } from 'vitest';
import {
  deployFiles,
  detailOf,
  failuresOf,
  field,
  file,
  metadataType,
  object,
  orgWithBasics,
  text,
} from './packages.ts';

const at = 'objects/Box__c.object:2:';

/** Failures of parts of Box__c, deployed without the object's own settings. */
function problems(inner: string, objectName = 'Box__c'): readonly string[] {
  const files = { [`objects/${objectName}.object`]: file('CustomObject', inner) };
  return failuresOf(deployFiles(orgWithBasics(), files)).filter(
    (one) => !one.includes('Must specify a non-empty label for the CustomObject'),
  );
}

const formula = (name: string, source: string, type = 'Text'): string =>
  field(
    name,
    `<formula>${source}</formula>${type === 'Number' ? '<precision>18</precision><scale>2</scale>' : ''}<type>${type}</type>`,
  );

const rule = (condition: string, more = '<errorMessage>No</errorMessage>'): string =>
  `<validationRules><fullName>R</fullName><active>true</active>
<errorConditionFormula>${condition}</errorConditionFormula>${more}</validationRules>`;

const recordType = (inner: string): string =>
  `<recordTypes><fullName>Big</fullName><active>true</active><label>Big</label>${inner}</recordTypes>`;

const picklist = field(
  'Size__c',
  '<type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>very big</fullName><default>false</default><label>Very big</label></value></valueSetDefinition></valueSet>',
);

describe('rules on formula fields', () => {
  it('checks types against the field', () => {
    expect(problems(formula('X__c', 'LEN(Code__c)'))).toEqual([
      `${at}50 CustomField Box__c.X__c: Formula result is data type (Number), incompatible with expected data type (Text).`,
    ]);
    expect(problems(formula('X__c', 'LEN(Code__c)', 'Number'))).toEqual([]);
    expect(problems(formula('X__c', 'LEN(Code__c) &gt; 5', 'Checkbox'))).toEqual([]);
  });

  it('counts what the formulas that it uses compile to', () => {
    const long = formula('Long__c', Array<string>(100).fill('LEN(Code__c)').join(' + '), 'Number');
    const uses = (times: number): readonly string[] =>
      problems(
        long + formula('X__c', Array<string>(times).fill('Long__c').join('+'), 'Number'),
      ).map((one) => one.replace(/^.*Box__c\./, ''));
    expect(uses(10)).toEqual([]);
    expect(uses(12)).toEqual([
      'X__c: Compiled formula is too big to execute (15,623 characters). Maximum size is 15,000 characters',
    ]);
  });

  it('follows relationships, also to objects of the same deploy', () => {
    const files = {
      'objects/Lid__c.object': object('Lid', text('Tone__c')),
      'objects/Box__c.object': object(
        'Box',
        field(
          'Lid__c',
          '<referenceTo>Lid__c</referenceTo><relationshipName>Boxes</relationshipName><type>Lookup</type>',
        ) + formula('X__c', 'Lid__r.Tone__c &amp; Lid__r.Owner.LastName'),
      ),
      'objects/Item__c.object': object(
        'Item',
        formula('Far__c', 'Parent__r.Lid__r.Tone__c') +
          formula('Bad__c', 'Parent__r.Lid__r.Nope__c'),
        'ControlledByParent',
      ),
    };
    expect(failuresOf(deployFiles(orgWithBasics(), files))).toEqual([
      expect.stringMatching(
        /Item__c\.Bad__c: Field Parent__r\.Lid__r\.Nope__c does not exist\. Check spelling\.$/,
      ),
    ]);
  });

  it('refuses circles, also through parents', () => {
    const circle =
      'Formula cannot use another formula field that directly or indirectly refers to itself.';
    const inner =
      formula('A__c', 'B__c') + formula('B__c', 'C__c &amp; Code__c') + formula('C__c', 'A__c');
    const found = problems(inner).map((one) => one.replace(/^.*Box__c\./, ''));
    expect(found).toEqual(['A__c', 'B__c', 'C__c'].map((one) => `${one}: ${circle} ${one}`));
    expect(problems(formula('A__c', 'A__c'))[0]).toContain(circle);
  });

  it('says what is wrong when a field is refused that the formula reads', () => {
    const bad = field('Y__c', '<length>300</length><type>Text</type>');
    expect(problems(bad + formula('X__c', 'Y__c')).map((one) => one.split(': ')[1])).toEqual([
      'The length of a Text field must be 1 to 255, not 300',
      'Field Y__c does not exist. Check spelling.',
    ]);
  });

  it.each([
    [
      '<defaultValue>LEN("a")</defaultValue><length>9</length><type>Text</type>',
      'Formula result is data type (Number), incompatible with expected data type (Text).',
    ],
    [
      '<defaultValue>Code__c</defaultValue><length>9</length><type>Text</type>',
      'Field Code__c may not be used in this type of formula',
    ],
    [
      '<defaultValue>"</defaultValue><length>9</length><type>Text</type>',
      "Syntax error. Found '\"'",
    ],
    [
      '<defaultValue>"too long"</defaultValue><length>4</length><type>Text</type>',
      'Value too long for field: defaultValue, maximum length is: 4 (it has 8)',
    ],
    [
      '<defaultValue>NOW()</defaultValue><type>DateTime</type>',
      'The local org does not emulate a default that is computed: NOW()',
    ],
  ])('refuses the default of %s', (inner, problem) => {
    expect(
      problems(field('X__c', inner)).map((one) => one.replace(/^.*Box__c\.X__c: /, '')),
    ).toEqual([problem]);
  });
});

describe('rules on validation rules', () => {
  it.each([
    [
      'an unknown field',
      rule('ISBLANK(Nope__c)'),
      '3:1',
      'Field Nope__c does not exist. Check spelling.',
    ],
    [
      'text',
      rule('Code__c'),
      '3:1',
      'Formula result is data type (Text), incompatible with expected data type (true or false).',
    ],
    [
      'a function of fields',
      rule('HYPERLINK("a", "b") = "c"'),
      '3:1',
      'Function HYPERLINK may not be used in this type of formula',
    ],
    [
      'a message of 256',
      rule('true', `<errorMessage>${'m'.repeat(256)}</errorMessage>`),
      '3:52',
      'Value too long for field: errorMessage, maximum length is: 255 (it has 256)',
    ],
    [
      'an empty message',
      rule('true', '<errorMessage> </errorMessage>'),
      '3:52',
      'Required field is missing: errorMessage',
    ],
    [
      'an unknown place',
      rule('true', '<errorDisplayField>Nope__c</errorDisplayField><errorMessage>No</errorMessage>'),
      '3:52',
      'In field: errorDisplayField - no CustomField named Box__c.Nope__c found',
    ],
  ])('refuses %s', (_what, inner, place, problem) => {
    expect(problems(inner)).toEqual([
      `objects/Box__c.object:${place} ValidationRule Box__c.R: ${problem}`,
    ]);
  });

  it('takes rules on own and standard objects', () => {
    const condition =
      'AND(ISCHANGED(Name), NOT($Permission.Skip), ISPICKVAL(Industry, &quot;Banking&quot;))';
    const more = '<errorDisplayField>Name</errorDisplayField><errorMessage>No</errorMessage>';
    expect(problems(rule(condition, more), 'Account')).toEqual([]);
    expect(problems(rule('REGEX(Code__c, &quot;[A-Z]+&quot;)'))).toEqual([]);
  });

  it('refuses one on a custom metadata type', () => {
    const files = { 'objects/Rule__mdt.object': metadataType('Rule', rule('true')) };
    expect(failuresOf(deployFiles(orgWithBasics(), files))).toEqual([
      'objects/Rule__mdt.object:4:1 ValidationRule Rule__mdt.R: The local org does not emulate validation rules of custom metadata types (Rule__mdt).',
    ]);
  });
});

describe('rules on record types', () => {
  const choice = (name: string, value: string): string =>
    `<picklistValues><picklist>${name}</picklist><values><fullName>${value}</fullName><default>false</default></values></picklistValues>`;

  it.each([
    [
      'an unknown picklist',
      recordType(choice('Nope__c', 'a')),
      'In field: picklist - no CustomField named Box__c.Nope__c found',
    ],
    [
      'a field that is no picklist',
      recordType(choice('Code__c', 'a')),
      'In field: picklist - no CustomField named Box__c.Code__c found',
    ],
    [
      'an unknown value',
      picklist + recordType(choice('Size__c', 'small')),
      'Picklist value: small in picklist: Size__c not found',
    ],
    [
      'a picklist twice',
      picklist + recordType(choice('Size__c', 'very%20big') + choice('Size__c', 'very big')),
      'Duplicate picklist: Size__c',
    ],
    [
      'an unknown compact layout',
      recordType('<compactLayoutAssignment>Nope</compactLayoutAssignment>'),
      'In field: compactLayoutAssignment - no CompactLayout named Box__c.Nope found',
    ],
    [
      'an unknown process',
      recordType('<businessProcess>Nope</businessProcess>'),
      'In field: businessProcess - no BusinessProcess named Box__c.Nope found',
    ],
  ])('refuses %s', (_what, inner, problem) => {
    expect(problems(inner).map((one) => one.replace(/^.*RecordType Box__c\.Big: /, ''))).toEqual([
      problem,
    ]);
  });

  it('needs a process on leads', () => {
    expect(problems(recordType(''), 'Lead')).toEqual([
      'objects/Lead.object:2:1 RecordType Lead.Big: Required field is missing: businessProcess',
    ]);
  });

  it('makes a row that can be found', () => {
    const org = orgWithBasics();
    const inner = picklist + recordType(choice('Size__c', 'very%20big'));
    const result = deployFiles(org, { 'objects/Box__c.object': object('Box', inner) });
    expect(failuresOf(result)).toEqual([]);
    const row = org.db.get(
      'SELECT Name, SobjectType, IsActive FROM RecordType WHERE DeveloperName = ?',
      'Big',
    );
    expect(row).toMatchObject({ Name: 'Big', SobjectType: 'Box__c', IsActive: 1 });
  });
});

it('a detail of a detail of a detail has no detail', () => {
  const below = (parent: string, list: string): string =>
    object(list, detailOf(parent, list), 'ControlledByParent');
  const files = {
    'objects/A__c.object': below('Item__c', 'As'),
    'objects/B__c.object': below('A__c', 'Bs'),
    'objects/C__c.object': below('B__c', 'Cs'),
  };
  expect(failuresOf(deployFiles(orgWithBasics(), files))[0]).toContain(
    'C__c.Parent__c: Master-detail relationships go three levels down; C__c below B__c is a fourth, or a circle',
  );
});
