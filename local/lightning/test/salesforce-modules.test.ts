import { runInNewContext } from 'node:vm';
import { rollup, type Plugin } from 'rollup';
import { expect, test } from 'vitest';
import { readLabels } from '../build/labels.ts';
import { salesforceModules } from '../build/salesforce-modules.ts';
import { fixture } from './fixture.ts';

const page = '/page/thing.js';

/** What a component gets that imports one module, with the page's settings. */
async function imported(name: string, settings: object = {}, more = ''): Promise<unknown> {
  const callApex = 'export const callApex = (...given) => given;';
  const entry: Plugin = {
    name: 'entry',
    resolveId: (id) => ([page, 'platform/apex'].includes(id) ? id : null),
    load: (id) =>
      id === page
        ? `import value from '${name}';\nexport default value;${more}`
        : id === 'platform/apex'
          ? callApex
          : null,
  };
  const bundle = await rollup({
    input: page,
    plugins: [entry, salesforceModules(fixture(), readLabels(fixture()))],
    onwarn: (log) => {
      throw new Error(log.message);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'result' });
  await bundle.close();
  return runInNewContext(`${output[0].code}\nresult`, { lightningHost: settings });
}

test('labels are those of the page, not of the build', async () => {
  const settings = { labels: { Greeting: 'こんにちは' } };
  expect(await imported('@salesforce/label/c.Greeting', settings)).toBe('こんにちは');
});

test.each([
  ['@salesforce/user/Id', { userId: '005x' }, '005x'],
  ['@salesforce/i18n/locale', { locale: 'ja-JP' }, 'ja-JP'],
  ['@salesforce/i18n/timeZone', { timeZone: 'UTC' }, 'UTC'],
  ['@salesforce/i18n/currency', { currency: 'EUR' }, 'EUR'],
  ['@salesforce/client/formFactor', { formFactor: 'Small' }, 'Small'],
])('%s is a setting of the page', async (name, settings, value) => {
  expect(await imported(name, settings)).toBe(value);
});

test.each([
  ['who has it', ['May_Run', 'Other'], true],
  ['who does not', ['Other'], undefined],
])('a custom permission is that of the person: %s', async (_who, customPermissions, value) => {
  const settings = { customPermissions };
  expect(await imported('@salesforce/customPermission/May_Run', settings)).toBe(value);
});

test.each([
  ['Thing__c', { objectApiName: 'Thing__c' }],
  ['Thing__c.Color__c', { objectApiName: 'Thing__c', fieldApiName: 'Color__c' }],
  ['Thing__c.Name', { objectApiName: 'Thing__c', fieldApiName: 'Name' }],
  ['Contact.Account.Name', { objectApiName: 'Contact', fieldApiName: 'Account.Name' }],
])('the schema token %s', async (name, token) => {
  expect(await imported(`@salesforce/schema/${name}`)).toEqual(token);
});

test.each([
  ['@salesforce/label/c.Nothing', 'There is no custom label Nothing in the project'],
  ['@salesforce/schema/Nothing__c', 'There is no object Nothing__c in the project'],
  ['@salesforce/schema/Thing__c.Colour__c', 'There is no field Thing__c.Colour__c in the project'],
  ['@salesforce/schema/Thing__c.Owner__r.Name', 'There is no field Thing__c.Owner__c'],
  ['@salesforce/apex', 'it has calls of Apex methods alone'],
  ['@salesforce/apex/Nothing.all', 'There is no Apex class Nothing in the project'],
  ['@salesforce/apex/Things.hidden', 'no public static method hidden with @AuraEnabled'],
  ['@salesforce/apex/Things.commented', 'it has: all, names.'],
  ['@salesforce/apex/Things.All', 'no public static method All'],
  ['@salesforce/apexContinuation/Things.all', 'it has calls of Apex methods alone'],
  ['@salesforce/customPermission/Nothing', 'There is no custom permission Nothing in the project'],
  ['@salesforce/userPermission/ViewSetup', 'cannot ask an org'],
  ['@salesforce/resourceUrl/things', 'no static resources'],
])('%s ends the build with the file and the reason', async (name, reason) => {
  const failed = imported(name);
  await expect(failed).rejects.toThrow(page);
  await expect(failed).rejects.toThrow(reason);
});

test.each(['all', 'names'])('an Apex method is called by its name: %s', async (method) => {
  const call = (await imported(`@salesforce/apex/Things.${method}`)) as (args: object) => unknown;
  expect(call({ most: 2 })).toEqual(['Things', method, { most: 2 }]);
});

test('a wire of an Apex method ends the build with the file and what to do', async () => {
  const wire = '\n// @wire(value, {})';
  const failed = imported('@salesforce/apex/Things.all', {}, wire);
  await expect(failed).rejects.toThrow(`${page} wires @salesforce/apex/Things.all. The host has`);
});
