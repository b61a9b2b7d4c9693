import type { AccessControl } from '../access/access-control.ts';
import { chooseTests, testClassesOf } from '../apex/host/chosen-tests.ts';
import { programOf } from '../apex/host/programs.ts';
import { runTestsResult } from '../apex/host/test-result.ts';
import { TestRunner } from '../apex/host/tests.ts';
import type { OrgData } from '../data/org-data.ts';
import type { RunTestsResult } from '../metadata/deploy/test-result.ts';
import type { ApexTests } from '../metadata/deploy/tests.ts';
import type { Deployer } from '../metadata/plan/target.ts';
import type { ToolingRows } from './rows.ts';

/** The Apex tests of deploys, which see the org as the deploy would leave it. */
export class DeployTests implements ApexTests {
  private readonly org: OrgData;
  private readonly access: AccessControl;
  private readonly rows: ToolingRows;

  constructor(org: OrgData, access: AccessControl, rows: ToolingRows) {
    this.org = org;
    this.access = access;
    this.rows = rows;
  }

  names(): readonly string[] {
    return testClassesOf(programOf(this.org));
  }

  run(classes: readonly string[], by: Deployer): RunTestsResult {
    const chosen = chooseTests(
      programOf(this.org),
      [...new Set(classes)].map((className) => ({ className })),
    );
    const run = new TestRunner(this.org, this.access, by.id).run(chosen);
    return runTestsResult(run, (name) => this.rows.classId(name));
  }
}
