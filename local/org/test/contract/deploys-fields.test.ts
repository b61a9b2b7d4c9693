import { expect } from 'vitest';
import { detailOf, field, object, text } from '../../metadata/test/packages.ts';
import { expectEach, inBox, ofField, ofFormula, ofRule, problemsOf } from './deploy-org.ts';
import { statement } from './statement.ts';

const number = '<precision>18</precision><scale>2</scale><type>Number</type>';
const sentence =
  'can only contain underscores and alphanumeric characters. It must begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';

statement(
  'API names begin with a letter, hold letters, digits and single underscores between them, and have at most 40 characters.',
  () => {
    const long = 'x'.repeat(41);
    const named = (name: string): readonly string[] =>
      inBox(text(`${name}__c`).replace(/<label>.*<\/label>/, '<label>X</label>'));
    expectEach((name) => named(name).map((one) => one.replace(/^.*?: /, '')), {
      X_1: [],
      '1X': `The name '1X' ${sentence}`,
      X_: `The name 'X_' ${sentence}`,
      X__Y: `The name 'X__Y' ${sentence}`,
      'X Y': `The name 'X Y' ${sentence}`,
      [long]: `The name '${long}' has 41 characters; at most 40 are allowed.`,
    });
  },
);

statement(
  'Labels are needed; labels, descriptions, help texts and formats have their lengths.',
  () => {
    const tooLong = (element: string, limit: number): string =>
      `Value too long for field: ${element}, maximum length is: ${limit} (it has ${limit + 1})`;
    const labelled = (label: string): readonly string[] =>
      inBox(`<fields><fullName>X__c</fullName>${label}<type>Url</type></fields>`);
    expect(labelled('')).toEqual([
      'Box__c.X__c: Must specify a non-empty label for the CustomField',
    ]);
    expect(labelled(`<label>${'l'.repeat(41)}</label>`)).toEqual([
      `Box__c.X__c: ${tooLong('label', 40)}`,
    ]);
    expect(ofField(`<description>${'d'.repeat(1001)}</description><type>Url</type>`)).toEqual([
      tooLong('description', 1000),
    ]);
    expect(ofField(`<inlineHelpText>${'h'.repeat(511)}</inlineHelpText><type>Url</type>`)).toEqual([
      tooLong('inlineHelpText', 510),
    ]);
    expect(
      ofField(`<displayFormat>${'-'.repeat(28)}{0}</displayFormat><type>AutoNumber</type>`),
    ).toEqual([tooLong('displayFormat', 30)]);
  },
);

const newObject = (inner: string): readonly string[] =>
  problemsOf({
    'objects/New__c.object': object('New').replace(/<label>[^]*<\/sharingModel>/, inner),
  }).map((one) => one.replace(/^New__c: /, ''));

statement(
  'An object has a label, a plural label, a name field, a sharing model and a deployment status; a numbered name has a number in its format.',
  () => {
    const labels = '<label>N</label><pluralLabel>Ns</pluralLabel>';
    const status = '<deploymentStatus>Deployed</deploymentStatus>';
    const name = '<nameField><label>N</label><type>Text</type></nameField>';
    const numbered =
      '<nameField><displayFormat>N</displayFormat><label>N</label><type>AutoNumber</type></nameField>';
    expectEach(newObject, {
      '<label>N</label>': 'Must specify a non-empty pluralLabel for the CustomObject',
      [labels]: 'Must specify a nameField of type Text or AutoNumber',
      [labels + name + status]: 'Must specify sharingModel for the CustomObject',
      [`${labels}${name}<sharingModel>Read</sharingModel>`]:
        'Must specify deploymentStatus for the CustomObject',
      [`${labels}${numbered}${status}<sharingModel>Read</sharingModel>`]:
        "displayFormat needs one number such as {0000}, and may have {YY}, {YYYY}, {MM} and {DD}: 'N'",
    });
  },
);

