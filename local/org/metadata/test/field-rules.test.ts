import { describe, expect, it } from 'vitest';
import {
  deployFiles,
  detailOf,
  failuresOf,
  field,
  object,
  orgWithBasics,
  text,
} from './packages.ts';

/** Problems of the fields of an object, without their place. */
function problems(objectName: string, inner: string, sharing?: string): readonly string[] {
  const content = objectName.endsWith('__mdt')
    ? object('Rule', inner).replace(/<nameField>[^]*<\/sharingModel>\n/, '')
    : object('Box', inner, sharing);
  const result = deployFiles(orgWithBasics(), { [`objects/${objectName}.object`]: content });
  return result.details.componentFailures.map((one) => `${one.fullName}: ${one.problem ?? ''}`);
}

const picklist = (values: string): string =>
  field(
    'X__c',
    `<valueSet><valueSetDefinition><sorted>false</sorted>${values}</valueSetDefinition></valueSet><type>Picklist</type>`,
  );
const one = (name: string, label = name, isDefault = false): string =>
  `<value><fullName>${name}</fullName><default>${String(isDefault)}</default><label>${label}</label></value>`;

const lookup = (to: string, list: string, more = ''): string =>
  field(
    'X__c',
    `${more}<referenceTo>${to}</referenceTo><relationshipName>${list}</relationshipName><type>Lookup</type>`,
  );

