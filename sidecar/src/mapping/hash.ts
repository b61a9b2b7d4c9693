import { hash } from 'node:crypto';

import type { Row } from './types.ts';

/** Characters of base64url: 132 bits, far beyond chance collisions. */
const LENGTH = 22;

/**
 * Tells whether a row differs from the one last written. It covers what every write sends (fields and
 * lookups by key), not what only a create sends, whatever the order of the properties.
 */
export function rowHash({ key, fields, lookups }: Row): string {
  let content = key;
  for (const name of Object.keys(fields).sort()) {
    content += `\n${name}=${JSON.stringify(fields[name])}`;
  }
  const references = lookups
    .filter(({ onCreate }) => onCreate !== true)
    .map((lookup) => `\n${lookup.field}>${JSON.stringify(lookup.key)}`);
  content += references.sort().join('');
  return hash('sha256', content, 'base64url').slice(0, LENGTH);
}
