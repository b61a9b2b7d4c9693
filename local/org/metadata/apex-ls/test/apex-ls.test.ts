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
import { refusedOf } from '../refused.ts';
import { LEAST_JAVA } from '../run.ts';

/** A mistake that the org's own compiler lets pass. */
const DOUBLY = '/** */\npublic virtual abstract class Doubly { }';

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

function start(jobs: Jobs, files: ReturnType<typeof codeFiles>): string {
  const zip = zipOf({ ...files, 'package.xml': manifestOf(files) });
  const by = { id: '005000000000001AAA', name: 'Ada Admin' };
  return jobs.start({ by, zip, options });
}

/** What a deploy has come to, and whether it had to wait for that. */
async function deployed(jobs: Jobs, files: ReturnType<typeof codeFiles>) {
  const id = start(jobs, files);
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
    const first = await deployed(jobsOf(found), codeFiles(DOUBLY));
    const said = ['Doubly:2 Abstract classes are virtual classes'];
    expect(first).toEqual({ waited: true, said, success: false });
    const again = await deployed(jobsOf(found), codeFiles(DOUBLY));
    expect(again).toEqual({ waited: false, said, success: false });
  },
);

it.skipIf(java === undefined)('a deploy that waits for apex-ls can be canceled', async () => {
  const jobs = jobsOf(found);
  const id = start(jobs, codeFiles('public class Other { }'));
  const grace = { id: '005000000000002AAA', name: 'Grace Admin' };
  expect([jobs.cancel(id, grace), jobs.cancel(id, grace)]).toEqual([true, false]);
  const next = await deployed(jobs, codeFiles('public class Other { }'));
  expect(next).toEqual({ waited: true, said: [], success: true });
  expect(jobs.find(id)?.result).toMatchObject({
    canceledByName: 'Grace Admin',
    done: true,
    status: 'Canceled',
    success: false,
  });
});

it.each([
  ['a loop without an end needs no return', 'Error', 'Code path does not return a value'],
  ['the own compiler finds names, newer ones too', 'Missing', "No type declaration found for 'A'"],
])('%s', (_why, category, message) => {
  const place = { path: 'classes/A.cls', line: 1, column: 1 };
  expect(refusedOf([{ ...place, category, message }])).toEqual([]);
  const other = { ...place, category: 'Error', message: 'Abstract classes are virtual classes' };
  expect(refusedOf([{ ...place, category, message }, other])).toEqual([other]);
});

it('where apex-ls cannot read a class, what it says of the others does not count', () => {
  const wrong = { line: 1, column: 1, message: 'Wrong' };
  expect(
    refusedOf([
      { ...wrong, path: 'classes/New.cls', category: 'Syntax' },
      { ...wrong, path: 'classes/Old.cls', category: 'Error' },
    ]),
  ).toEqual([]);
});

it("the project's own Apex waits for nothing", async () => {
  const files = packageOf(projectSource());
  const own = await deployed(jobsOf(found, orgForProject()), files);
  expect(own).toEqual({ waited: false, said: [], success: true });
});

it('without Java the own compiler judges alone, and no later deploy waits', async () => {
  const jobs = jobsOf(() => Promise.resolve(undefined));
  await deployed(jobs, codeFiles(DOUBLY));
  const next = await deployed(jobs, codeFiles('public class Other { }'));
  expect(next).toEqual({ waited: false, said: [], success: true });
});
