import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { errorsPage } from './lib/checks/errors-page.ts';
import { ASSUMPTIONS, SUBJECTS } from './prove/catalogue/all.ts';
import { provePage } from './prove/report/prove-page.ts';
import { unprovenPage } from './prove/report/unproven-page.ts';

/* Writes the pages that are made of catalogues; with --check it only says whether they are up to date. */

/** By name: what a page is, of what it was. */
const PAGES: Readonly<Record<string, (before: string) => string>> = {
  'docs/errors.md': errorsPage,
  'docs/prove.md': (before) => provePage(before, ASSUMPTIONS),
  'docs/unproven.md': () => unprovenPage(SUBJECTS),
};

const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
for (const [name, page] of Object.entries(PAGES)) {
  const path = join(import.meta.dirname, '..', name);
  const before = readFileSync(path, 'utf8');
  if (check !== true) {
    writeFileSync(path, page(before));
  } else if (before !== page(before)) {
    console.error(`${name} is not up to date. Run npm run docs.`);
    process.exitCode = 1;
  }
}
