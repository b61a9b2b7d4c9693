import js from '@eslint/js';
import { defineConfig, type DummyRuleMap } from 'oxlint';
import tseslint from 'typescript-eslint';

/** Rules of the presets that oxlint does not have. */
const absent = ['no-octal', '@typescript-eslint/no-unsafe-class-instance-assignment'];
const presets = Object.assign(
  {},
  ...[js.configs.recommended, ...tseslint.configs.strictTypeChecked].map(({ rules }) => rules),
) as DummyRuleMap;
const strict = Object.entries(presets).filter(
  ([name, level]) => level !== 'off' && !absent.includes(name),
);

/** TypeScript: ESLint's rules, those that know types too, and the types themselves. eslint.config.js has JavaScript. */
export default defineConfig({
  plugins: ['typescript', 'unicorn'],
  categories: { correctness: 'off' },
  options: {
    typeAware: true,
    typeCheck: true,
    maxWarnings: 0,
    reportUnusedDisableDirectives: 'error',
  },
  ignorePatterns: ['**/*.{js,cjs,mjs}'],
  rules: {
    ...Object.fromEntries(strict),
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    'no-console': 'error',
    // A literal is never packed into another one to be shorter.
    'unicorn/no-useless-spread': 'error',
    'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
    'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
    complexity: ['error', 15],
  },
  overrides: [
    {
      files: ['**/*.test.ts', 'bench/**/*.ts'],
      rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
    },
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
  ],
});
