import { describe, expect, it } from 'vitest';
import { createOrgData } from '../../data/org-data.ts';
import { deployTestObjects, order, orderItem } from '../../test/objects.ts';
import { checkbox, decimal, field, text, textArea } from '../../schema/fields.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import {
  compileFormula,
  expectResult,
  type FormulaScope,
  type FormulaType,
  type Setting,
  type Value,
} from '../formula.ts';

const org = createOrgData();
deployTestObjects(org);

const subject: ObjectDefinition = {
  ...order,
  fields: [
    ...order.fields,
    text('Text__c', 80, { custom: true }),
    decimal('Number__c', 18, 2, { custom: true }),
    decimal('Other__c', 18, 2, { custom: true }),
    field('Share__c', 'percent', { custom: true, precision: 5, scale: 2 }),
    field('Date__c', 'date', { custom: true }),
    checkbox('Done__c', { custom: true }),
    textArea('Long__c', 1000, { custom: true }),
    field('Time__c', 'datetime', { custom: true }),
  ],
};

const schema: Setting['schema'] = {
  object: (name) => org.object(name),
  hasCustomPermission: (name) => name === 'Skip',
};

const settingOf = (more: Partial<Setting> = {}): Setting => ({
  object: subject,
  schema,
  context: 'field',
  blanksAreZero: false,
  ...more,
});

const scopeOf = (record: Readonly<Record<string, unknown>>, more: Partial<FormulaScope> = {}) => ({
  now: new Date('2026-03-05T10:20:30.400Z'),
  isNew: false,
  read: (path: Parameters<FormulaScope['read']>[0]) =>
    record[path.map((one) => one.name).join('.')] ?? null,
  prior: () => null,
  global: (name: string, one: { readonly name: string }) => `${name}.${one.name}`,
  hasPermission: (name: string) => name === 'Skip',
  soapAddress: (kind: string, version: string) => `https://org.example/${kind}/${version}`,
  variable: () => null,
  ...more,
});

function valueOf(
  source: string,
  record: Readonly<Record<string, unknown>> = {},
  more: Partial<Setting> = {},
): Value {
  return compileFormula(source, settingOf(more)).run(scopeOf(record));
}

