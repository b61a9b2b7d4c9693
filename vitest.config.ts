import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig } from 'vitest/config';

const globalSetup = './scripts/require-node.js';
/** vitest leaves a core idle, which on two cores is half of the machine. */
const maxWorkers = availableParallelism();
/** Files that run in the same process share their modules: importing those takes as long as many a file's tests. */
const isolate = false;
/** Tests that are named after the lines of docs/local-org.md, and those that replay a recorded store. */
const contract = ['local/org/test/contract/**/*.test.ts', 'local/store/test/contract/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['sidecar/test/**/*.test.ts', 'local/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...contract],
          globalSetup,
          maxWorkers,
          isolate,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: contract,
          globalSetup,
          maxWorkers,
          isolate,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: [globalSetup, './test/e2e/prepare-once.ts'],
          // Each file has a shop, an org and processes of its own, which wait much of the time.
          maxWorkers: 3,
          isolate,
          testTimeout: 240_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
