/**
 * `npm run lint:metadata`: lists what of the project's metadata no public repository was seen to have, and fails where
 * such a thing has no reason and no row in docs/unproven.md. Elements and their values alone: what goes together is
 * judged by the local org.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { unprecedented } from './lib/checks/precedents.ts';
import { reasonProblems, REASONS } from './lib/checks/unprecedented.ts';
import { root } from './lib/sf.ts';
import { ASSUMPTIONS } from './prove/catalogue/all.ts';

const files = globSync('{force-app,config}/**/*-meta.xml', { cwd: root })
  .filter((path) => !path.includes('/deployed-'))
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const found = unprecedented(files);
for (const { feature, why, row } of REASONS)
  console.log(`${feature} (${found.get(feature)?.length ?? 0} files; ${row}): ${why}`);
const problems = reasonProblems(found, new Set(ASSUMPTIONS.map(({ id }) => id)));
for (const one of problems) console.error(one);
if (problems.length > 0) process.exitCode = 1;
