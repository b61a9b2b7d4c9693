import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/* What must stand in one place: whoever changes it changes it everywhere. */

const source = join(import.meta.dirname, '../sidecar/src');

/** Files of the sidecar in which the text stands, by their paths below `sidecar/src`. */
function filesWith(text: RegExp, below = ''): readonly string[] {
  const files = globSync(`${below}**/*.ts`, { cwd: source });
  expect(files.length).toBeGreaterThan(10);
  return files.filter((file) => text.test(readFileSync(join(source, file), 'utf8'))).sort();
}

describe('how calls are repeated stands once for each adapter', () => {
  it.each([
    ['woo/', 'woo/retry-policy.ts'],
    ['salesforce/', 'salesforce/rest/retry-policy.ts'],
  ])('%s', (adapter, policy) => {
    // A list of HTTP statuses that pass by themselves.
    expect(filesWith(/\b50[234],\s*50[234]\b/, adapter)).toEqual([policy]);
    expect(filesWith(/\bfirstWaitMs: \d/, adapter)).toEqual([policy]);
  });
});
