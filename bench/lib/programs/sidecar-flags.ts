import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../../../scripts/lib/sf.ts';

const command = readFileSync(join(root, 'sidecar/bin/woo-salesforce.js'), 'utf8');

/** How Node is started for the sidecar, as the command's own first line says. */
export const sidecarFlags = (/^#!.* node (.+)$/m.exec(command)?.[1] ?? '').split(' ');
