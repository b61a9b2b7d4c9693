import { join } from 'node:path';
import { lintApex } from './lib/checks/apex-lint.ts';
import { root } from './lib/sf.ts';

/* `npm run lint:apex`: Salesforce's own parser, reserved names and regular expressions of all Apex classes. */

const problems = ['force-app', 'config'].flatMap((folder) =>
  lintApex(join(root, folder)).map((problem) => `${folder}/${problem}`),
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
