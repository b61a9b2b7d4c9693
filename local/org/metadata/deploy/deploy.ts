import type { ApexLs } from '../apex-ls/apex-ls.ts';
import { deleteComponents } from '../delete/delete.ts';
import { type Deployer, type MetadataTarget, orgOf } from '../plan/target.ts';
import { write } from '../plan/write.ts';
import { type Contents, type Failure, readComponents } from '../read/components.ts';
import { type Deletions, readDeletions } from '../read/deletions.ts';
import { readManifest } from '../read/manifest.ts';
import { findUnmatched } from '../read/unmatched.ts';
import { type PackageFiles, readPackage, ZipError } from '../read/zip.ts';
import { check } from './check.ts';
import {
  type DeployOptions,
  deployResult,
  type DeployResult,
  type Frame,
  manifestFailure,
  type Outcome,
  refusedResult,
} from './result.ts';
import { areTestsSound } from './test-result.ts';
import { type ApexTests, runDeployTests, testRefusal, UnknownTest } from './tests.ts';

/** One deploy as it was asked for. */
export interface DeployRequest {
  readonly id: string;
  readonly by: Deployer;
  readonly zip: Uint8Array;
  readonly options: DeployOptions;
}

/** Keeps what is done, or only tries it: what the org itself refuses shows in a dry run too. */
function tried(target: MetadataTarget, options: DeployOptions, act: () => Outcome): Outcome {
  target.begin();
  let outcome: Outcome;
  try {
    outcome = act();
  } catch (error) {
    target.rollback();
    throw error;
  }
  const isKept =
    (outcome.failures.length === 0 || !options.rollbackOnError) && areTestsSound(outcome.tests);
  if (isKept && !options.checkOnly) target.commit();
  else target.rollback();
  return outcome;
}

/** Runs the tests that are asked for where all the rest is well: a deploy that fails runs none. */
function tested(
  outcome: Outcome,
  { by, options }: Pick<DeployRequest, 'by' | 'options'>,
  tests: ApexTests,
): Outcome {
  if (outcome.failures.length > 0) return outcome;
  const run = runDeployTests(options, outcome.plan, tests, by);
  return run === undefined ? outcome : { ...outcome, tests: run };
}

/** Deletes, deploys and deletes again, in the order of the Metadata API. */
function change(
  contents: Contents,
  unmatched: readonly Failure[],
  deletions: Deletions,
  { target, apexLs }: Pick<DeployParts, 'target' | 'apexLs'>,
): Outcome {
  const first = deleteComponents(deletions.before, target);
  const { plan, failures } = check(orgOf(target), contents.drafts, apexLs);
  const ids = write(plan, target);
  const last = deleteComponents(deletions.after, target);
  const deleted = [first, last];
  return {
    plan,
    ids,
    deleted,
    failures: [
      ...contents.failures,
      ...unmatched,
      ...deletions.failures,
      ...failures,
      ...deleted.flatMap((one) => one.failures),
    ],
  };
}

function manifestProblems(files: PackageFiles, problems: readonly Omit<Failure, 'type'>[]) {
  return problems.map((one) => ({ ...one, type: '', fileName: `${files.root}package.xml` }));
}

function deployFiles(
  files: PackageFiles,
  { by, options }: DeployRequest,
  parts: DeployParts,
  frame: () => Frame,
): DeployResult {
  const fullName = 'package.xml';
  const place = { fullName, fileName: fullName, line: 1, column: 1 };
  if (!files.paths.includes(fullName)) {
    const missing = [{ ...place, message: 'No package.xml found' }];
    return manifestFailure(frame(), manifestProblems(files, missing));
  }
  const manifest = readManifest(files.text(fullName));
  if ('problems' in manifest) {
    const problems = manifest.problems.map((one) => ({ ...place, ...one }));
    return manifestFailure(frame(), manifestProblems(files, problems));
  }
  const refused = testRefusal(options);
  if (refused) return refusedResult(frame(), refused.message, refused.code);
  const contents = readComponents(files, manifest);
  const unmatched = findUnmatched(files, manifest, contents, options.allowMissingFiles);
  const deletions = readDeletions(files);
  const outcome = tried(parts.target, options, () =>
    tested(change(contents, unmatched, deletions, parts), { by, options }, parts.tests),
  );
  return deployResult(frame(), outcome, `${files.root}${fullName}`);
}

/** What deploys work on. */
export interface DeployParts {
  readonly target: MetadataTarget;
  readonly tests: ApexTests;
  readonly now: () => Date;
  /** A second judge of Apex; left out where none is asked. */
  readonly apexLs?: ApexLs | undefined;
}

/**
 * Deploys a zip into the org and says what became of each component. All or nothing with
 * `rollbackOnError`; nothing at all with `checkOnly`.
 * @throws when the org fails on what the rules let pass; nothing is kept then
 * @throws Unjudged where apex-ls has to run first; nothing is kept then either
 */
export function deploy(request: DeployRequest, parts: DeployParts): DeployResult {
  const { id, by, zip, options } = request;
  const { now } = parts;
  const started = now().toISOString();
  const frame = (): Frame => ({ id, by, options, started, ended: now().toISOString() });
  try {
    const files = readPackage(zip, options.singlePackage);
    return deployFiles(files, request, parts, frame);
  } catch (error) {
    if (error instanceof UnknownTest) return refusedResult(frame(), error.message, 'INVALID_INPUT');
    if (error instanceof ZipError) return refusedResult(frame(), error.message);
    throw error;
  }
}
