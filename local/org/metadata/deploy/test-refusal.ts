import type { ApexClass } from '@salesforce/types/metadata';
import type { PackageFiles } from '../read/zip.ts';
import type { DeployOptions } from './result.ts';
import type { MetadataTarget } from '../plan/target.ts';

/** Test levels that run the tests which the org has, none when it has none. */
const levels = new Set(['RunLocalTests', 'RunAllTestsInOrg', 'RunRelevantTests']);

const isTest = (source = ''): boolean => /@isTest\b|\btestMethod\b/i.test(source);

function testClasses(files: PackageFiles, target: MetadataTarget): readonly string[] {
  const kept = target
    .components()
    .filter(({ type, body }) => type === 'ApexClass' && isTest((body as ApexClass).content))
    .map(({ fullName }) => fullName);
  const brought = files.paths
    .filter((path) => /^classes\/\w+\.cls$/.test(path) && isTest(files.text(path)))
    .map((path) => path.slice('classes/'.length, -'.cls'.length));
  return [...new Set([...kept, ...brought])].toSorted();
}

/**
 * Why a deploy that asks for Apex tests is refused: a success of no tests at all would say that they
 * passed. Where there are none, in the org or the deploy, there is nothing to refuse.
 */
export function testRefusal(
  { runTests, testLevel }: DeployOptions,
  files: PackageFiles,
  target: MetadataTarget,
): string | undefined {
  const isNamed = runTests.length > 0 || testLevel === 'RunSpecifiedTests';
  if (!isNamed && !levels.has(testLevel)) return undefined;
  const tests = isNamed ? runTests : testClasses(files, target);
  if (!isNamed && tests.length === 0) return undefined;
  return (
    `NOT_EMULATED: the local org runs no Apex tests for a deploy (${tests.join(', ')}). ` +
    'Deploy without --test-level and --tests. Instead of sf project deploy validate, which always asks for tests, ' +
    'run sf project deploy start --dry-run, and sf project deploy quick --job-id with the id that it shows. ' +
    'Only a real org runs the tests.'
  );
}
