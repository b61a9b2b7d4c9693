import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const PATH =
  /\b(?:sidecar|local|scripts|bench|test|config|force-app|deploy)\/[\w./-]+\.(?:ts|js|json|xml|cls|md|yaml)\b/g;
/** What a page has its reader make. */
const READERS_OWN = 'config/org/mine/';
/** Files of the service, as pages name them for short. */
const SHORT =
  /(?<![\w/.-])(?:app|cli|config|diagnostics|engine|errors|http|lib|mapping|ports|salesforce|state|sync|woo)\/[\w/-]+\.ts\b/g;
const SCRIPT = /npm run ([\w:-]+)/g;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  ...{ cwd: root, encoding: 'utf8' },
})
  .split('\n')
  .filter((file) => file !== '');
const known = new Set(files);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

test.each(files.filter((file) => file.endsWith('.md')))(
  '%s names files and scripts that are there',
  (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const missing = [...text.matchAll(PATH)]
      .map(([path]) => path)
      .filter((path) => !known.has(path) && !path.startsWith(READERS_OWN));
    const gone = [...text.matchAll(SHORT)]
      .map(([path]) => path)
      .filter((path) => !known.has(`sidecar/src/${path}`));
    const unknown = [...text.matchAll(SCRIPT)]
      .map(([, name]) => name)
      .filter((name) => !((name ?? '') in scripts));
    expect([...missing, ...gone, ...unknown]).toEqual([]);
  },
);

test('the README is read in two minutes', () => {
  expect(
    readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n').length,
  ).toBeLessThanOrEqual(120);
});
