import { expect } from 'vitest';
import { detailOf, field, object, text } from '../../../metadata/test/packages.ts';
import { expectEach, inBox, ofField, problemsOf } from './deploy-org.ts';
import { statement } from '../statement.ts';

const number = '<precision>18</precision><scale>2</scale><type>Number</type>';

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
