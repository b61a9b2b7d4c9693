import { expect } from 'vitest';
import { field } from '../../../metadata/test/packages.ts';
import { expectEach, inBox, ofFormula, ofRule } from './deploy-org.ts';
import { statement } from '../statement.ts';
import { option, picklist } from './picklist-parts.ts';

statement(
  'The parts of a formula are where the platform wants them: `Syntax error.` says what is missing, extra or found.',
  () => {
    expectEach(ofFormula, {
      '': 'Syntax error',
      'LEFT(Code__c, 2': "Syntax error. Missing ')'",
      '(Code__c))': "Syntax error. Extra ')'",
      'Code__c &': "Syntax error. Missing 'field name'",
      'Code__c Code__c': "Syntax error. Found 'Code__c'",
      'Code__c § "a"': "Syntax error. Found '§'",
    });
  },
);

statement(
  'The fields of a formula exist: those of the object, of its parents, and of `$User`, `$Profile`, `$Organization` and `$Permission`; `$Api.Enterprise_Server_URL_660` and its like are the address of the org, and blank where it has none.',
  () => {
    const missing = (name: string): string => `Field ${name} does not exist. Check spelling.`;
    expectEach(ofFormula, {
      Nope__c: missing('Nope__c'),
      'Owner.Nope': missing('Owner.Nope'),
      'Nope__r.Name': missing('Nope__r.Name'),
      '$User.Nope': missing('$User.Nope'),
      '$Permission.Nope': missing('$Permission.Nope'),
      'Code__c & Owner.LastName & $User.Username & $Profile.Name & $Organization.Name': [],
      'IF($Permission.Skip, "a", "b")': [],
      '$Api.Partner_Server_URL_660': [],
      '$Api.Server_URL_660': missing('$Api.Server_URL_660'),
    });
  },
);

statement(
  'The functions of a formula exist, may stand in its kind of formula, and have as many parameters as they take.',
  () => {
    expectEach(ofFormula, {
      'ISEMPTY(Code__c)': 'Unknown function ISEMPTY. Check spelling.',
      'IF(ISNEW(), "a", "b")': 'Function ISNEW may not be used in this type of formula',
      'LEFT(Code__c)':
        "Incorrect number of parameters for function 'LEFT()'. Expected 2, received 1",
      'TEXT(DISTANCE(1, 2, "km"))': 'The local org does not emulate the formula function DISTANCE.',
      '$Setup.X__c.Y__c': 'The local org does not emulate $Setup.X__c.Y__c in formulas.',
    });
    expectEach(ofRule, { 'ISNEW() && NOT(ISCHANGED(Code__c))': [] });
  },
);

statement(
  'Operators and functions of a formula take their types alone, and the formula gives that of its field.',
  () => {
    expectEach(ofFormula, {
      'Code__c & 1': "Incorrect parameter type for operator '&'. Expected Text, received Number",
      'TEXT(Code__c)':
        "Incorrect parameter type for function 'TEXT()'. Expected Number, Date, Date/Time, Picklist, received Text",
      'TEXT(OwnerId)':
        "Incorrect parameter type for function 'TEXT()'. Expected Number, Date, Date/Time, Picklist, received Lookup(User,Group)",
      'IF(Code__c = "a", 1, "b")':
        "Incorrect parameter type for function 'IF()'. Expected Number, received Text",
      'ISBLANK(IsDeleted)': "Incorrect argument type for function 'ISBLANK()'.",
      'LEN(Code__c)':
        'Formula result is data type (Number), incompatible with expected data type (Text).',
    });
    expect(ofFormula('LEN(Code__c)', 'Number')).toEqual([]);
  },
);

statement(
  'Picklists stand only in functions that take them, with values that a restricted one has; formula fields cannot read long text.',
  () => {
    const size = field(
      'Size__c',
      picklist(option('big')).replace('<valueSet>', '<valueSet><restricted>true</restricted>'),
    );
    const long = field(
      'Long__c',
      '<length>300</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
    );
    const found = (source: string): readonly string[] =>
      inBox(`${size}${long}${field('X__c', `<formula>${source}</formula><type>Text</type>`)}`);
    const only = 'is a picklist field. Picklist fields are only supported in certain functions.';
    expectEach(found, {
      Size__c: `Box__c.X__c: Field Size__c ${only}`,
      'IF(ISBLANK(Size__c), "a", "b")': `Box__c.X__c: Field Size__c ${only}`,
      'IF(ISPICKVAL(Size__c, "huge"), "a", "b")':
        'Box__c.X__c: Picklist value: huge in picklist: Size__c not found',
      'LEFT(Long__c, 9)':
        'Box__c.X__c: You referenced an unsupported field type called "Long Text Area" using the following field: Long__c',
      'TEXT(Size__c) + CASE(Size__c, "big", "b", "s")': [],
    });
  },
);

statement(
  'A formula has at most 3,900 characters, and 15,000 with the formulas of the fields that it reads; no formula field reads itself, directly or not.',
  () => {
    expect(ofFormula(`"${'x'.repeat(3899)}"`)).toEqual([
      'Formula is too long (3,901 characters). Maximum length is 3,900 characters',
    ]);
    const long = field(
      'Long__c',
      `<formula>${Array<string>(300).fill('LEN(Code__c)').join('+')}</formula><precision>18</precision><scale>0</scale><type>Number</type>`,
    );
    const sum = (times: number): string =>
      field(
        'Sum__c',
        `<formula>${Array<string>(times).fill('Long__c').join('+')}</formula><precision>18</precision><scale>0</scale><type>Number</type>`,
      );
    expect(inBox(long + sum(3))).toEqual([]);
    expect(inBox(long + sum(4))).toEqual([
      'Box__c.Sum__c: Compiled formula is too big to execute (15,607 characters). Maximum size is 15,000 characters',
    ]);
    const circle =
      'Formula cannot use another formula field that directly or indirectly refers to itself.';
    const one = (name: string, reads: string): string =>
      field(name, `<formula>${reads}</formula><type>Text</type>`);
    expect(inBox(one('A__c', 'B__c') + one('B__c', 'A__c'))).toEqual([
      `Box__c.A__c: ${circle} A__c`,
      `Box__c.B__c: ${circle} B__c`,
    ]);
  },
);

statement(
  'The condition of a validation rule, also on a standard object, is true or false, its message has at most 255 characters, and the field that shows it exists.',
  () => {
    const message = '<errorMessage>No</errorMessage>';
    expectEach((condition) => ofRule(condition), {
      Code__c:
        'Formula result is data type (Text), incompatible with expected data type (true or false).',
      'ISBLANK(Nope__c)': 'Field Nope__c does not exist. Check spelling.',
    });
    expectEach((more) => ofRule('true', more), {
      [`<errorMessage>${'m'.repeat(256)}</errorMessage>`]:
        'Value too long for field: errorMessage, maximum length is: 255 (it has 256)',
      [`<errorDisplayField>Nope__c</errorDisplayField>${message}`]:
        'In field: errorDisplayField - no CustomField named Box__c.Nope__c found',
    });
    expect(ofRule('ISPICKVAL(Industry, "Banking")', message, 'Account')).toEqual([]);
  },
);
