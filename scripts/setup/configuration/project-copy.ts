import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { inPrivateFolder } from '../../lib/connect/private-folder.ts';
import { root } from '../../lib/sf.ts';
import type { MappingAnswers } from '../answers/questions.ts';
import type { Env } from '../service/env-file.ts';
import { editsOf, type Edits } from './edits.ts';

/**
 * What the answers change in the project.
 * @param answers null where the org keeps its configuration
 * @param env variables by which the CLI replaces texts of the project
 */
export function editsOfProject(answers: MappingAnswers | null, env: Env): Edits {
  if (answers === null) return new Map();
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const persons = readdirSync(join(root, 'config/recipes/person-accounts/customMetadata'));
  const own = editsOf(answers, read, persons);
  const file = read(PROJECT_FILE);
  const needed = withoutIdle(file, env);
  return needed === file ? own : new Map([...own, [PROJECT_FILE, needed]]);
}

const PROJECT_FILE = 'sfdx-project.json';
const replacing = z.looseObject({
  replacements: z.array(
    z.looseObject({ stringToReplace: z.string().optional(), replaceWithEnv: z.string() }),
  ),
});

/**
 * The text of a project without replacements that put in what stands there: the CLI takes their text for one that it
 * has not found, and warns.
 */
function withoutIdle(text: string, env: Env): string {
  const project = replacing.parse(JSON.parse(text));
  const replacements = project.replacements.filter(
    ({ stringToReplace, replaceWithEnv }) =>
      stringToReplace === undefined || env[replaceWithEnv] !== stringToReplace,
  );
  if (replacements.length === project.replacements.length) return text;
  return `${JSON.stringify({ ...project, replacements }, null, 2)}\n`;
}

const project = z.object({ packageDirectories: z.array(z.object({ path: z.string() })) });

/**
 * Gives the folder of a project to deploy from: a copy with the edits, which is removed afterwards, or this project
 * where there are none. The files of the project stay as they are.
 */
export async function inProject(
  edits: Edits,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  if (edits.size === 0) return use(root);
  await inPrivateFolder(async (copy) => {
    for (const path of [PROJECT_FILE, '.forceignore', ...packagePaths()])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    for (const [path, text] of edits) writeFileSync(join(copy, path), text);
    await use(copy);
  });
}

function packagePaths(): readonly string[] {
  const { packageDirectories } = project.parse(
    JSON.parse(readFileSync(join(root, PROJECT_FILE), 'utf8')),
  );
  return packageDirectories.map(({ path }) => path);
}
