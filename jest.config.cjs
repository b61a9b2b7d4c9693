const { dirname, join } = require('node:path');
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

/** The engine that the compiler belongs to, as CommonJS; sfdx-lwc-jest brings an older one of its own. */
const engine = join(
  dirname(require.resolve('@lwc/engine-dom', { paths: [dirname(require.resolve('lwc'))] })),
  'index.cjs',
);

module.exports = {
  ...jestConfig,
  moduleNameMapper: {
    ...jestConfig.moduleNameMapper,
    '^(lwc|@lwc/engine-dom)$': engine,
    // What the stubs of sfdx-lwc-jest lack: mutations, a `gql` that can be read, `lightning/actions`.
    '^lightning/(graphql|actions)$': '<rootDir>/test/lwc/lightning/$1.js',
  },
  modulePathIgnorePatterns: ['<rootDir>/.local', '<rootDir>/local', '<rootDir>/sidecar'],
  // No test depends on how fast the machine is.
  testTimeout: 120_000,
  testMatch: ['<rootDir>/force-app/**/lwc/**/__tests__/**/*.test.js'],
};
