import { expect } from 'vitest';
import { detailOf, field, object, text } from '../../../metadata/test/packages.ts';
import { expectEach, inBox, ofField, problemsOf, wrongName } from './deploy-org.ts';
import { statement } from '../statement.ts';

const newObject = (inner: string): readonly string[] =>
  problemsOf({
    'objects/New__c.object': object('New').replace(/<label>[^]*<\/sharingModel>/, inner),
  }).map((one) => one.replace(/^New__c: /, ''));

statement(
  'API names begin with a letter, hold letters, digits and single underscores between them, and have at most 40 characters.',
  () => {
    const long = 'x'.repeat(41);
    const named = (name: string): readonly string[] =>
      inBox(text(`${name}__c`).replace(/<label>.*<\/label>/, '<label>X</label>'));
    expectEach((name) => named(name).map((one) => one.replace(/^.*?: /, '')), {
      X_1: [],
      '1X': `The name '1X' ${wrongName}`,
      X_: `The name 'X_' ${wrongName}`,
      X__Y: `The name 'X__Y' ${wrongName}`,
      'X Y': `The name 'X Y' ${wrongName}`,
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
  '`enableBulkApi`, `enableSharing` and `enableStreamingApi` of an object are all on or all off.',
  () => {
    const of = (...on: readonly [boolean, boolean, boolean]): readonly string[] =>
      problemsOf({
        'objects/New__c.object': object(
          'New',
          ['enableBulkApi', 'enableSharing', 'enableStreamingApi']
            .map((name, at) => `<${name}>${String(on[at])}</${name}>`)
            .join(''),
        ),
      });
    expect(of(true, true, true)).toEqual([]);
    expect(of(false, false, false)).toEqual([]);
    expect(of(false, true, true)).toEqual(['New__c: enableBulkApi and enableSharing must match']);
    expect(of(false, false, true)).toEqual([
      'New__c: enableStreamingApi and enableSharing must match',
    ]);
  },
);
