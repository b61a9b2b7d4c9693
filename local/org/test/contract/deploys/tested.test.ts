import { afterAll, beforeAll, expect, it } from 'vitest';
import { file, manifestOf, object, zipOf, type Files } from '../../../metadata/test/packages.ts';
import { HttpOrg } from '../http-org.ts';
import { statement } from '../statement.ts';

const classFile = (name: string, content: string): Files => ({
  [`classes/${name}.cls`]: content,
  [`classes/${name}.cls-meta.xml`]: file(
    'ApexClass',
    '<apiVersion>66.0</apiVersion><status>Active</status>',
  ),
});

/** Three statements of `times` are covered by a test with 1, four by one with 0. */
const crate: Files = {
  'objects/Crate__c.object': object('Crate'),
  ...classFile(
    'Crates',
    `public class Crates {
  public static Integer times(Integer one) {
    Integer all = one;
    if (one == 0) {
      all = 2;
    }
    insert new Crate__c(Name = 'a');
    return all;
  }
}`,
  ),
};

const test = (name: string, with_: number, expected: number): Files =>
  classFile(
    name,
    `@IsTest private class ${name} {
  @IsTest static void itCounts() {
    Assert.areEqual(${expected}, Crates.times(${with_}));
    Assert.areEqual(1, [SELECT COUNT() FROM Crate__c]);
  }
}`,
  );
const thick = test('ThickTest', 0, 2);
const failing = test('FailingTest', 0, 3);
/** Covers nothing. */
const thin = classFile('ThinTest', '@IsTest private class ThinTest { @IsTest static void t() {} }');

let http: HttpOrg;
beforeAll(async () => {
  http = await HttpOrg.start();
});
afterAll(() => http.close());

interface Result {
  readonly success: boolean;
  readonly status: string;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly numberTestsTotal: number;
  readonly numberTestErrors: number;
  readonly details: {
    readonly componentFailures: readonly object[];
    readonly runTestResult: {
      readonly failures?: readonly object[];
      readonly codeCoverageWarnings?: readonly {
        readonly name: string | null;
        readonly message: string;
      }[];
    };
  };
}

async function deployed(files: Files, options: object): Promise<Result> {
  const form = new FormData();
  const zip = new Uint8Array(zipOf({ 'package.xml': manifestOf(files), ...files }));
  form.append('file', new Blob([zip], { type: 'application/zip' }), 'package.xml');
  const deployOptions = { singlePackage: true, rollbackOnError: true, ...options };
  const text = JSON.stringify({ deployOptions });
  form.append('entity_content', new Blob([text], { type: 'application/json' }));
  const headers = { authorization: `Bearer ${http.org.adminToken}` };
  const path = `${http.url}/services/data/v66.0/metadata/deployRequest`;
  const answer = await fetch(path, { method: 'POST', headers, body: form });
  const { id } = (await answer.json()) as { readonly id: string };
  const { body } = await http.rest('GET', `/metadata/deployRequest/${id}?includeDetails=true`);
  return (body as { readonly deployResult: Result }).deployResult;
}

const isThere = (): boolean => http.org.data.object('Crate__c') !== undefined;
const named = (...runTests: readonly string[]) => ({ testLevel: 'RunSpecifiedTests', runTests });

statement.group(
  'A deploy with `RunSpecifiedTests` runs the Apex tests that it names, one with `RunLocalTests` or `RunAllTestsInOrg` all of the org and its own, once its components are written; it fails whole where a test fails, where named tests cover less than 75 % of a class of the deploy, or all tests less than 75 % of all classes.',
  () => {
    it('where a test fails', async () => {
      for (const options of [named('FailingTest'), { testLevel: 'RunLocalTests' }]) {
        const result = await deployed({ ...crate, ...thick, ...failing }, options);
        expect(result).toMatchObject({ success: false, status: 'Failed', numberTestErrors: 1 });
        expect(result.details.runTestResult.failures).toMatchObject([
          {
            name: 'FailingTest',
            methodName: 'itCounts',
            message: 'System.AssertException: Assertion Failed: Expected: 3, Actual: 2',
            stackTrace: 'Class.FailingTest.itCounts: line 3, column 1',
          },
        ]);
        expect(isThere()).toBe(false);
      }
    });

    it('where named tests cover too little of a class, though it would be kept in part', async () => {
      const files = { ...crate, ...thick, ...thin };
      const result = await deployed(files, { ...named('ThinTest'), rollbackOnError: false });
      expect(result).toMatchObject({ success: false, status: 'Failed', numberTestErrors: 0 });
      expect(result.details.runTestResult.codeCoverageWarnings).toMatchObject([
        {
          name: 'Crates',
          message:
            'Test coverage of selected Apex Class is 0%, at least 75% test coverage is required',
        },
      ]);
      expect(isThere()).toBe(false);
    });

    it('where all tests cover too little of all classes', async () => {
      const result = await deployed({ ...crate, ...thin }, { testLevel: 'RunAllTestsInOrg' });
      expect(result).toMatchObject({ success: false, numberTestsTotal: 1, numberTestErrors: 0 });
      expect(result.details.runTestResult.codeCoverageWarnings).toMatchObject([
        {
          name: null,
          message:
            'Average test coverage across all Apex Classes and Triggers is 0%, at least 75% test coverage is required.',
        },
      ]);
      expect(isThere()).toBe(false);
    });

    it('runs none where a component fails', async () => {
      const bad = { 'objects/Bad__c.object': file('CustomObject', '') };
      const result = await deployed({ ...crate, ...failing, ...bad }, named('FailingTest'));
      expect(result).toMatchObject({ success: false, numberTestsTotal: 0 });
      expect(result.details.componentFailures).not.toEqual([]);
    });

    it('and keeps nothing of the tests where all is well', async () => {
      const validated = await deployed(
        { ...crate, ...thick },
        { ...named('ThickTest'), checkOnly: true },
      );
      expect([validated.success, validated.numberTestsTotal, isThere()]).toEqual([true, 1, false]);
      const result = await deployed({ ...crate, ...thick, ...thin }, named('ThickTest'));
      expect(result).toMatchObject({ success: true, numberTestsTotal: 1, numberTestErrors: 0 });
      expect(await http.query('SELECT Id FROM Crate__c')).toEqual([]);
      // Of classes that a deploy with named tests does not bring, nothing is asked.
      const later = await deployed(thin, named('ThinTest'));
      expect([later.success, later.details.runTestResult.codeCoverageWarnings]).toEqual([true, []]);
      const all = await deployed(thin, { testLevel: 'RunLocalTests' });
      expect([all.success, all.numberTestsTotal]).toEqual([true, 2]);
    });
  },
);

statement(
  '`RunRelevantTests` is refused with `NOT_EMULATED`; a test that there is not, and `RunSpecifiedTests` without names, are refused.',
  async () => {
    const files = { 'objects/Barrel__c.object': object('Barrel') };
    for (const [options, code] of [
      [{ testLevel: 'RunRelevantTests' }, 'NOT_EMULATED'],
      [named('Nowhere'), 'INVALID_INPUT'],
      [named(), 'INVALID_OPERATION'],
    ] as const) {
      const { success, errorStatusCode } = await deployed(files, options);
      expect([success, errorStatusCode]).toEqual([false, code]);
      expect(http.org.data.object('Barrel__c')).toBeUndefined();
    }
  },
);
