/**
 * `node test/e2e/prepare.ts <folder>` makes what worlds copy: `org.sqlite`, an org to which the project was
 * deployed with the real CLI, as its admin would, and `state`, an empty state of the sidecar.
 */
import { join } from 'node:path';

import { createOrg } from '../../local/org/org.ts';
import { deployProject } from '../../scripts/lib/install/deploy.ts';
import { openState } from '../../sidecar/src/state/state.ts';

const folder = process.argv[2] ?? '';
const org = createOrg({ file: join(folder, 'org.sqlite') });
try {
  const urls = { org: await org.listen(0), store: 'https://shop.example' };
  await deployProject(org, urls, join(folder, 'home'));
} finally {
  // Takes the write-ahead log into the file.
  await org.close();
}
const state = await openState({ kind: 'directory', path: join(folder, 'state') });
await state.close();
