import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

import { journeyFiles } from './scripts/test-org/journey-files.ts';

const globalSetup = './scripts/require-node.js';
/** vitest leaves a core idle, which on two cores is half of the machine. */
const maxWorkers = availableParallelism();
/** Files that run in the same process share their modules: importing those takes as long as many a file's tests. */
const isolate = false;
/** No test depends on how fast the machine is: only what never ends fails by time. */
const patience = {
  testTimeout: 1_800_000,
  hookTimeout: 1_800_000,
  expect: { poll: { timeout: 600_000 } },
};
/** Tests that are named after the lines of docs/local-org.md, and those that replay a recorded store. */
const contract = ['local/org/test/contract/**/*.test.ts', 'local/store/test/contract/**/*.test.ts'];

/**
 * What `npm test` leaves to `npm run test:long`, in one place. The crashes run there with the state in PostgreSQL;
 * `kill.test.ts` has it in a directory.
 */
const long = [
  'local/org/metadata/test/deploy-with-sf.test.ts',
  'local/org/metadata/test/planted-mistakes.test.ts',
  'local/org/metadata/test/twenty-mistakes.test.ts',
  'local/org/test/contract/sf-commands.test.ts',
  'local/org/test/main.test.ts',
  'sidecar/test/http/outbound-flood.test.ts',
  'sidecar/test/state/db/database.test.ts',
  'sidecar/test/state/faults.test.ts',
  'sidecar/test/state/processes.test.ts',
  'sidecar/test/state/upgrade.test.ts',
  'test/e2e/adoption.test.ts',
  'test/e2e/bad-mapping.test.ts',
  'test/e2e/check.test.ts',
  'test/e2e/converge.test.ts',
  'test/e2e/crash.test.ts',
  'test/e2e/dev.test.ts',
  'test/e2e/docs.test.ts',
  'test/e2e/edits.test.ts',
  'test/e2e/explain.test.ts',
  'test/e2e/first-backfills.test.ts',
  'test/e2e/gateway-live.test.ts',
  'test/e2e/gateway.test.ts',
  'test/e2e/held-changes.test.ts',
  'test/e2e/images-from-woo.test.ts',
  'test/e2e/images.test.ts',
  'test/e2e/issues.test.ts',
  'test/e2e/kill-under-load.test.ts',
  'test/e2e/leads.test.ts',
  'test/e2e/lightning/admins.test.ts',
  'test/e2e/lightning/editor.test.ts',
  'test/e2e/lightning/images.test.ts',
  'test/e2e/lightning/looks.test.ts',
  'test/e2e/lightning/matches.test.ts',
  'test/e2e/lightning/reps.test.ts',
  'test/e2e/orders-back.test.ts',
  'test/e2e/orders-both-sides.test.ts',
  'test/e2e/outages.test.ts',
  'test/e2e/prove-deploy.test.ts',
  'test/e2e/prove.test.ts',
  'test/e2e/real-time-webhooks.test.ts',
  'test/e2e/recipes.test.ts',
  'test/e2e/removal.test.ts',
  'test/e2e/remove.test.ts',
  'test/e2e/scratch-org.test.ts',
  'test/e2e/second-store.test.ts',
  'test/e2e/setup-org.test.ts',
  'test/e2e/setup.test.ts',
  'test/e2e/state-lost.test.ts',
  'test/e2e/told.test.ts',
  'test/e2e/upgrade-earlier.test.ts',
  'test/e2e/upgrade.test.ts',
];
/** Files that take minutes, the longest first: one that begins last has the machine to itself, and wastes a core. */
const longest = [
  'test/e2e/docs.test.ts',
  'test/e2e/setup-org.test.ts',
  'test/e2e/lightning/reps.test.ts',
  'test/e2e/lightning/admins.test.ts',
  'test/e2e/adoption.test.ts',
  'local/org/metadata/test/twenty-mistakes.test.ts',
  'test/e2e/setup.test.ts',
  'test/e2e/upgrade-earlier.test.ts',
  'test/e2e/recipes.test.ts',
  'test/e2e/prove.test.ts',
  'test/e2e/edits.test.ts',
  'test/e2e/images.test.ts',
  'test/e2e/crash.test.ts',
  'sidecar/test/state/faults.test.ts',
  'sidecar/test/state/queue/issue-groups.test.ts',
  'sidecar/test/state/db/database.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
      return at === -1 ? longest.length : at;
    };
    // What is not named stays in the order that vitest has for it.
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Each file has a shop, an org and processes of its own, which wait two thirds of the time. */
const journeys = {
  globalSetup: [globalSetup, './test/e2e/prepare-once.ts'],
  maxWorkers: Math.max(2, Math.round(2.5 * availableParallelism())),
  isolate,
  ...patience,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    coverage: {
      include: ['sidecar/src/**/*.ts', 'local/**/*.ts', 'scripts/lib/**/*.ts'],
      exclude: ['**/test/**', '**/*.test.ts'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['sidecar/test/**/*.test.ts', 'local/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...contract, ...long],
          globalSetup,
          // Those of the state wait for the disk.
          maxWorkers: maxWorkers + 1,
          isolate,
          ...patience,
        },
      },
      {
        test: {
          name: 'contract',
          include: contract,
          exclude: [...configDefaults.exclude, ...long],
          globalSetup,
          maxWorkers,
          isolate,
          ...patience,
        },
      },
      {
        test: {
          ...journeys,
          name: 'e2e',
          include: ['test/{e2e,simulation}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...long],
          provide: { statePlaces: ['a directory'] },
        },
      },
      {
        test: {
          ...journeys,
          name: 'long',
          globalSetup: [...journeys.globalSetup, './test/e2e/lightning/install-once.ts'],
          include: long,
          provide: { statePlaces: ['PostgreSQL'] },
        },
      },
      {
        test: {
          // One after the other: they share the org.
          ...journeys,
          name: 'org',
          maxWorkers: 1,
          include: [...journeyFiles],
          provide: { statePlaces: ['a directory'] },
        },
      },
    ],
  },
});
