import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorsPage } from './lib/checks/errors-page.ts';

/* Writes docs/errors.md from the catalogue of errors; with --check it only says whether it is up to date. */

const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
const path = join(import.meta.dirname, '../docs/errors.md');
if (check !== true) {
  writeFileSync(path, errorsPage());
} else if (readFileSync(path, 'utf8') !== errorsPage()) {
  console.error('docs/errors.md is not up to date. Run npm run docs.');
  process.exitCode = 1;
}
