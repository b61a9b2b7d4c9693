import { afterEach, beforeEach, expect } from 'vitest';
import {
  deployFiles,
  failuresOf,
  field,
  file,
  object,
  text,
} from '../../metadata/test/packages.ts';
import { HttpOrg } from './http-org.ts';
import { statement } from './statement.ts';

let http: HttpOrg;

const formula = (name: string, source: string, type: string, more = ''): string =>
  field(
    name,
    `<formula>${source.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</formula>${more}<type>${type}</type>`,
  );
const digits = '<precision>18</precision><scale>2</scale>';
const blank = `<formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs>${digits}`;

const rule = (name: string, condition: string, place = ''): string =>
  `<validationRules><fullName>${name}</fullName><active>true</active><errorConditionFormula>${condition.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</errorConditionFormula>${place}<errorMessage>${name}!</errorMessage></validationRules>`;

const crate = object(
  'Crate',
  [
    text('Code__c'),
    field('Weight__c', `${digits}<type>Number</type>`),
    field('Share__c', `${digits}<type>Percent</type>`),
    field('Day__c', '<type>Date</type>'),
    field(
      'Account__c',
      '<referenceTo>Account</referenceTo><relationshipName>Crates</relationshipName><type>Lookup</type>',
    ),
    formula('Title__c', 'Account__r.Name & ": " & Code__c', 'Text'),
    formula('Loud__c', 'UPPER(Title__c)', 'Text'),
    formula('Half__c', 'Weight__c / 2', 'Number', digits),
    formula('Blank__c', 'Weight__c / 2', 'Number', blank),
    formula('Inverse__c', '1 / Weight__c', 'Number', digits),
    formula('Part__c', 'Share__c * 2', 'Percent', digits),
    formula('Next__c', 'Day__c + 1', 'Date'),
    formula('Heavy__c', 'Weight__c > 10', 'Checkbox'),
    formula('By__c', '$User.Username', 'Text'),
    rule(
      'Coded',
      'AND(ISNEW(), ISBLANK(Code__c))',
      '<errorDisplayField>Code__c</errorDisplayField>',
    ),
    rule('Kept', 'ISCHANGED(Code__c) && NOT(ISBLANK(PRIORVALUE(Code__c)))'),
    rule('Ratio', '1 / (Weight__c - 99) > 5'),
  ].join(''),
);

const rights = file(
  'PermissionSet',
  `${['Account__c', 'Code__c', 'Day__c', 'Share__c', 'Weight__c']
    .map(
      (name) =>
        `<fieldPermissions><editable>true</editable><field>Crate__c.${name}</field><readable>true</readable></fieldPermissions>`,
    )
    .join('')}${[
    'Blank__c',
    'By__c',
    'Half__c',
    'Heavy__c',
    'Inverse__c',
    'Loud__c',
    'Next__c',
    'Part__c',
    'Title__c',
  ]
    .map(
      (name) =>
        `<fieldPermissions><editable>false</editable><field>Crate__c.${name}</field><readable>true</readable></fieldPermissions>`,
    )
    .join(
      '',
    )}<label>Crates</label><objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>true</modifyAllRecords><object>Crate__c</object><viewAllRecords>true</viewAllRecords></objectPermissions>`,
);

beforeEach(async () => {
  http = await HttpOrg.start();
  const files = { 'objects/Crate__c.object': crate, 'permissionsets/Crates.permissionset': rights };
  expect(failuresOf(deployFiles(http.org.data, files))).toEqual([]);
  const [set] = (await http.conn.query("SELECT Id FROM PermissionSet WHERE Name = 'Crates'"))
    .records;
  const { user_id: AssigneeId } = await http.conn.identity();
  const made = await http.conn
    .sobject('PermissionSetAssignment')
    .create({ AssigneeId, PermissionSetId: set?.Id });
  expect(made.success).toBe(true);
});
afterEach(() => http.close());

const save = async (values: Record<string, unknown>): Promise<string> => {
  const made = await http.conn.sobject('Crate__c').create({ Code__c: 'x', ...values });
  return made.id ?? '';
};

statement(
  'Formula fields are computed when they are read, from the whole record and its parents, whatever the user sees; where a user reads `#Error!` the value is null.',
  async () => {
    const account = await http.conn.sobject('Account').create({ Name: 'Ada' });
    const id = await save({
      Account__c: account.id,
      Weight__c: 5.01,
      Share__c: 15,
      Day__c: '2026-02-28',
    });
    const empty = await save({ Weight__c: 0 });
    const names = 'Title__c, Loud__c, Half__c, Inverse__c, Part__c, Next__c, Heavy__c, By__c';
    const of = async (record: string, list: string): Promise<unknown> =>
      (await http.conn.query(`SELECT ${list} FROM Crate__c WHERE Id = '${record}'`)).records[0];
    expect(await of(id, names)).toMatchObject({
      Title__c: 'Ada: x',
      Loud__c: 'ADA: X',
      Half__c: 2.51,
      Inverse__c: 0.2,
      Part__c: 30,
      Next__c: '2026-03-01',
      Heavy__c: false,
      By__c: (await http.conn.identity()).username,
    });
    expect(await of(empty, 'Title__c, Inverse__c, Half__c, Next__c')).toMatchObject({
      Title__c: ': x',
      Inverse__c: null,
      Half__c: 0,
      Next__c: null,
    });
    expect(await http.conn.sobject('Crate__c').retrieve(id)).toMatchObject({ Half__c: 2.51 });
  },
);

statement(
  'A formula reads blank numbers as zero, unless its field leaves blanks blank.',
  async () => {
    const id = await save({});
    const query = `SELECT Half__c, Blank__c FROM Crate__c WHERE Id = '${id}'`;
    const [row] = (await http.conn.query(query)).records;
    expect(row).toMatchObject({ Half__c: 0, Blank__c: null });
  },
);

statement(
  'An active validation rule whose condition holds for the record as it will be refuses it: `FIELD_CUSTOM_VALIDATION_EXCEPTION`, with its message and field; so does one that cannot be computed.',
  async () => {
    const crates = http.conn.sobject('Crate__c');
    const refused = (message: string, ...fields: readonly string[]) => ({
      success: false,
      errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields }],
    });
    const made = await crates.create([
      { Name: 'a' },
      { Code__c: 'a' },
      { Code__c: 'b', Weight__c: 99 },
    ]);
    expect(made[0]).toEqual(refused('Coded!', 'Code__c'));
    expect(made[1]?.success).toBe(true);
    expect(made[2]).toEqual(refused('Validation Formula "Ratio" Invalid (Division by zero)'));
    const id = made[1]?.id ?? '';
    const [changed] = await crates.update([{ Id: id, Code__c: 'b' }]);
    expect(changed).toMatchObject(refused('Kept!'));
    const [same] = await crates.update([{ Id: id, Code__c: 'a', Name: 'still' }]);
    expect(same?.success).toBe(true);
  },
);
