import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessControl } from '../local/org/access/access-control.ts';
import { TestRunner, type TestRun } from '../local/org/apex/host/tests.ts';
import type { OrgData } from '../local/org/data/org-data.ts';
import { serveFlows } from '../local/org/flow/system-records.ts';
import { condition, decision, flow, formula, outcome } from '../local/org/flow/test/flows.ts';
import { deployFiles, failuresOf, file, type Files } from '../local/org/metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../local/org/metadata/test/project.ts';
import { recordsOf } from '../local/org/rest/flow-records.ts';
import { createRecords } from '../local/org/write/batch.ts';
import { DEPLOY_TESTS } from './lib/install/production.ts';
import { root } from './lib/sf.ts';

/** Statements of a class that its tests run at least, in percent: 75 would do for a production org. */
const LEAST_PERCENT = 90;

const CI = join(root, 'config/ci/main/default');
const ciFile = (path: string): string => readFileSync(join(CI, path), 'utf8');

const CI_TESTS = ['WooGatewayTableTest', 'WooMappingsCiTest', 'WooMappingToldCiTest'];

/** What continuous integration deploys besides. */
const ciTests = {
  ...Object.fromEntries(
    CI_TESTS.flatMap((name) =>
      [`classes/${name}.cls`, `classes/${name}.cls-meta.xml`].map((path) => [path, ciFile(path)]),
    ),
  ),
  'staticresources/Woo_Gateway_More_Cases.resource': ciFile(
    'staticresources/Woo_Gateway_More_Cases.json',
  ),
  'staticresources/Woo_Gateway_More_Cases.resource-meta.xml': ciFile(
    'staticresources/Woo_Gateway_More_Cases.resource-meta.xml',
  ),
};

function orgWithTests(): OrgData {
  const org = orgForProject();
  serveFlows(org, (userId) => recordsOf(org, { userId }));
  expect(failuresOf(deployFiles(org, { ...packageOf(projectSource()), ...ciTests }))).toEqual([]);
  return org;
}

let org: OrgData;
let admin: string;

beforeAll(() => {
  org = orgWithTests();
  const row = org.db.get("SELECT Id FROM User WHERE Username = 'admin@local-org.example'");
  admin = String(row?.['Id']);
});

const runIn = (where: OrgData, classes: readonly string[]): TestRun =>
  new TestRunner(where, new AccessControl(where), admin).run(
    classes.map((className) => ({ className })),
  );
const run = (...classes: readonly string[]): TestRun => runIn(org, classes);

/** Class, method and message of each test that failed. */
const failures = ({ results }: TestRun): readonly string[] =>
  results.flatMap(({ className, method, failure }) =>
    failure ? [`${className}.${method}: ${failure.message}\n${failure.trace}`] : [],
  );

/** Classes of which fewer statements run, and how many do. */
const thin = ({ coverage }: TestRun): readonly string[] =>
  coverage.flatMap(({ name, covered, uncovered }) => {
    const percent = Math.floor((100 * covered.length) / (covered.length + uncovered.length));
    return percent < LEAST_PERCENT ? [`${name} ${percent} %`] : [];
  });

function assignWooAdmin(): void {
  const set = org.db.get("SELECT Id FROM PermissionSet WHERE Name = 'Woo_Admin'");
  const record = { AssigneeId: admin, PermissionSetId: set?.['Id'] };
  const [assigned] = createRecords(
    ...([org, { userId: admin }] as const),
    [{ type: 'PermissionSetAssignment', record }],
    true,
  );
  expect(assigned).toMatchObject({ success: true });
}

