import { describe, expect, it } from 'vitest';
import {
  deployFiles,
  failuresOf,
  file,
  orgWithBasics,
  record,
  value,
  type Files,
} from './packages.ts';

function problems(files: Files): readonly string[] {
  return failuresOf(deployFiles(orgWithBasics(), files));
}

const set = (inner: string): Files => ({
  'permissionsets/P.permissionset': file('PermissionSet', `<label>P</label>\n${inner}`),
});
const fieldGrant = (field: string, editable = true, readable = true): string =>
  `<fieldPermissions><editable>${String(editable)}</editable><field>${field}</field><readable>${String(readable)}</readable></fieldPermissions>`;

const right = (name: string, allowed: boolean): string => `<${name}>${String(allowed)}</${name}>`;
function objectGrant(object: string, ...allowed: readonly string[]): string {
  const rights = ['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords'].map(
    (name) => right(name, allowed.includes(name)),
  );
  return `<objectPermissions>${rights.join('')}<object>${object}</object>${right('viewAllRecords', allowed.includes('viewAllRecords'))}</objectPermissions>`;
}

describe('rules on permission sets', () => {
  const at = 'permissionsets/P.permissionset:3:1 PermissionSet P: ';

  it.each([
    [
      'an unknown field',
      fieldGrant('Box__c.Nope__c'),
      'In field: field - no CustomField named Box__c.Nope__c found',
    ],
    [
      'a field of an unknown object',
      fieldGrant('Nope__c.X__c'),
      'In field: field - no CustomField named Nope__c.X__c found',
    ],
    [
      'a required field',
      fieldGrant('Box__c.Must__c'),
      'You cannot deploy to a required field: Box__c.Must__c',
    ],
    [
      'a master-detail field',
      fieldGrant('Item__c.Parent__c'),
      'You cannot deploy to a required field: Item__c.Parent__c',
    ],
    [
      'the name of an object',
      fieldGrant('Box__c.Name'),
      'You cannot deploy to a required field: Box__c.Name',
    ],
    [
      'a required standard field',
      fieldGrant('Product2.Name'),
      'You cannot deploy to a required field: Product2.Name',
    ],
    [
      'a part of a person’s name',
      fieldGrant('Contact.FirstName'),
      'You cannot deploy to a required field: Contact.FirstName',
    ],
    [
      'a part of an address',
      fieldGrant('Contact.MailingCity'),
      'In field: field - no CustomField named Contact.MailingCity found',
    ],
    [
      'an editable field that is not readable',
      fieldGrant('Box__c.Code__c', true, false),
      "Field Box__c.Code__c can't be editable without being readable",
    ],
    [
      'an unknown object',
      objectGrant('Nope__c', 'allowRead'),
      'In field: object - no CustomObject named Nope__c found',
    ],
    [
      'a metadata type as an object',
      objectGrant('Rule__mdt', 'allowRead'),
      'In field: object - no CustomObject named Rule__mdt found',
    ],
    [
      'edit without read',
      objectGrant('Box__c', 'allowEdit'),
      'Permission allowEdit on Box__c depends on permission(s): allowRead on Box__c',
    ],
    [
      'a detail without its master',
      objectGrant('Item__c', 'allowRead'),
      'Permission allowRead on Item__c depends on permission(s): allowRead on Box__c',
    ],
    [
      'an unknown tab',
      '<tabSettings><tab>Nope__c</tab><visibility>Visible</visibility></tabSettings>',
      'In field: tab - no CustomTab named Nope__c found',
    ],
    [
      'an unknown class',
      '<classAccesses><apexClass>Nope</apexClass><enabled>true</enabled></classAccesses>',
      'In field: apexClass - no ApexClass named Nope found',
    ],
    [
      'an unknown custom permission',
      '<customPermissions><enabled>true</enabled><name>Nope</name></customPermissions>',
      'In field: name - no CustomPermission named Nope found',
    ],
    [
      'an unknown metadata type',
      '<customMetadataTypeAccesses><enabled>true</enabled><name>Nope__mdt</name></customMetadataTypeAccesses>',
      'In field: name - no CustomObject named Nope__mdt found',
    ],
    [
      'an unknown principal',
      '<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Woo-P</externalCredentialPrincipal></externalCredentialPrincipalAccesses>',
      'In field: externalCredentialPrincipal - no ExternalCredential named Woo-P found',
    ],
    [
      'an unknown app',
      '<applicationVisibilities><application>Nope</application><visible>true</visible></applicationVisibilities>',
      'In field: application - no CustomApplication named Nope found',
    ],
    [
      'an unknown user permission',
      '<userPermissions><enabled>true</enabled><name>ApiEnable</name></userPermissions>',
      'Unknown user permission: ApiEnable',
    ],
    [
      'an unknown licence',
      '<license>Salesforc</license>',
      'In field: license - no UserLicense named Salesforc found',
    ],
  ])('refuses %s', (_what, inner, problem) => {
    expect(problems(set(inner))).toEqual([at + problem]);
  });

  it('refuses a field twice', () => {
    const inner = `${fieldGrant('Box__c.Code__c')}\n${fieldGrant('box__c.code__c')}`;
    expect(problems(set(inner))).toEqual([
      'permissionsets/P.permissionset:4:1 PermissionSet P: Duplicate fieldPermissions: box__c.code__c',
    ]);
  });

  it('takes grants on what is there', () => {
    const inner = [
      '<customMetadataTypeAccesses><enabled>true</enabled><name>Rule__mdt</name></customMetadataTypeAccesses>',
      '<customPermissions><enabled>true</enabled><name>Skip</name></customPermissions>',
      fieldGrant('Box__c.Code__c') +
        fieldGrant('Contact.MailingAddress') +
        fieldGrant('Account.Phone'),
      objectGrant('Box__c', 'allowRead') + objectGrant('Item__c', 'allowRead', 'allowEdit'),
      '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
    ];
    expect(problems(set(inner.join('\n')))).toEqual([]);
  });
});

