import { describe, expect, it } from 'vitest';
import { deployFiles, failuresOf, file, object, orgWithBasics, text } from './packages.ts';

const permissionSet = (inner: string): string =>
  file('PermissionSet', `<label>P</label>\n${inner}`);

const grant = (field: string): string => `<fieldPermissions>
<editable>true</editable>
<field>${field}</field>
<readable>true</readable>
</fieldPermissions>`;

describe('the XML against the Metadata schema', () => {
  it.each([
    [
      'a misspelt element of a field',
      'objects/A__c.object',
      object('A', text('X__c', '\n<inlineHelpTxt>Help</inlineHelpTxt>')),
      'objects/A__c.object:8:1 CustomField A__c.X__c: Error parsing file: ' +
        'Element inlineHelpTxt invalid at this location in type CustomField',
    ],
    [
      'a misspelt element of the object',
      'objects/A__c.object',
      object('A', '<enableHystory>true</enableHystory>'),
      'objects/A__c.object:7:1 CustomObject A__c: Error parsing file: ' +
        'Element enableHystory invalid at this location in type CustomObject',
    ],
    [
      'an enum that does not have the value',
      'objects/A__c.object',
      object('A', '', 'ReadOnly'),
      "objects/A__c.object:6:1 CustomObject A__c: Error parsing file: 'ReadOnly' " +
        "is not a valid value for the enum 'SharingModel'",
    ],
    [
      'an enum in the wrong case',
      'objects/A__c.object',
      object('A', '<fields><fullName>X__c</fullName><label>X</label>\n<type>text</type></fields>'),
      "objects/A__c.object:8:1 CustomField A__c.X__c: Error parsing file: 'text' " +
        "is not a valid value for the enum 'FieldType'",
    ],
    [
      'a number that is none',
      'objects/A__c.object',
      object('A', text('X__c', '\n<precision>many</precision>')),
      "objects/A__c.object:8:1 CustomField A__c.X__c: Error parsing file: 'many' " +
        'is not a valid number in precision',
    ],
    [
      'a boolean that is none',
      'customPermissions/P.customPermission',
      file('CustomPermission', '<isLicensed>yes</isLicensed>\n<label>P</label>'),
      'customPermissions/P.customPermission:2:1 CustomPermission P: Error parsing file: ' +
        "'yes' is not a valid value for xsd:boolean in isLicensed",
    ],
    [
      'a required element that is missing',
      'customPermissions/P.customPermission',
      file('CustomPermission', '<isLicensed>false</isLicensed>'),
      'customPermissions/P.customPermission:1:1 CustomPermission P: ' +
        'Required field is missing: label',
    ],
    [
      'a required element that is missing deep inside',
      'permissionsets/P.permissionset',
      permissionSet('<tabSettings>\n<tab>Box__c</tab></tabSettings>'),
      'permissionsets/P.permissionset:3:1 PermissionSet P: Required field is missing: visibility',
    ],
    [
      'an element that stands twice',
      'permissionsets/P.permissionset',
      permissionSet('<label>P</label>'),
      'permissionsets/P.permissionset:3:1 PermissionSet P: Error parsing file: ' +
        'Element label is duplicated at this location in type PermissionSet',
    ],
    [
      'a list that is interrupted',
      'permissionsets/P.permissionset',
      permissionSet(
        `${grant('Box__c.Code__c')}\n<description>D</description>\n${grant('Account.Phone')}`,
      ),
      'permissionsets/P.permissionset:9:1 PermissionSet P: Error parsing file: ' +
        'Element fieldPermissions is duplicated at this location in type PermissionSet',
    ],
    [
      'an element inside plain text',
      'permissionsets/P.permissionset',
      file('PermissionSet', '<label>P\n<b>bold</b></label>'),
      'permissionsets/P.permissionset:3:1 PermissionSet P: Error parsing file: ' +
        'Element b invalid at this location in label',
    ],
    [
      'another root element',
      'tabs/Box__c.tab',
      file('CustomTabs', '<customObject>true</customObject>'),
      'tabs/Box__c.tab:1:1 CustomTab Box__c: Error parsing file: ' +
        'Element CustomTabs invalid: the root element of this file is CustomTab',
    ],
    [
      'a root outside the namespace',
      'tabs/Box__c.tab',
      '<CustomTab><customObject>true</customObject></CustomTab>',
      'tabs/Box__c.tab:1:1 CustomTab Box__c: Error parsing file: Element CustomTab is not in the ' +
        'namespace http://soap.sforce.com/2006/04/metadata',
    ],
    [
      'a broken file',
      'tabs/Box__c.tab',
      file('CustomTab', '<customObject>true\n</customObjekt>'),
      'tabs/Box__c.tab:3:16 CustomTab Box__c: Error parsing file: ' +
        'Opening and ending tag mismatch: customObject line 2 and customObjekt',
    ],
    [
      'an entity of HTML',
      'tabs/Box__c.tab',
      file('CustomTab', '<label>a&nbsp;b</label>'),
      "tabs/Box__c.tab:2:15 CustomTab Box__c: Error parsing file: Entity 'nbsp' not defined",
    ],
    [
      'a DTD',
      'tabs/Box__c.tab',
      `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e "z">]>\n${file('CustomTab', '<label>&e;</label>')}`,
      'tabs/Box__c.tab:2:1 CustomTab Box__c: Error parsing file: DOCTYPE is not allowed.',
    ],
    [
      'an empty file',
      'tabs/Box__c.tab',
      '',
      'tabs/Box__c.tab:1:1 CustomTab Box__c: Error parsing file: Premature end of file.',
    ],
  ])('refuses %s', (_what, path, content, expected) => {
    const result = deployFiles(orgWithBasics(), { [path]: content });
    expect(result.status).toBe('Failed');
    expect(failuresOf(result)).toEqual([expected]);
  });

  it('takes elements in any order, comments and CDATA', () => {
    const result = deployFiles(orgWithBasics(), {
      'tabs/Box__c.tab': file(
        'CustomTab',
        '<motif>Custom63: Chip</motif><!-- which -->\n<description><![CDATA[a & b]]></description><customObject>true</customObject>',
      ),
    });
    expect(failuresOf(result)).toEqual([]);
    expect(result.status).toBe('Succeeded');
  });
});
