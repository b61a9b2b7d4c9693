import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { errorsPage } from './lib/checks/errors-page.ts';
import { SUBJECTS } from './prove/catalogue/all.ts';
import { unprovenPage } from './prove/report/unproven-page.ts';

/* Writes the pages that are made of catalogues; with --check it only says whether they are up to date. */

const PAGES: Readonly<Record<string, () => string>> = {
  'docs/errors.md': errorsPage,
  'docs/unproven.md': () => unprovenPage(SUBJECTS),
};

const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
for (const [name, page] of Object.entries(PAGES)) {
  const path = join(import.meta.dirname, '..', name);
  if (check !== true) {
    writeFileSync(path, page());
  } else if (readFileSync(path, 'utf8') !== page()) {
    console.error(`${name} is not up to date. Run npm run docs.`);
    process.exitCode = 1;
  }
}
