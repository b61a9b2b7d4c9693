import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { root } from './lib/sf.ts';

/** Imports that go down, from a file to files. */
const allowed: readonly (readonly [string, ...string[]])[] = [
  ['sidecar/src/sync/read/down.ts', 'sidecar/src/mapping/model/model.ts'],
  ['local/org/main.ts', 'local/org/http/down.ts'],
  ['local/org/http/down.ts', 'local/org/rest/down.ts', 'local/shared/shared.ts'],
  ['local/org/rest/down.ts', 'local/org/model/model.ts'],
  ['local/org/rest/test/rest.ts', 'local/org/main.ts'],
  ['local/test/together.ts', 'local/org/main.ts', 'local/store/store.ts'],
  ['scripts/demo.ts', 'local/org/main.ts', 'sidecar/src/sync/read/down.ts'],
];

/** Folders with two files that import types of each other. */
const circles = [
  'sidecar/src/sync/read',
  'sidecar/test/sync',
  'local/org/data',
  'local/org/test',
  'local/store/core',
  'local/lightning/build',
  'local/shared',
  'bench/lib',
  'scripts',
  'test/e2e',
];

/** A low folder that imports from a higher one. */
const upward = [
  ['sidecar/src/mapping', 'sidecar/src/sync/read'],
  ['local/org/model', 'local/org/data'],
  ['local/org/data', 'local/org/write'],
  ['local/org/rest', 'local/org/http'],
  ['local/org/metadata/read', 'local/org/metadata/rules'],
  ['local/org/metadata/rules/objects', 'local/org/metadata/rules/pages'],
  ['local/store/core', 'local/store/shop'],
  ['local/store/write', 'local/store/resources'],
  ['local/lightning/metadata', 'local/lightning/server'],
  ['bench/orders', 'bench/edits'],
  ['bench/lib/programs', 'bench/lib/recording'],
  ['test/simulation/world', 'test/simulation/invariants'],
] as const;

/** Imports from one program to another, and the rule that each breaks. */
const across = [
  ['org-alone', 'local/org/test/across.ts', 'local/store/store.ts'],
  ['store-alone', 'local/store/across.ts', 'local/org/main.ts'],
  ['lightning-alone', 'local/lightning/test/across.ts', 'local/org/main.ts'],
  ['local-alone', 'local/org/across.ts', 'sidecar/src/app/service.ts'],
  ['local-alone', 'local/shared/across.ts', 'scripts/demo.ts'],
  ['sidecar-alone', 'sidecar/src/app/across.ts', 'local/org/main.ts'],
  ['sidecar-alone', 'sidecar/test/across.test.ts', 'local/org/main.ts'],
  ['shared-below', 'local/shared/up.ts', 'local/org/main.ts'],
  ['no-import-of-bench', 'scripts/across.ts', 'bench/main.ts'],
] as const;

const strange = ['local/org/strange/strange.ts', 'local/org/model/model.ts'] as const;

const planted = [
  ...allowed,
  ...circles.flatMap((at) => [
    [`${at}/one.ts`, `${at}/other.ts`],
    [`${at}/other.ts`, `${at}/one.ts`],
  ]),
  ...upward.map(([low, high]) => [`${low}/low.ts`, `${high}/high.ts`]),
  ...across.map(([, from, to]) => [from, to]),
  strange,
];

function plant(folder: string): void {
  const imports = new Map(planted.map(([from = '', ...targets]) => [from, targets]));
  for (const target of [...imports.values()].flat()) {
    if (!imports.has(target)) imports.set(target, []);
  }
  for (const [file, targets] of imports) {
    const up = '../'.repeat(file.split('/').length - 1);
    const lines = targets.map((one) => `export type * from '${up}${one}';\n`);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${lines.join('')}export type Own = 1;\n`);
  }
}

/** One cruise for all tests, since each takes a second. */
let folder: string;
let found: ReadonlySet<string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-fence-'));
  plant(folder);
  const options = await extractOptions(join(root, '.dependency-cruiser.cjs'));
  const files = ['sidecar', 'local', 'bench', 'scripts', 'test'];
  const { output } = await cruise(files, { ...options, cache: false, baseDir: folder });
  const { violations } = (output as ICruiseResult).summary;
  found = new Set(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const expected = {
  circles: circles.map((at) => `no-circle: ${at}/one.ts → ${at}/other.ts`),
  upward: upward.map(([low, high]) => `${low}: ${low}/low.ts → ${high}/high.ts`),
  across: across.map(([rule, from, to]) => `${rule}: ${from} → ${to}`),
  strange: [`local/org/*: ${strange.join(' → ')}`],
};

describe('the fence reports', () => {
  test.each(expected.circles)('a circle of types: %s', (breach) => {
    expect(found).toContain(breach);
  });

  test.each(expected.upward)('an import upward: %s', (breach) => {
    expect(found).toContain(breach);
  });

  test.each(expected.across)('an import across: %s', (breach) => {
    expect(found).toContain(breach);
  });

  test.each(expected.strange)('a folder without a storey: %s', (breach) => {
    expect(found).toContain(breach);
  });
});

test('nothing else is reported', () => {
  const known = new Set([...expected.upward, ...expected.across, ...expected.strange]);
  expect([...found].filter((one) => !known.has(one) && !one.startsWith('no-circle: '))).toEqual([]);
});
