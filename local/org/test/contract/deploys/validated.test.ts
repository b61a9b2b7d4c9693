import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrgData } from '../../../data/org-data.ts';
import { Jobs } from '../../../metadata/deploy/jobs.ts';
import type { DeployOptions } from '../../../metadata/deploy/result.ts';
import {
  deployFiles,
  file,
  manifestOf,
  object,
  zipOf,
  type Files,
} from '../../../metadata/test/packages.ts';
import { HttpOrg } from '../http-org.ts';
import { statement } from '../statement.ts';

const apexClass = (name: string, source: string): Files => ({
  [`classes/${name}.cls`]: source,
  [`classes/${name}.cls-meta.xml`]: file(
    'ApexClass',
    '<apiVersion>66.0</apiVersion><status>Active</status>',
  ),
});
const crate: Files = { 'objects/Crate__c.object': object('Crate') };
const crateTest = apexClass('CrateTest', '@IsTest private class CrateTest {}');
const levels = ['RunLocalTests', 'RunAllTestsInOrg', 'RunRelevantTests', 'RunSpecifiedTests'];

statement.group(
  'A deploy that asks for Apex tests is refused with `NOT_EMULATED`, also when it only validates; levels that name no tests pass where neither the org nor the deploy has any.',
  () => {
    describe.each([false, true])('checkOnly %s', (checkOnly) => {
      it.each(levels)('%s', (testLevel) => {
        const org = createOrgData();
        const brought = deployFiles(org, { ...crate, ...crateTest }, { checkOnly, testLevel });
        expect(brought).toMatchObject({ success: false, errorStatusCode: 'NOT_EMULATED' });
        expect(brought.errorMessage).toContain('the local org runs no Apex tests');
        expect(org.object('Crate__c')).toBeUndefined();
        expect(deployFiles(org, crateTest).success).toBe(true);
        const kept = deployFiles(org, crate, { checkOnly, testLevel });
        expect([kept.success, kept.numberTestsTotal]).toEqual([false, 0]);
      });
    });

    it('without any test', () => {
      const shop = apexClass('Shop', 'public class Shop {}');
      for (const testLevel of levels) {
        const { success } = deployFiles(createOrgData(), { ...crate, ...shop }, { testLevel });
        expect([testLevel, success]).toEqual([testLevel, testLevel !== 'RunSpecifiedTests']);
      }
    });

    it('named ones', () => {
      const result = deployFiles(createOrgData(), crate, { runTests: ['CrateTest'] });
      expect(result.errorMessage).toContain('(CrateTest)');
    });
  },
);

statement.group(
  'A validation that succeeded in the last ten days is deployed by `deployRecentValidation`, over SOAP and REST, and checked anew.',
  () => {
    let http: HttpOrg;
    beforeAll(async () => {
      http = await HttpOrg.start();
    });
    afterAll(() => http.close());

    const validate = async (files: Files, options: object = {}): Promise<string> => {
      const form = new FormData();
      const zip = new Uint8Array(zipOf({ 'package.xml': manifestOf(files), ...files }));
      form.append('file', new Blob([zip], { type: 'application/zip' }), 'package.xml');
      const deployOptions = { singlePackage: true, checkOnly: true, rollbackOnError: true };
      const text = JSON.stringify({ deployOptions: { ...deployOptions, ...options } });
      form.append('entity_content', new Blob([text], { type: 'application/json' }));
      const headers = { authorization: `Bearer ${http.org.adminToken}` };
      const path = `${http.url}/services/data/v66.0/metadata/deployRequest`;
      const answer = await fetch(path, { method: 'POST', headers, body: form });
      return ((await answer.json()) as { id: string }).id;
    };
    const quickByRest = (validatedDeployRequestId: string) =>
      http.rest('POST', '/metadata/deployRequest', { validatedDeployRequestId });

    it('by REST', async () => {
      const id = await validate(crate);
      expect(http.org.data.object('Crate__c')).toBeUndefined();
      const answer = await quickByRest(id);
      expect(answer).toMatchObject({ status: 201, body: { validatedDeployRequestId: id } });
      expect(http.org.data.object('Crate__c')?.label).toBe('Crate');
    });

    it('by SOAP, as the CLI asks', async () => {
      const id = await validate({ 'objects/Barrel__c.object': object('Barrel') });
      const answer = await fetch(`${http.url}/services/Soap/m/66.0`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', soapaction: '""' },
        body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${http.org.adminToken}</sessionId></SessionHeader></e:Header><e:Body xmlns="http://soap.sforce.com/2006/04/metadata"><deployRecentValidation><validationId>${id}</validationId></deployRecentValidation></e:Body></e:Envelope>`,
      });
      expect(await answer.text()).toMatch(/<result>0Af\w+<\/result>/);
      expect(http.org.data.object('Barrel__c')?.label).toBe('Barrel');
    });

    it('not when there is none, it failed, or it was no validation', async () => {
      const failed = await validate({ 'objects/Bad__c.object': file('CustomObject', '') });
      const deployed = await validate(crate, { checkOnly: false });
      for (const id of ['0Af000000000000AAA', failed, deployed]) {
        expect(await quickByRest(id)).toMatchObject({
          status: 400,
          body: [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }],
        });
      }
    });

    it('not after ten days', () => {
      let now = new Date('2026-03-01T10:00:00Z');
      const org = createOrgData();
      const jobs = new Jobs(org, () => now);
      const by = { id: '005', name: 'A' };
      const options: DeployOptions = {
        ...{ allowMissingFiles: false, checkOnly: true, ignoreWarnings: false },
        ...{ purgeOnDelete: false, rollbackOnError: true, runTests: [], singlePackage: true },
        testLevel: 'NoTestRun',
      };
      const zip = zipOf({ 'package.xml': manifestOf(crate), ...crate });
      const id = jobs.start({ by, zip, options });
      now = new Date('2026-03-11T10:00:01Z');
      expect(jobs.startValidated(id, by)).toBeUndefined();
      now = new Date('2026-03-11T10:00:00Z');
      expect(jobs.startValidated(id, by)).toMatch(/^0Af/);
      expect(org.object('Crate__c')?.label).toBe('Crate');
    });
  },
);
