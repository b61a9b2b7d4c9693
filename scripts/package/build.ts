import type { RunOptions, SfCli } from '../lib/sf.ts';
import { CONTENT } from './content.ts';
import type { PackageFacts } from './version.ts';

const DESCRIPTION = 'WooCommerce in Salesforce: objects, code, pages and permission sets';

/** What a dry run says of a build that promotes. */
export const RELEASE =
  'With --promote it is then released for production orgs, which cannot be taken back.';

export interface Build {
  readonly hub: string;
  /** For how long the Dev Hub may take, in minutes. */
  readonly wait: number;
  /** Only a version that is promoted goes into a production org. */
  readonly promote: boolean;
}

/**
 * Builds a version of the package, and makes the package where the project has none yet; the CLI writes ids of both into
 * sfdx-project.json.
 * @param read the files of the project, as they are after each command
 * @returns id of the version, 04t…
 * @throws Error with what the CLI printed
 */
export async function buildVersion(
  sf: SfCli,
  read: () => PackageFacts,
  { hub, wait, promote }: Build,
  options: RunOptions = {},
): Promise<string> {
  const at = ['--target-dev-hub', hub];
  const { name, aliases, version } = read();
  if (aliases[name] === undefined) {
    const kind = ['--package-type', 'Unlocked', '--path', CONTENT, '--no-namespace'];
    const create = ['package', 'create', '--name', name, ...kind, '--description', DESCRIPTION];
    await sf.must([...create, ...at], options);
  }
  const before = new Set(Object.values(read().aliases));
  // A version without coverage cannot be promoted. The source is public, so that no key has to keep it.
  const checks = ['--installation-key-bypass', '--code-coverage', '--wait', String(wait)];
  const create = ['package', 'version', 'create', '--package', name, ...checks];
  await sf.must([...create, '--tag', `v${version}`, ...at], options);
  const made = Object.values(read().aliases).find((id) => id.startsWith('04t') && !before.has(id));
  if (made === undefined) {
    throw new Error(
      `The Dev Hub has not built the version within ${wait} minutes: see sf package version create list --target-dev-hub ${hub}.`,
    );
  }
  if (promote) {
    const release = ['package', 'version', 'promote', '--package', made, '--no-prompt'];
    await sf.must([...release, ...at], options);
  }
  return made;
}
