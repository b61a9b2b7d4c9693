import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../../../scripts/lib/sf.ts';

const command = readFileSync(join(root, 'sidecar/bin/woo-salesforce.js'), 'utf8');
const [, variables = '', flags = ''] = /^#!.* -S (.*) node (.+)$/m.exec(command) ?? [];

/** How Node is started for the sidecar, as the command's own first line says. */
export const sidecarFlags = flags.split(' ');

/** What that line has in the environment. */
export const sidecarVariables = Object.fromEntries(
  variables.split(' ').map((one) => one.split('=')),
) as Readonly<Record<string, string>>;
