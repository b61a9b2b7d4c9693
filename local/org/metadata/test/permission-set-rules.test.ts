import { describe, expect, it } from 'vitest';
import { file, type Files } from './packages.ts';
import { problems } from './problems.ts';

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
      'Permission Edit Box__c depends on permission(s): Read Box__c',
    ],
    [
      'a detail without its master',
      objectGrant('Item__c', 'allowRead'),
      'Permission Read Item__c depends on permission(s): Read Box__c',
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
