import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, root } from './lib/sf.ts';
import { countIn, sldsProblem } from './lib/checks/slds-warnings.ts';

/* `npm run lint:slds`: no error of the design system's linter, and no more warnings than are known. */

const { warnings } = JSON.parse(readFileSync(join(root, 'config/slds-linter.json'), 'utf8')) as {
  warnings: number;
};
const { stdout, stderr } = await run('slds-linter', ['lint', join(root, 'force-app')]);
const problem = sldsProblem(countIn(stdout), warnings);
if (problem !== undefined) {
  console.error(`${stdout}${stderr}\n${problem}`);
  process.exitCode = 1;
}