statement('An object is `ControlledByParent` when it has a master, and only then.', () => {
  const [withMaster] = problemsOf({
    'objects/New__c.object': object('New', detailOf('Box__c', 'News')),
  });
  expect(withMaster).toContain(
    'Cannot set sharingModel to ReadWrite on a CustomObject with a MasterDetail relationship field',
  );
  expect(problemsOf({ 'objects/New__c.object': object('New', '', 'ControlledByParent') })).toEqual([
    'New__c: Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field',
  ]);
});

statement(
  'The compact layout that is assigned to an object, the fields of its search layouts and the pages of its overrides exist.',
  () => {
    expectEach(inBox, {
      '<compactLayoutAssignment>Nope</compactLayoutAssignment>':
        'Box__c: In field: compactLayoutAssignment - no CompactLayout named Box__c.Nope found',
      '<searchLayouts><searchResultsAdditionalFields>Nope__c</searchResultsAdditionalFields></searchLayouts>':
        'Box__c: In field: searchLayouts - no CustomField named Box__c.Nope__c found',
      '<actionOverrides><actionName>View</actionName><content>Nope</content><type>Flexipage</type></actionOverrides>':
        'Box__c: Nope does not exist or is not a valid override for action View.',
    });
  },
);

statement(
  'An object has at most 500 custom fields (a custom metadata type 100), of which 40 are relationships and 25 external ids, and 1,638,400 characters of long text.',
  () => {
    const many = (count: number, inner: string): readonly string[] =>
      inBox(
        Array.from({ length: count }, (_, n) =>
          field(`F${n}__c`, inner.replaceAll('#', String(n))),
        ).join(''),
      ).filter((one) => one.includes('maximum number') || one.includes('long text'));
    const key = '<externalId>true</externalId><length>9</length><type>Text</type>';
    const lookup =
      '<referenceTo>Account</referenceTo><relationshipName>R#</relationshipName><type>Lookup</type>';
    const long = '<length>131072</length><type>LongTextArea</type><visibleLines>3</visibleLines>';
    // Box__c has two fields of its own.
    expect(many(499, '<type>Url</type>')).toEqual([
      'Box__c.F498__c: Box__c has reached its maximum number of custom fields: 500',
    ]);
    expect(many(26, key)).toEqual([
      'Box__c.F25__c: Box__c has reached its maximum number of external id fields: 25',
    ]);
    expect(many(41, lookup)).toEqual([
      'Box__c.F40__c: Box__c has reached its maximum number of relationship fields: 40',
    ]);
    expect(many(13, long)).toEqual([
      'Box__c.F12__c: The long text fields of Box__c hold 1703936 characters together; at most 1638400 are allowed.',
    ]);
  },
);

