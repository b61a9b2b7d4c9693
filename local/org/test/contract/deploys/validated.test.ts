import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrgData } from '../../../data/org-data.ts';
import { Jobs } from '../../../metadata/deploy/jobs.ts';
import type { DeployOptions } from '../../../metadata/deploy/result.ts';
import {
  file,
  manifestOf,
  noTests,
  object,
  zipOf,
  type Files,
} from '../../../metadata/test/packages.ts';
import { HttpOrg } from '../http-org.ts';
import { statement } from '../statement.ts';

const crate: Files = { 'objects/Crate__c.object': object('Crate') };

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
      const jobs = new Jobs({ target: org, now: () => now, tests: noTests });
      const by = { id: '005', name: 'A' };
      const options: DeployOptions = {
        allowMissingFiles: false,
        checkOnly: true,
        ignoreWarnings: false,
        purgeOnDelete: false,
        rollbackOnError: true,
        runTests: [],
        singlePackage: true,
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