const problemOf = (source: string, more: Partial<Setting> = {}, wanted?: FormulaType): string => {
  try {
    const formula = compileFormula(source, settingOf(more));
    if (wanted) expectResult(formula, wanted);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('what cannot be saved', () => {
  it.each([
    ['', 'Syntax error'],
    ['1 +', "Syntax error. Missing 'field name'"],
    ['(1 + 2', "Syntax error. Missing ')'"],
    ['LEN("a"', "Syntax error. Missing ')'"],
    ['1 + 2)', "Syntax error. Extra ')'"],
    ['1, 2', "Syntax error. Extra ','"],
    ['1 2', "Syntax error. Found '2'"],
    ['1 § 2', "Syntax error. Found '§'"],
    ['"a\\qb"', "Syntax error. Found '\"'"],
    ['LEN(,1)', "Syntax error. Found ','"],
    ['Nope__c', 'Field Nope__c does not exist. Check spelling.'],
    ['Contact__r.Nope', 'Field Contact__r.Nope does not exist. Check spelling.'],
    ['Nope__r.Name', 'Field Nope__r.Name does not exist. Check spelling.'],
    ['Contact__c.Name', 'Field Contact__c.Name does not exist. Check spelling.'],
    ['foo:bar', 'Field foo:bar does not exist. Check spelling.'],
    ['$User.Nope', 'Field $User.Nope does not exist. Check spelling.'],
    ['$Usr.Name', 'Field $Usr.Name does not exist. Check spelling.'],
    ['$Permission.Nope', 'Field $Permission.Nope does not exist. Check spelling.'],
    ['$Setup.X__c.Y__c', 'The local org does not emulate $Setup.X__c.Y__c in formulas.'],
    ['$Api.Session_ID', 'The local org does not emulate $Api.Session_ID in formulas.'],
    ['$Api.Server_URL_660', 'Field $Api.Server_URL_660 does not exist. Check spelling.'],
    [
      '$Api.Partner_Server_URL_665',
      'Field $Api.Partner_Server_URL_665 does not exist. Check spelling.',
    ],
    [
      '$Api.Partner_Server_URL_60',
      'Field $Api.Partner_Server_URL_60 does not exist. Check spelling.',
    ],
    ['LENGTH("a")', 'Unknown function LENGTH. Check spelling.'],
    ['IFERROR(1, 2)', 'Unknown function IFERROR. Check spelling.'],
    ['SUBSTR("a", 1)', 'Function SUBSTR may not be used in this type of formula'],
    ['ISNEW()', 'Function ISNEW may not be used in this type of formula'],
    ['REGEX("a", "b")', 'Function REGEX may not be used in this type of formula'],
    ['DISTANCE(1, 2, "km")', 'The local org does not emulate the formula function DISTANCE.'],
    ['LEFT("a")', "Incorrect number of parameters for function 'LEFT()'. Expected 2, received 1"],
    [
      'FIND("a")',
      "Incorrect number of parameters for function 'FIND()'. Expected 2 to 3, received 1",
    ],
    [
      'CASE(1, 2, 3)',
      "Incorrect number of parameters for function 'CASE()'. Expected 4 or more, received 3",
    ],
    [
      'CASE(1, 2, 3, 4, 5)',
      "Incorrect number of parameters for function 'CASE()'. Expected 4, received 5",
    ],
    [
      'LEN(Number__c)',
      "Incorrect parameter type for function 'LEN()'. Expected Text, received Number",
    ],
    [
      'TEXT(Text__c)',
      "Incorrect parameter type for function 'TEXT()'. Expected Number, Date, Date/Time, Picklist, received Text",
    ],
    [
      'TEXT(Contact__c)',
      "Incorrect parameter type for function 'TEXT()'. Expected Number, Date, Date/Time, Picklist, received Lookup(Contact)",
    ],
    [
      'IF(Done__c, 1, "a")',
      "Incorrect parameter type for function 'IF()'. Expected Number, received Text",
    ],
    [
      'IF(Text__c, 1, 2)',
      "Incorrect parameter type for function 'IF()'. Expected Boolean, received Text",
    ],
    ['"a" & 1', "Incorrect parameter type for operator '&'. Expected Text, received Number"],
    [
      'Done__c + 1',
      "Incorrect parameter type for operator '+'. Expected Number, Date, Date/Time, received Boolean",
    ],
    [
      'Date__c = Time__c',
      "Incorrect parameter type for operator '='. Expected Date, received Date/Time",
    ],
    ['Text__c > 1', "Incorrect parameter type for operator '>'. Expected Text, received Number"],
    ['!Number__c', "Incorrect parameter type for operator '!'. Expected Boolean, received Number"],
    [
      'YEAR(Time__c)',
      "Incorrect parameter type for function 'YEAR()'. Expected Date, received Date/Time",
    ],
    ['ISBLANK(Done__c)', "Incorrect argument type for function 'ISBLANK()'."],
    [
      'Status__c = "pending"',
      'Field Status__c is a picklist field. Picklist fields are only supported in certain functions.',
    ],
    [
      'ISBLANK(Status__c)',
      'Field Status__c is a picklist field. Picklist fields are only supported in certain functions.',
    ],
    [
      'Tags__c & ""',
      'Field Tags__c is a multi-select picklist field. Multi-select picklist fields are only supported in certain functions.',
    ],
    [
      'ISPICKVAL(Status__c, Text__c)',
      "Incorrect parameter type for function 'ISPICKVAL()'. Expected Text Literal, received Text",
    ],
    [
      'INCLUDES(Tags__c, "nope")',
      'Incorrect parameter for function INCLUDES(). Text Literal must be a valid value for this multi-select picklist field.',
    ],
    [
      'LEFT(Long__c, 5)',
      'You referenced an unsupported field type called "Long Text Area" using the following field: Long__c',
    ],
    [
      'Contact__r.MailingAddress',
      'You referenced an unsupported field type called "address" using the following field: Contact__r.MailingAddress',
    ],
    [
      `"${'x'.repeat(3900)}"`,
      'Formula is too long (3,902 characters). Maximum length is 3,900 characters',
    ],
  ])('%s', (source, message) => {
    expect(problemOf(source)).toBe(message);
  });

  it('knows the values of restricted picklists', () => {
    const item = { object: orderItem };
    const message = 'Picklist value: gift in picklist: Type__c not found';
    expect(problemOf('ISPICKVAL(Type__c, "gift")', item)).toBe(message);
    expect(problemOf('CASE(Type__c, "fee", 1, "gift", 2, 3)', item)).toBe(message);
    expect(problemOf('ISPICKVAL(Type__c, "FEE")', item)).toBe('none');
  });

  it('gives each formula its type', () => {
    const wrong = (received: string, wanted: string): string =>
      `Formula result is data type (${received}), incompatible with expected data type (${wanted}).`;
    expect(problemOf('1', {}, 'Text')).toBe(wrong('Number', 'Text'));
    expect(problemOf('1', {}, 'Boolean')).toBe(wrong('Number', 'true or false'));
    expect(problemOf('NOW()', {}, 'Date')).toBe(wrong('Date/Time', 'Date'));
    expect(problemOf('Status__c', {}, 'Text')).toMatch(/^Field Status__c is a picklist field/);
    expect(problemOf('Contact__c', {}, 'Text')).toBe('none');
    expect(problemOf('NULL', {}, 'Date')).toBe('none');
  });

  it('lets validation rules ask about changes and long text, and defaults about no field', () => {
    const rule = { context: 'validation' } as const;
    expect(problemOf('AND(ISCHANGED(Text__c), NOT(ISNEW()))', rule, 'Boolean')).toBe('none');
    expect(problemOf('LEN(Long__c) > 5', rule)).toBe('none');
    expect(problemOf('ISCHANGED(Contact__r.LastName)', rule)).toBe(
      "Incorrect parameter for function 'ISCHANGED()'. Expected field reference.",
    );
    expect(problemOf('HYPERLINK("a", "b")', rule)).toBe(
      'Function HYPERLINK may not be used in this type of formula',
    );
    expect(problemOf('Text__c', { context: 'default' })).toBe(
      'Field Text__c may not be used in this type of formula',
    );
  });
});

describe('values', () => {
  it.each<[string, Value]>([
    ['2 * 3 ^ 2', 36],
    ['2 ^ 3 ^ 2', 64],
    ['1 + 2 * 3 - 4 / 8', 6.5],
    ['-2 + 5', 3],
    ['0.1 + 0.2', 0.3],
    ['1 /* a /* b */ + 2', 3],
    ['"a" & \'b\' + "c"', 'abc'],
    ['"say \\"hi\\""', 'say "hi"'],
    ['IF("a" = "A", 1, 2)', 2],
    ['IF(1 = 1 && 2 <> 3 || FALSE, "y", "n")', 'y'],
    ['IF(1 == 2, 1, 2)', 2],
    ['CASE(2, 1, "one", 2, "two", "many")', 'two'],
    ['CASE("x", "a", 1, 0)', 0],
    ['LEN("abc") + FIND("b", "abc") + FIND("", "abc")', 5],
    ['LEFT("abc", 2) & RIGHT("abc", 1) & MID("abc", 2, 1)', 'abcb'],
    ['UPPER("i", "tr") & UPPER("i", "no language") & LOWER("I", "en_US")', 'İIi'],
    ['TRIM("  a ") & UPPER("b") & LOWER("C")', 'aBc'],
    ['SUBSTITUTE("a.b.c", ".", "-")', 'a-b-c'],
    ['LPAD("7", 3, "0") & RPAD("7", 2, "x")', '0077x'],
    ['CONTAINS("abc", "b")', true],
    ['BEGINS("abc", "b")', false],
    ['INITCAP("ada LOVELACE")', 'Ada Lovelace'],
    ['VALUE(" 12.5 ") * 2', 25],
    ['VALUE("")', null],
    ['TEXT(0.5) & TEXT(1 / 4) & TEXT(-0.5)', '0.5.25-.5'],
    ['ROUND(2.345, 2)', 2.35],
    ['ROUND(-2.5, 0)', -3],
    ['ROUND(1234.5, -2)', 1200],
    ['FLOOR(-1.4) + CEILING(-1.4) + MFLOOR(-1.4) + MCEILING(-1.4)', -6],
    ['MOD(7, 3) + MOD(-7, 3) + MOD(3, 0)', 6],
    ['TRUNC(1.29, 1) + MAX(1, 3, 2) + MIN(4, 2)', 6.2],
    ['ABS(-3) + SQRT(16) + LOG(100)', 9],
    ['TEXT(DATE(2026, 2, 28))', '2026-02-28'],
    ['TEXT(ADDMONTHS(DATE(2026, 1, 31), 1))', '2026-02-28'],
    ['TEXT(ADDMONTHS(DATE(2026, 2, 28), 1))', '2026-03-31'],
    ['TEXT(ADDMONTHS(DATE(2026, 1, 30), 1))', '2026-02-28'],
    ['DATE(2026, 3, 1) - DATE(2026, 2, 27)', 2],
    ['TEXT(DATE(2026, 2, 28) + 3.5)', '2026-03-03'],
    ['YEAR(TODAY()) + MONTH(TODAY()) + DAY(TODAY())', 2034],
    ['WEEKDAY(DATE(2026, 3, 1))', 1],
    ['ISOWEEK(DATE(2027, 1, 1)) + ISOYEAR(DATE(2027, 1, 1))', 2079],
    ['DAYOFYEAR(DATE(2024, 12, 31))', 366],
    ['TEXT(NOW())', '2026-03-05 10:20:30Z'],
    ['TEXT(DATETIMEVALUE("2026-01-02 03:04:05") + 1/24)', '2026-01-02 04:04:05Z'],
    ['TEXT(TIMEVALUE("17:30:45.125"))', '17:30:45.125'],
    ['HOUR(TIMENOW()) + MINUTE(TIMENOW()) + SECOND(TIMENOW()) + MILLISECOND(TIMENOW())', 460],
    ['TEXT(DATEVALUE(NOW()))', '2026-03-05'],
    ['UNIXTIMESTAMP(DATE(1970, 1, 2)) + UNIXTIMESTAMP(FROMUNIXTIME(5))', 86405],
    ['CASESAFEID("001D000000IqhSL")', '001D000000IqhSLIAZ'],
    ['HYPERLINK("/x", "y", "_self")', '<a href="/x" target="_self">y</a>'],
    ['$Permission.Skip', true],
    ['$User.Username', 'User.Username'],
    ['$Api.Enterprise_Server_URL_660', 'https://org.example/c/66.0'],
    ['$Api.partner_server_url_70', 'https://org.example/u/7.0'],
    ['TEXT($System.OriginDateTime)', '1900-01-01 00:00:00Z'],
  ])('%s', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it('reads fields of the record and of its parents', () => {
    const record = {
      Text__c: 'Ada',
      Number__c: 12.5,
      Share__c: 15,
      Done__c: true,
      Date__c: '2026-03-01',
      Time__c: '2026-03-01T10:00:00.000+0000',
      Status__c: 'Pending',
      Tags__c: 'new;gift',
      Contact__c: '003000000000001AAA',
      'Contact__c.LastName': 'Lovelace',
      'Contact__c.AccountId.Name': 'Engines',
    };
    expect(valueOf('Text__c & " " & Contact__r.LastName', record)).toBe('Ada Lovelace');
    expect(valueOf('Contact__r.Account.Name', record)).toBe('Engines');
    expect(valueOf('Number__c * Share__c', record)).toBe(1.875);
    expect(valueOf('IF(Done__c, TEXT(Date__c), "")', record)).toBe('2026-03-01');
    expect(valueOf('DATEVALUE(Time__c) = Date__c', record)).toBe(true);
    expect(valueOf('ISPICKVAL(Status__c, "pending")', record)).toBe(true);
    expect(valueOf('CASE(Status__c, "pending", 1, 2) + PICKLISTCOUNT(Tags__c)', record)).toBe(3);
    expect(valueOf('INCLUDES(Tags__c, "gift")', record)).toBe(true);
    expect(valueOf('Contact__c', record)).toBe('003000000000001');
    expect(valueOf('CASESAFEID(Contact__c)', record)).toBe('003000000000001AAA');
  });

  it('lets blanks be blank', () => {
    expect(valueOf('Number__c + 1')).toBeNull();
    expect(valueOf('Number__c < 5')).toBe(false);
    expect(valueOf('Number__c = 0')).toBe(false);
    expect(valueOf('Number__c <> 0')).toBe(false);
    expect(valueOf('Text__c = ""')).toBe(true);
    expect(valueOf('"a" + Text__c')).toBe('a');
    expect(valueOf('Text__c & Text__c')).toBeNull();
    expect(valueOf('ISBLANK(Text__c) && ISBLANK(Number__c)')).toBe(true);
    expect(valueOf('ISNULL(Text__c)')).toBe(false);
    expect(valueOf('BLANKVALUE(Text__c, "x") & NULLVALUE(Text__c, "y")')).toBe('x');
    expect(valueOf('CONTAINS("abc", Text__c)')).toBe(true);
    expect(valueOf('LEFT(Text__c, 2)')).toBeNull();
    expect(valueOf('ISBLANK(TRIM(" "))')).toBe(true);
  });

  it('lets blank numbers be zero when the field says so', () => {
    const zero = { blanksAreZero: true };
    expect(valueOf('Number__c + 1', {}, zero)).toBe(1);
    expect(valueOf('ISBLANK(Number__c)', {}, zero)).toBe(false);
    expect(valueOf('-Number__c = 0', {}, zero)).toBe(true);
    expect(valueOf('ISBLANK(Text__c)', {}, zero)).toBe(true);
  });

  it.each([
    ['1 / Number__c', 'Division by zero'],
    ['VALUE("ten")', "The value 'ten' is not a valid number."],
    ['DATE(2026, 2, 30)', 'Invalid date'],
    ['SQRT(-1)', "The value -1 is out of range for function 'SQRT()'"],
    ['2 ^ 0.5', 'Exponent is not a whole number'],
    ['CHR(9999999)', 'There is no character 9999999'],
    ['LPAD("a", 10 ^ 9)', 'A text of 1000000000 characters is too long'],
    ['DATE(9999, 12, 31) + 1', 'Invalid date'],
    ['TEXT(FROMUNIXTIME(10 ^ 15))', 'Invalid date'],
    ['TEXT(ADDMONTHS(TODAY(), 10 ^ 6))', 'Invalid date'],
    ['10 ^ 60 * 10 ^ 60 * 10 ^ 60 * 10 ^ 60 * 10 ^ 60 * 10 ^ 60', 'Numeric overflow'],
  ])('has none for %s', (source, message) => {
    expect(() => valueOf(source, { Number__c: 0 })).toThrow(message);
  });

  it('does not compute what an answer does not need', () => {
    expect(valueOf('AND(FALSE, 1 / 0 = 1)')).toBe(false);
    expect(valueOf('TRUE || 1 / 0 = 1')).toBe(true);
    expect(valueOf('IF(TRUE, 1, 1 / 0)')).toBe(1);
  });

  it('knows what a save changes', () => {
    const setting = settingOf({ context: 'validation' });
    const change = compileFormula('ISCHANGED(Number__c) && PRIORVALUE(Number__c) = 1', setting);
    const record = { Number__c: 2 };
    expect(change.run(scopeOf(record, { prior: () => 1 }))).toBe(true);
    expect(change.run(scopeOf(record, { prior: () => 2 }))).toBe(false);
    expect(change.run(scopeOf(record, { isNew: true }))).toBe(false);
    expect(compileFormula('ISNEW()', setting).run(scopeOf({}, { isNew: true }))).toBe(true);
  });

  it('matches whole texts', () => {
    const rule = { context: 'validation' } as const;
    expect(valueOf('REGEX(Text__c, "\\\\d{5}")', { Text__c: '12345' }, rule)).toBe(true);
    expect(valueOf('REGEX(Text__c, "\\\\d{5}")', { Text__c: '123456' }, rule)).toBe(false);
    expect(() => valueOf('REGEX(Text__c, "(")', { Text__c: 'a' }, rule)).toThrow(
      'Invalid regular expression: (',
    );
  });
});
