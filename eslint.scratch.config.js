import js from '@eslint/js';
import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Lightning components: the project's, and those with which the Lightning host stands in for Salesforce's. */
const components = ['**/lwc/**/*.js', 'local/lightning/{platform,shell}/**/*.js'];

export default tseslint.config(
  {
    ignores: ['node_modules/', '.sf/', '.sfdx/', '.local/', 'coverage/', 'local/store/recordings/'],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],
    },
  },
  {
    files: ['**/*.test.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  ...lwc.map((config) => ({ ...config, files: components })),
  {
    files: components,
    languageOptions: { globals: globals.browser },
  },
  {
    // Tests emit what wires give.
    files: ['**/lwc/**/__tests__/**/*.js', 'test/lwc/**/*.js'],
    languageOptions: { globals: globals.jest },
    rules: { '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off' },
  },
  { files: ['**/*.cjs'], languageOptions: { globals: globals.node } },
  {
    files: [
      'sidecar/src/cli/main.ts',
      '**/main.ts',
      'local/shared/failure.ts',
      'scripts/**',
      'bench/**',
    ],
    rules: { 'no-console': 'off' },
  },
);
