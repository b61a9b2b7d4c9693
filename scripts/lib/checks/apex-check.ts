import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type ApexIssue, runApexLs } from '../../../local/org/metadata/apex-ls/run.ts';
import { findJava } from '../machine/java.ts';
import { root } from '../sf.ts';

/** Copies what the check reads: elsewhere, so that it does not go through node_modules. */
export function copyProject(to: string): void {
  for (const part of ['force-app', 'config', 'sfdx-project.json']) {
    cpSync(join(root, part), join(to, part), { recursive: true });
  }
  // No package of the project: only orgs of continuous integration get it.
  cpSync(join(root, 'config', 'ci', 'main'), join(to, 'force-app', 'main'), { recursive: true });
}

/**
 * Checks names and types of all Apex below a folder with apex-ls.
 * @throws Error where it did not run
 */
export const checkApex = async (folder: string): Promise<readonly ApexIssue[]> =>
  runApexLs(await findJava(), folder);