describe('the Apex tests of the project', () => {
  it('pass for an administrator who has no permission set yet', () => {
    const tests = run(...DEPLOY_TESTS, ...CI_TESTS);
    expect(tests.results.length).toBeGreaterThan(20);
    expect(new Set(tests.results.map((one) => one.className)).size).toBe(
      DEPLOY_TESTS.length + CI_TESTS.length,
    );
    expect(failures(tests)).toEqual([]);
  });

  it('cover each class well enough by those alone that a production deploy names', () => {
    const tests = run(...DEPLOY_TESTS);
    expect(tests.coverage.length).toBeGreaterThan(10);
    expect(thin(tests)).toEqual([]);
  });

  it.each(DEPLOY_TESTS.filter((name) => name !== 'WooFlowsTest'))(
    'do not cover them without %s',
    (left) => {
      expect(thin(run(...DEPLOY_TESTS.filter((name) => name !== left)))).not.toEqual([]);
    },
  );

  it('pass for one with Woo Admin, too', () => {
    org.db.begin();
    try {
      assignWooAdmin();
      expect(failures(run(...DEPLOY_TESTS))).toEqual([]);
    } finally {
      org.db.rollback();
    }
  });

  describe('in an org whose own rules refuse every save', () => {
    const OBJECTS = ['Product2', 'Contact', 'Account', 'Woo_Command__c', 'Woo_Sync_Issue__c'];
    const rule = `<validationRules><fullName>Never</fullName><active>true</active><errorConditionFormula>TRUE</errorConditionFormula><errorMessage>Ask the owner of this org.</errorMessage></validationRules>`;
    const required = `<fields><fullName>Cost_Centre__c</fullName><label>Cost Centre</label><length>10</length><required>true</required><type>Text</type></fields>`;
    /** Divides by zero: so a flow of others refuses a save, as a trigger that throws does. */
    const failing = (object: string): string =>
      flow(
        formula('Nothing', '1 / 0', 'Number') +
          decision('A', outcome('Yes', condition('Nothing', 'EqualTo', 1), 'A')),
        { object },
      );
    const each = (path: (object: string) => string, text: (object: string) => string): Files =>
      Object.fromEntries(OBJECTS.map((object) => [path(object), text(object)]));
    /** A part of each object alone, as the CLI deploys one. */
    const inObjects = (type: string, name: string, inner: string): Files => ({
      ...each(
        (object) => `objects/${object}.object`,
        () => file('CustomObject', inner),
      ),
      'package.xml': file(
        'Package',
        `<types>${OBJECTS.map((object) => `<members>${object}.${name}</members>`).join('')}<name>${type}</name></types><version>66.0</version>`,
      ),
    });
    const foreign: Readonly<Record<string, Files>> = {
      'validation rules': inObjects('ValidationRule', 'Never', rule),
      'required fields': inObjects('CustomField', 'Cost_Centre__c', required),
      flows: each((object) => `flows/Theirs_${object.replace(/__c$/, '')}.flow`, failing),
    };

    it.each(Object.keys(foreign))('%s: they pass and cover each class all the same', (kind) => {
      const theirs = orgWithTests();
      expect(failuresOf(deployFiles(theirs, foreign[kind] ?? {}))).toEqual([]);
      const [refused] = createRecords(
        ...([theirs, { userId: admin }] as const),
        [{ type: 'Product2', record: { Name: 'Mug' } }],
        false,
      );
      expect(refused?.success).toBe(false);
      const tests = runIn(theirs, DEPLOY_TESTS);
      expect(failures(tests)).toEqual([]);
      expect(thin(tests)).toEqual([]);
    });
  });

  it('read their own table where a package of others has a static resource of its name', () => {
    org.db.begin();
    try {
      const theirs = { Name: 'Woo_Gateway_Cases', NamespacePrefix: 'theirs' };
      org.putSystemRow('StaticResource', theirs, { ContentType: 'application/json' });
      expect(failures(run('WooGatewayTest'))).toEqual([]);
    } finally {
      org.db.rollback();
    }
  });

  it('leave nothing in the org', () => {
    const count = () => org.db.get('SELECT count(*) AS n FROM "Woo_Command__c"')?.['n'];
    const before = count();
    run('WooFlowsTest');
    expect(count()).toBe(before);
  });
});