statement(
  'A field belongs to an object of the org or of the deploy, and its name ends in `__c`.',
  () => {
    const unknown = problemsOf({
      'objects/Nope__c.object': object('Nope').replace(/<label>[^]*<\/sharingModel>/, text('X__c')),
    });
    expect(unknown).toContain(
      "Nope__c.X__c: Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    );
    expect(inBox(text('X'))).toEqual([
      'Box__c.X: The fullName of a custom field ends in __c: Box__c.X',
    ]);
  },
);

statement('A field has what its type needs, and nothing that its type cannot have.', () => {
  expectEach(ofField, {
    '<type>Text</type>': "Must specify 'length' for a CustomField of type Text",
    '<precision>4</precision><type>Number</type>':
      "Must specify 'scale' for a CustomField of type Number",
    '<type>Checkbox</type>': "Must specify 'defaultValue' for a CustomField of type Checkbox",
    '<type>Url</type><unique>true</unique>':
      "Can not specify 'unique' for a CustomField of type Url",
    '<length>300</length><required>true</required><type>LongTextArea</type><visibleLines>3</visibleLines>':
      "Can not specify 'required' for a CustomField of type LongTextArea",
    '<type>Location</type>': 'The local org does not emulate the field type Location.',
  });
});

statement('Lengths, digits, lines and number formats of fields are in their ranges.', () => {
  expectEach(ofField, {
    '<length>256</length><type>Text</type>': 'The length of a Text field must be 1 to 255, not 256',
    '<length>255</length><type>LongTextArea</type><visibleLines>3</visibleLines>':
      'The length of a LongTextArea field must be 256 to 131072, not 255',
    '<precision>19</precision><scale>2</scale><type>Number</type>':
      'precision must be 1 to 18, not 19',
    '<precision>4</precision><scale>5</scale><type>Number</type>':
      'scale must be 0 to the precision (4), not 5',
    '<length>300</length><type>LongTextArea</type><visibleLines>1</visibleLines>':
      'visibleLines must be 2 to 50, not 1',
    '<displayFormat>WR</displayFormat><type>AutoNumber</type>':
      "displayFormat needs one number such as {0000}, and may have {YY}, {YYYY}, {MM} and {DD}: 'WR'",
  });
});

statement(
  'A deployed field keeps its type and the object that it leads to; a standard field keeps everything.',
  () => {
    expect(inBox(field('Code__c', number))).toEqual([
      expect.stringContaining('Cannot change the field type of Box__c.Code__c from Text to Number'),
    ]);
    const moved = object('Item', detailOf('Account', 'Items'), 'ControlledByParent');
    expect(problemsOf({ 'objects/Item__c.object': moved })).toEqual([
      'Item__c.Parent__c: Cannot change the referenceTo of Item__c.Parent__c from Box__c to Account',
    ]);
    const product = object('Product').replace(/<label>[^]*<\/sharingModel>/, text('ProductCode'));
    expect(problemsOf({ 'objects/Product2.object': product })).toEqual([
      'Product2.ProductCode: The local org does not emulate changing the standard field Product2.ProductCode.',
    ]);
  },
);

const option = (name: string, label = name, isDefault = false): string =>
  `<value><fullName>${name}</fullName><default>${String(isDefault)}</default>${label === '' ? '' : `<label>${label}</label>`}</value>`;
const picklist = (values: string): string =>
  `<type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted>${values}</valueSetDefinition></valueSet>`;

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
  'The default of a field is a literal of its type that fits; one that is computed is not emulated.',
  () => {
    const wrong = (received: string, wanted: string): string =>
      `Formula result is data type (${received}), incompatible with expected data type (${wanted}).`;
    expectEach(ofField, {
      '<defaultValue>"yes"</defaultValue><type>Checkbox</type>': wrong('Text', 'true or false'),
      [`<defaultValue>"1"</defaultValue>${number}`]: wrong('Text', 'Number'),
      '<defaultValue>"abc"</defaultValue><length>2</length><type>Text</type>':
        'Value too long for field: defaultValue, maximum length is: 2 (it has 3)',
      '<defaultValue>TODAY()</defaultValue><type>Date</type>':
        'The local org does not emulate a default that is computed: TODAY()',
    });
  },
);

const lookup = (to: string, list: string, more = ''): string =>
  `${more}<referenceTo>${to}</referenceTo><relationshipName>${list}</relationshipName><type>Lookup</type>`;

statement(
  'A lookup leads to an object that is there and holds data, and the name of its list is free there.',
  () => {
    expectEach(ofField, {
      [lookup('Nope__c', 'Xs')]:
        "referenceTo value of 'Nope__c' does not resolve to a valid sObject type",
      [lookup('Group__mdt', 'Xs')]:
        "referenceTo value of 'Group__mdt' does not resolve to a valid sObject type",
      [lookup('Box__c', 'Items')]: 'There is already a Child Relationship named Items on Box__c.',
      [lookup('Account', 'My Xs')]: `The name 'My Xs' ${sentence}`,
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
  'The fields of a formula exist: those of the object, of its parents, and of `$User`, `$Profile`, `$Organization` and `$Permission`.',
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
  'A formula has at most 3,900 characters, and no formula field reads itself, directly or not.',
  () => {
    expect(ofFormula(`"${'x'.repeat(3899)}"`)).toEqual([
      'Formula is too long (3,901 characters). Maximum length is 3,900 characters',
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