describe('rules on fields', () => {
  it.each([
    [
      'Text without a length',
      field('X__c', '<type>Text</type>'),
      "Must specify 'length' for a CustomField of type Text",
    ],
    [
      'Text of 256',
      field('X__c', '<length>256</length><type>Text</type>'),
      'The length of a Text field must be 1 to 255, not 256',
    ],
    [
      'LongTextArea of 255',
      field('X__c', '<length>255</length><type>LongTextArea</type><visibleLines>3</visibleLines>'),
      'The length of a LongTextArea field must be 256 to 131072, not 255',
    ],
    [
      'an Html of 9 lines',
      field('X__c', '<length>300</length><type>Html</type><visibleLines>9</visibleLines>'),
      'visibleLines must be 10 to 50, not 9',
    ],
    [
      'a Number of 19 digits',
      field('X__c', '<precision>19</precision><scale>2</scale><type>Number</type>'),
      'precision must be 1 to 18, not 19',
    ],
    [
      'more decimals than digits',
      field('X__c', '<precision>4</precision><scale>5</scale><type>Number</type>'),
      'scale must be 0 to the precision (4), not 5',
    ],
    [
      'a Checkbox without a default',
      field('X__c', '<type>Checkbox</type>'),
      "Must specify 'defaultValue' for a CustomField of type Checkbox",
    ],
    [
      'a Checkbox with a text default',
      field('X__c', '<defaultValue>"yes"</defaultValue><type>Checkbox</type>'),
      'Formula result is data type (Text), incompatible with expected data type (true or false).',
    ],
    [
      'a default that is computed',
      field('X__c', '<defaultValue>TODAY()</defaultValue><type>Date</type>'),
      'The local org does not emulate a default that is computed: TODAY()',
    ],
    [
      'a unique Url',
      field('X__c', '<type>Url</type><unique>true</unique>'),
      "Can not specify 'unique' for a CustomField of type Url",
    ],
    [
      'a required LongTextArea',
      field(
        'X__c',
        '<length>300</length><required>true</required><type>LongTextArea</type><visibleLines>3</visibleLines>',
      ),
      "Can not specify 'required' for a CustomField of type LongTextArea",
    ],
    [
      'a field type that is not emulated',
      field(
        'X__c',
        '<displayLocationInDecimal>true</displayLocationInDecimal><scale>5</scale><type>Location</type>',
      ),
      'The local org does not emulate the field type Location.',
    ],
    [
      'an AutoNumber without a number',
      field('X__c', '<displayFormat>WR</displayFormat><type>AutoNumber</type>'),
      "displayFormat needs one number such as {0000}, and may have {YY}, {YYYY}, {MM} and {DD}: 'WR'",
    ],
    [
      'a field without a label',
      '<fields><fullName>X__c</fullName><type>Url</type></fields>',
      'Must specify a non-empty label for the CustomField',
    ],
    [
      'a label of 41',
      `<fields><fullName>X__c</fullName><label>${'l'.repeat(41)}</label><type>Url</type></fields>`,
      'Value too long for field: label, maximum length is: 40 (it has 41)',
    ],
    [
      'a help text of 511',
      field('X__c', `<inlineHelpText>${'h'.repeat(511)}</inlineHelpText><type>Url</type>`),
      'Value too long for field: inlineHelpText, maximum length is: 510 (it has 511)',
    ],
    [
      'a formula on an unknown field',
      field(
        'X__c',
        '<formula>Code__c &amp; Nope__c &amp; "Text__c" &amp; Parent__r.Any__c</formula><type>Text</type>',
      ),
      'Field Nope__c does not exist. Check spelling.',
    ],
    [
      'a picklist of a global value set',
      field('X__c', '<type>Picklist</type><valueSet><valueSetName>G</valueSetName></valueSet>'),
      'The local org does not emulate global value sets (G); list the values in valueSetDefinition.',
    ],
    [
      'a picklist value twice',
      picklist(one('a', 'A') + one('a', 'B')),
      'Duplicate picklist value: a',
    ],
    [
      'two defaults',
      picklist(one('a', 'A', true) + one('b', 'B', true)),
      'Only one value of a picklist can be its default',
    ],
    ['a picklist without values', picklist(''), 'Must specify at least one value for a picklist'],
    [
      'a lookup to nothing',
      lookup('Nope__c', 'Xs'),
      "referenceTo value of 'Nope__c' does not resolve to a valid sObject type",
    ],
    [
      'a lookup to a metadata type',
      lookup('Group__mdt', 'Xs'),
      "referenceTo value of 'Group__mdt' does not resolve to a valid sObject type",
    ],
    [
      'a lookup without a list name',
      field('X__c', '<referenceTo>Account</referenceTo><type>Lookup</type>'),
      "Must specify 'relationshipName' for a CustomField of type Lookup",
    ],
    [
      'a list name that is taken',
      lookup('Box__c', 'Items'),
      'There is already a Child Relationship named Items on Box__c.',
    ],
    [
      'a required lookup that is cleared',
      lookup(
        'Account',
        'Boxes',
        '<deleteConstraint>SetNull</deleteConstraint><required>true</required>',
      ),
      'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
    ],
    [
      'a metadata relationship',
      field(
        'X__c',
        '<referenceTo>EntityDefinition</referenceTo><relationshipName>Xs</relationshipName><type>MetadataRelationship</type>',
      ),
      'Only custom metadata types can have MetadataRelationship fields',
    ],
    [
      'fieldManageability',
      field('X__c', '<fieldManageability>DeveloperControlled</fieldManageability><type>Url</type>'),
      'Can not specify fieldManageability for a field of a custom object',
    ],
  ])('refuses %s', (_what, inner, problem) => {
    expect(problems('Box__c', inner)).toEqual([`Box__c.X__c: ${problem}`]);
  });

  it.each([
    [
      'Currency',
      '<precision>18</precision><scale>2</scale><type>Currency</type>',
      "A custom metadata type can't have a Currency field",
    ],
    [
      'formula',
      '<formula>1</formula><precision>18</precision><scale>2</scale><type>Number</type>',
      "A custom metadata type can't have a formula field",
    ],
    [
      'itself',
      '<referenceTo>Rule__mdt</referenceTo><relationshipName>Xs</relationshipName><type>MetadataRelationship</type>',
      "A custom metadata type can't have a relationship to itself",
    ],
    [
      'FieldDefinition',
      '<referenceTo>FieldDefinition</referenceTo><relationshipName>Xs</relationshipName><type>MetadataRelationship</type>',
      "Must specify 'metadataRelationshipControllingField' for a relationship to FieldDefinition",
    ],
    [
      'controlled',
      '<metadataRelationshipControllingField>Rule__mdt.Colour__c</metadataRelationshipControllingField><referenceTo>FieldDefinition</referenceTo><relationshipName>Xs</relationshipName><type>MetadataRelationship</type>',
      'In field: metadataRelationshipControllingField - no CustomField named Rule__mdt.Colour__c found',
    ],
  ])('refuses on a custom metadata type: %s', (_what, inner, problem) => {
    expect(problems('Rule__mdt', field('X__c', inner))).toEqual([`Rule__mdt.X__c: ${problem}`]);
  });

  it.each(['1X__c', 'X_Y___c', 'X__Y__c', 'X Y__c', `${'x'.repeat(41)}__c`])(
    'refuses the name %s',
    (name) => {
      const [problem, ...more] = problems(
        'Box__c',
        field(name, '').replace(/<label>.*/, '<label>X</label><type>Url</type></fields>'),
      );
      expect(more).toEqual([]);
      expect(problem).toMatch(/The name '.*' (can only contain underscores|has 41 characters)/);
    },
  );

  it('refuses a field that stands twice', () => {
    expect(problems('Box__c', `${text('X__c')}${text('x__c')}`)).toEqual([
      'Box__c.x__c: Duplicate name: Box__c.x__c',
    ]);
  });

  it('refuses another type for a field that is there', () => {
    const inner = field('Code__c', '<precision>4</precision><scale>0</scale><type>Number</type>');
    expect(problems('Box__c', inner)).toEqual([
      'Box__c.Code__c: Cannot change the field type of Box__c.Code__c from Text to Number: ' +
        'the field may hold data. Add a field with another name.',
    ]);
  });

  it('refuses to change a standard field', () => {
    const org = orgWithBasics();
    const result = deployFiles(org, {
      'objects/Product2.object': object('Product', text('ProductCode')).replace(
        /<label>Product<[^]*<\/sharingModel>\n/,
        '',
      ),
    });
    expect(failuresOf(result)).toEqual([
      'objects/Product2.object:2:9 CustomField Product2.ProductCode: ' +
        'The local org does not emulate changing the standard field Product2.ProductCode.',
    ]);
  });
});

