import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { run } from '../../scripts/lib/sf.ts';
import { orgUnderTest } from '../../scripts/test-org/org-under-test.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with what prepare.ts made; nothing where another org is tried than the local one. */
    readonly prepared: string;
  }
}

/**
 * vitest's global set-up: a deploy with the real CLI and a new database take most of the time that opening a
 * world takes, so they are made once.
 * @returns what clears up
 * @throws Error with what was printed
 */
export default async function prepareOnce(project: TestProject): Promise<() => void> {
  if (orgUnderTest() !== null) {
    project.provide('prepared', '');
    return () => undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-prepared-'));
  const clear = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  // In a process of its own: vitest runs set-ups in a module runner, which lacks `import.meta.resolve`.
  const { code, stdout, stderr } = await run('node', ['test/e2e/prepare.ts', folder]);
  if (code !== 0) {
    clear();
    throw new Error(`The end-to-end tests could not be prepared:\n${stdout}${stderr}`);
  }
  project.provide('prepared', folder);
  return clear;
}
