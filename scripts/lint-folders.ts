import { execFileSync } from 'node:child_process';

import { crowdedFolders } from './lib/checks/crowded-folders.ts';
import { root } from './lib/sf.ts';

/* `npm run lint:folders`: no folder has more source files than a person sees at a glance. */

const folders = ['sidecar/src', 'local', 'scripts', 'bench'];
const args = ['ls-files', '--cached', '--others', '--exclude-standard', ...folders];
const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
const problems = crowdedFolders(files);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
