/** `npm run lint:imports`: refuses imports that `.dependency-cruiser.cjs` forbids, and images of them that are old. */
import { readFileSync } from 'node:fs';

import { ARCHITECTURE, importsOf, readImports, verdictOn } from './lib/checks/imports.ts';
import { withDiagrams } from './lib/checks/layer-graph.ts';

const imports = await readImports();
const { output, exitCode } = await verdictOn(imports);
console.log(output);
if (exitCode !== 0) process.exitCode = 1;

const page = readFileSync(ARCHITECTURE, 'utf8');
if (withDiagrams(page, importsOf(imports)) !== page) {
  console.error('docs/architecture.md: the diagrams of the layers are old. Run npm run graph.');
  process.exitCode = 1;
}
