import js from '@eslint/js';
import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import globals from 'globals';
import { defineConfig } from 'eslint/config';

/** Lightning components: the project's, and those with which the Lightning host stands in for Salesforce's. */
const components = ['**/lwc/**/*.js', 'local/lightning/{platform,shell}/**/*.js'];

/** JavaScript: the Lightning components, and what runs before TypeScript can. oxlint.config.ts has the rules of TypeScript. */
export default defineConfig(
  {
    ignores: ['node_modules/', '.sf/', '.sfdx/', '.local/', 'coverage/', 'local/store/recordings/'],
  },
  js.configs.recommended,
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
);
