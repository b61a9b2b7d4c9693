import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OrgData } from '../../../data/org-data.ts';
import { codeFiles } from '../../../test/contract/apex/code-org.ts';
import { Jobs } from '../../deploy/jobs.ts';
import { manifestOf, noTests, orgWithBasics, zipOf } from '../../test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../../test/project.ts';
import { ApexLs } from '../apex-ls.ts';
import { installedJava } from '../java.ts';
import { LEAST_JAVA } from '../run.ts';

/** A mistake that the org's own compiler lets pass. */
const FINAL = 'public class Ended {\n  public final virtual void go() {}\n}';

const options = {
  allowMissingFiles: false,
  checkOnly: false,
  ignoreWarnings: false,
  purgeOnDelete: false,
  rollbackOnError: true,
  runTests: [],
  singlePackage: true,
  testLevel: 'NoTestRun',
};

const java = await installedJava(LEAST_JAVA);
const found = () => Promise.resolve(java);
let folder: string;
const open: OrgData[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-apex-ls-'));
});
afterEach(() => {
  for (const org of open.splice(0)) org.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Deploys of an org that asks apex-ls, with a cache of its own. */
function jobsOf(findJava: () => Promise<string | undefined>, org = orgWithBasics()): Jobs {
  open.push(org);
  const apexLs = new ApexLs(() => undefined, { findJava, folder });
  return new Jobs({ target: org, now: () => new Date(0), tests: noTests, apexLs });
}

/** What a deploy has come to, and whether it had to wait for that. */
async function deployed(jobs: Jobs, files: ReturnType<typeof codeFiles>) {
  const zip = zipOf({ ...files, 'package.xml': manifestOf(files) });
  const by = { id: '005000000000001AAA', name: 'Ada Admin' };
  const id = jobs.start({ by, zip, options });
  const result = () => jobs.find(id)?.result;
  const waited = result()?.done === false;
  await expect.poll(() => result()?.done, { timeout: 100_000 }).toBe(true);
  const said = (result()?.details.componentFailures ?? []).map(
    ({ fullName, lineNumber, problem }) => `${fullName}:${lineNumber} ${problem}`,
  );
  return { waited, said, success: result()?.success };
}

it.skipIf(java === undefined)(
  'a mistake that apex-ls alone sees is refused by it; what it has judged once waits no more',
  async () => {
    const first = await deployed(jobsOf(found), codeFiles(FINAL));
    const said = ["Ended:2 Annotation 'final' is not supported on methods"];
    expect(first).toEqual({ waited: true, said, success: false });
    const again = await deployed(jobsOf(found), codeFiles(FINAL));
    expect(again).toEqual({ waited: false, said, success: false });
  },
);

it("the project's own Apex waits for nothing", async () => {
  const files = packageOf(projectSource());
  const own = await deployed(jobsOf(found, orgForProject()), files);
  expect(own).toEqual({ waited: false, said: [], success: true });
});

it('without Java the own compiler judges alone, and no later deploy waits', async () => {
  const jobs = jobsOf(() => Promise.resolve(undefined));
  await deployed(jobs, codeFiles(FINAL));
  const next = await deployed(jobs, codeFiles('public class Other { }'));
  expect(next).toEqual({ waited: false, said: [], success: true });
});