describe('rules on objects', () => {
  it.each([
    [
      'without settings',
      'New__c',
      '<label>N</label>',
      'Must specify a non-empty pluralLabel for the CustomObject',
    ],
    [
      'without a name field',
      'New__c',
      '<label>N</label><pluralLabel>Ns</pluralLabel>',
      'Must specify a nameField of type Text or AutoNumber',
    ],
    [
      'without a sharing model',
      'New__c',
      '<label>N</label><pluralLabel>Ns</pluralLabel><nameField><label>Name</label><type>Text</type></nameField>',
      'Must specify sharingModel for the CustomObject',
    ],
    [
      'with a numbered name without a number',
      'New__c',
      '<label>N</label><pluralLabel>Ns</pluralLabel><deploymentStatus>Deployed</deploymentStatus><nameField><displayFormat>N</displayFormat><label>Name</label><type>AutoNumber</type></nameField><sharingModel>Read</sharingModel>',
      "displayFormat needs one number such as {0000}, and may have {YY}, {YYYY}, {MM} and {DD}: 'N'",
    ],
    [
      'that is no custom object',
      'Nope',
      '<label>N</label>',
      'In field: fullName - no CustomObject named Nope found',
    ],
    [
      'that is an event',
      'New__e',
      '<label>N</label>',
      'The local org does not emulate objects that end in __e: New__e.',
    ],
  ])('refuses an object %s', (_what, name, inner, problem) => {
    const content = object('N').replace(/<label>N<[^]*<\/sharingModel>/, inner);
    const result = deployFiles(orgWithBasics(), { [`objects/${name}.object`]: content });
    expect(result.details.componentFailures.map((one) => one.problem)).toContain(problem);
  });

  it('refuses a detail that is not controlled by its parent, and a controlled object without one', () => {
    expect(problems('New__c', detailOf('Box__c', 'News'))).toEqual([
      'New__c: Cannot set sharingModel to ReadWrite on a CustomObject with a MasterDetail ' +
        'relationship field; it must be ControlledByParent',
      "New__c.Parent__c: Entity of type 'CustomObject' named 'New__c' cannot be found",
    ]);
    expect(problems('New__c', text('X__c'), 'ControlledByParent')[0]).toBe(
      'New__c: Cannot set sharingModel to ControlledByParent on a CustomObject without a ' +
        'MasterDetail relationship field',
    );
  });

  it.each([
    [
      'a compact layout',
      '<compactLayouts><fullName>C</fullName><fields>Name</fields><fields>Nope__c</fields><label>C</label></compactLayouts>',
      'Box__c.C: In field: fields - no CustomField named Box__c.Nope__c found',
    ],
    [
      'a list view',
      '<listViews><fullName>V</fullName><columns>NAME</columns><columns>Nope__c</columns><filterScope>Everything</filterScope><label>V</label></listViews>',
      'Box__c.V: Could not resolve list view column: Nope__c',
    ],
    [
      "a list view's filter",
      '<listViews><fullName>V</fullName><filterScope>Everything</filterScope><filters><field>Nope__c</field><operation>equals</operation></filters><label>V</label></listViews>',
      'Box__c.V: Could not resolve list view column: Nope__c',
    ],
    [
      'the assigned compact layout',
      '<compactLayoutAssignment>Nope</compactLayoutAssignment>',
      'Box__c: In field: compactLayoutAssignment - no CompactLayout named Box__c.Nope found',
    ],
    [
      'the search layout',
      '<searchLayouts><searchResultsAdditionalFields>Nope__c</searchResultsAdditionalFields></searchLayouts>',
      'Box__c: In field: searchLayouts - no CustomField named Box__c.Nope__c found',
    ],
    [
      'an action override',
      '<actionOverrides><actionName>View</actionName><content>Nope</content><type>Flexipage</type></actionOverrides>',
      'Box__c: Nope does not exist or is not a valid override for action View.',
    ],
  ])('refuses an unknown field or page in %s', (_what, inner, problem) => {
    expect(problems('Box__c', inner)).toContain(problem);
  });

  it('refuses what it does not emulate inside an object', () => {
    const inner =
      '<fieldSets><fullName>R</fullName><description>d</description><label>R</label></fieldSets>';
    expect(problems('Box__c', inner)).toEqual([
      'Box__c.R: The local org does not emulate the metadata type FieldSet yet. ' +
        'Leave it out of this deploy, or deploy it to a real org.',
    ]);
  });
});

describe('a detail of an object that is there', () => {
  it('is not readable in a list view by owner', () => {
    const inner =
      detailOf('Box__c', 'Items') +
      '<listViews><fullName>V</fullName><columns>OWNER.ALIAS</columns><filterScope>Everything</filterScope><label>V</label></listViews>';
    expect(problems('Item__c', inner, 'ControlledByParent')).toEqual([
      'Item__c.V: Could not resolve list view column: OWNER.ALIAS',
    ]);
  });
});
