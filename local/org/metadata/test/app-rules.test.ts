import { describe, expect, it } from 'vitest';
import { deployFiles, file, orgWithBasics } from './packages.ts';

describe('rules on apps, their tabs and permissions', () => {
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
      'an app whose pages are for an unknown profile',
      'applications/A.app',
      file(
        'CustomApplication',
        '<label>A</label><profileActionOverrides><actionName>View</actionName><formFactor>Large</formFactor><pageOrSobjectType>Box__c</pageOrSobjectType><type>Default</type><profile>Nope</profile></profileActionOverrides>',
      ),
      'In field: profile - no Profile named Nope found',
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
  ])('refuses %s', (_what, path, content, problem) => {
    const result = deployFiles(orgWithBasics(), { [path]: content });
    expect(result.details.componentFailures.map((one) => one.problem)).toEqual([problem]);
  });
});
