import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { findJava } from '../machine/java.ts';
import { root } from '../sf.ts';

/** Something that the Apex compiler would refuse. */
export interface ApexIssue {
  /** Name of the file. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const reportShape = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      messages: z.array(z.object({ start: z.object({ line: z.number() }), message: z.string() })),
    }),
  ),
});

/** Exit codes of a run that came to its end: nothing found, and something. */
const ENDED: readonly (number | null)[] = [0, 4];

/** Copies what the check reads: elsewhere, so that it does not go through node_modules. */
export function copyProject(to: string): void {
  for (const part of ['force-app', 'config', 'sfdx-project.json']) {
    cpSync(join(root, part), join(to, part), { recursive: true });
  }
  // No package of the project: only orgs of continuous integration get it.
  cpSync(join(root, 'config', 'ci', 'main'), join(to, 'force-app', 'main'), { recursive: true });
}

/**
 * Checks names and types of all Apex below a folder with apex-ls, against the project's own objects and the
 * platform's. It does not look into SOQL.
 * @throws Error where it did not run
 */
export function checkApex(folder: string): readonly ApexIssue[] {
  const jars = join(root, 'node_modules', '@flxbl-io', 'apexlink', 'jars', '*');
  const { status, stdout, stderr, error } = spawnSync(
    findJava(),
    ['-cp', jars, 'io.github.apexdevtools.apexls.CheckForIssues', '-w', folder, '-n', '-f', 'json'],
    { encoding: 'utf8' },
  );
  if (error) throw error;
  if (!ENDED.includes(status)) {
    throw new Error(`The Apex check ended with ${status ?? 'a signal'}:\n${stdout}${stderr}`);
  }
  const { files } = reportShape.parse(JSON.parse(stdout));
  return files.flatMap(({ path, messages }) =>
    messages.map(({ start, message }) => ({ file: basename(path), line: start.line, message })),
  );
}
