/** `npm run graph`: draws anew, in `docs/architecture.md`, how folders import each other. */
import { readFileSync, writeFileSync } from 'node:fs';

import { ARCHITECTURE, importsOf, readImports } from './lib/checks/imports.ts';
import { withDiagrams } from './lib/checks/layer-graph.ts';

const page = readFileSync(ARCHITECTURE, 'utf8');
writeFileSync(ARCHITECTURE, withDiagrams(page, importsOf(await readImports())));
