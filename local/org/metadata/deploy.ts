import { check } from './plan/check.ts';
import { beforeOf, type Plan } from './plan/plan.ts';
import { write, type RowIds } from './plan/write.ts';
import { readComponents, type Failure } from './read/components.ts';
import { readManifest } from './read/manifest.ts';
import { findUnmatched } from './read/unmatched.ts';
import { readPackage, ZipError, type PackageFiles } from './read/zip.ts';
import {
  deployResult,
  manifestFailure,
  refusedResult,
  type Deployer,
  type DeployOptions,
  type DeployResult,
  type Frame,
} from './result.ts';
import { hasUser, type MetadataTarget } from './target.ts';
import { testRefusal } from './test-refusal.ts';

/** One deploy as it was asked for. */
export interface DeployRequest {
  readonly id: string;
  readonly by: Deployer;
  readonly zip: Uint8Array;
  readonly options: DeployOptions;
}

/** Writes the plan, or only tries to: what the org itself refuses shows in a dry run too. */
function run(plan: Plan, target: MetadataTarget, keep: boolean): RowIds {
  target.begin();
  let ids: RowIds;
  try {
    ids = write(plan, target);
  } catch (error) {
    target.rollback();
    throw error;
  }
  if (keep) target.commit();
  else target.rollback();
  return ids;
}

function manifestProblems(files: PackageFiles, problems: readonly Omit<Failure, 'type'>[]) {
  return problems.map((one) => ({ ...one, type: '', fileName: `${files.root}package.xml` }));
}

function deployFiles(
  files: PackageFiles,
  options: DeployOptions,
  target: MetadataTarget,
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
  const withoutTests = testRefusal(options, files, target);
  if (withoutTests !== undefined) return refusedResult(frame(), withoutTests, 'NOT_EMULATED');
  const contents = readComponents(files, manifest);
  const unmatched = findUnmatched(files, manifest, contents, options.allowMissingFiles);
  const before = beforeOf(
    target.schema(),
    target.components(),
    (name) => hasUser(target, name),
    target.features.translations,
  );
  const { plan, failures: refused } = check(before, contents.drafts);
  const failures = [...contents.failures, ...unmatched, ...refused];
  const keep = !options.checkOnly && (failures.length === 0 || !options.rollbackOnError);
  const ids = run(plan, target, keep);
  return deployResult(frame(), plan, failures, ids, `${files.root}${fullName}`);
}

/**
 * Deploys a zip into the org and says what became of each component. All or nothing with
 * `rollbackOnError`; nothing at all with `checkOnly`.
 * @throws when the org fails on what the rules let pass; nothing is kept then
 */
export function deploy(
  request: DeployRequest,
  target: MetadataTarget,
  now: () => Date = () => new Date(),
): DeployResult {
  const { id, by, zip, options } = request;
  const started = now().toISOString();
  const frame = (): Frame => ({ id, by, options, started, ended: now().toISOString() });
  try {
    return deployFiles(readPackage(zip, options.singlePackage), options, target, frame);
  } catch (error) {
    if (error instanceof ZipError) return refusedResult(frame(), error.message);
    throw error;
  }
}