describe('rules on custom metadata records', () => {
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

describe('rules on tabs, apps, permissions and layouts', () => {
  const layout = (items: string, more = ''): string =>
    file(
      'Layout',
      `<layoutSections><layoutColumns>\n${items}\n</layoutColumns><style>OneColumn</style></layoutSections>${more}`,
    );
  const item = (name: string): string =>
    `<layoutItems><behavior>Edit</behavior><field>${name}</field></layoutItems>`;
  const both = item('Name') + item('Must__c');

  it.each([
    [
      'a tab of an unknown object',
      'tabs/Nope__c.tab',
      file('CustomTab', '<customObject>true</customObject><motif>Custom1: Heart</motif>'),
      'In field: customObject - no CustomObject named Nope__c found',
    ],
    [
      'a tab without a motif',
      'tabs/Box__c.tab',
      file('CustomTab', '<customObject>true</customObject>'),
      'Required field is missing: motif',
    ],
    [
      'a tab of an odd motif',
      'tabs/Box__c.tab',
      file('CustomTab', '<customObject>true</customObject><motif>Heart</motif>'),
      "Invalid motif: 'Heart'; it is such as 'Custom63: Chip'",
    ],
    [
      'a tab of nothing',
      'tabs/Box__c.tab',
      file('CustomTab', '<label>B</label><motif>Custom1: Heart</motif>'),
      'A tab shows one thing: customObject true, or a flexiPage, lwcComponent, page or url',
    ],
    [
      'a tab of an unknown page',
      'tabs/Box.tab',
      file('CustomTab', '<flexiPage>Nope</flexiPage><label>B</label><motif>Custom1: Heart</motif>'),
      'In field: flexiPage - no FlexiPage named Nope found',
    ],
    [
      'an app with an unknown tab',
      'applications/A.app',
      file('CustomApplication', '<label>A</label><tabs>standard-Account</tabs><tabs>Box__c</tabs>'),
      'In field: tabs - no CustomTab named Box__c found',
    ],
    [
      'an app with an unknown utility bar',
      'applications/A.app',
      file('CustomApplication', '<label>A</label><utilityBar>Nope</utilityBar>'),
      'In field: utilityBar - no FlexiPage named Nope found',
    ],
    [
      'a custom permission that needs an unknown one',
      'customPermissions/P.customPermission',
      file(
        'CustomPermission',
        '<isLicensed>false</isLicensed><label>P</label><requiredPermission><customPermission>Nope</customPermission><dependency>true</dependency></requiredPermission>',
      ),
      'In field: customPermission - no CustomPermission named Nope found',
    ],
    [
      'a layout of an unknown object',
      'layouts/Nope__c-L.layout',
      layout(''),
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ],
    [
      'a layout with an unknown field',
      'layouts/Box__c-L.layout',
      layout(both + item('Nope__c')),
      'In field: field - no CustomField named Box__c.Nope__c found',
    ],
    [
      'a layout with a field twice',
      'layouts/Box__c-L.layout',
      layout(both + item('Name')),
      'Duplicate field on layout: Name',
    ],
    [
      'a layout without a required field',
      'layouts/Box__c-L.layout',
      layout(item('Name')),
      'Layout must contain an item for required layout field: Must__c',
    ],
    [
      'a layout with an unknown list',
      'layouts/Box__c-L.layout',
      layout(both, '<relatedLists><relatedList>Item__c.Nope__c</relatedList></relatedLists>'),
      'In field: relatedList - no CustomField named Item__c.Nope__c found',
    ],
    [
      'a list with an unknown field',
      'layouts/Box__c-L.layout',
      layout(
        both,
        '<relatedLists><fields>NAME</fields><fields>Nope__c</fields><relatedList>Item__c.Parent__c</relatedList></relatedLists>',
      ),
      'In field: fields - no CustomField named Item__c.Nope__c found',
    ],
  ])('refuses %s', (_what, path, content, problem) => {
    const result = deployFiles(orgWithBasics(), { [path]: content });
    expect(result.details.componentFailures.map((one) => one.problem)).toEqual([problem]);
  });
});
