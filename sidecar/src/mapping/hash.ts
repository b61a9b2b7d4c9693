import { hash } from 'node:crypto';

import type { Row } from './types.ts';

/** Characters of base64url: 132 bits, far beyond chance collisions. */
const LENGTH = 22;

/**
 * Tells whether a row differs from the one last written. It covers what every write sends (fields and
 * lookups by key), not what only a create sends, whatever the order of the properties.
 */
export function rowHash(row: Row): string {
  const fields = Object.entries(row.fields).sort(byName);
  const lookups = row.lookups
    .filter(({ onCreate }) => onCreate !== true)
    .map(({ field, key }) => [field, key] as const)
    .sort(byName);
  const content = JSON.stringify([row.key, fields, lookups]);
  return hash('sha256', content, 'base64url').slice(0, LENGTH);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}
