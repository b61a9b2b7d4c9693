import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { inPrivateFolder } from '../../lib/connect/private-folder.ts';
import { root } from '../../lib/sf.ts';
import type { MappingAnswers } from '../answers/questions.ts';
import { editsOf, type Edits } from './edits.ts';

/** What the answers change in the project. @param answers null where the org keeps its configuration */
export function editsOfProject(answers: MappingAnswers | null): Edits {
  if (answers === null) return new Map();
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const persons = readdirSync(join(root, 'config/recipes/person-accounts/customMetadata'));
  return editsOf(answers, read, persons);
}

const PROJECT_FILE = 'sfdx-project.json';
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
