import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

type Packages = Readonly<Record<string, string>>;
interface Manifest {
  readonly private?: boolean;
  readonly workspaces?: readonly string[];
  readonly scripts?: Packages;
  readonly dependencies?: Packages;
  readonly devDependencies?: Packages;
}

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifestOf = (folder: string): Manifest =>
  JSON.parse(read(join(folder, 'package.json'))) as Manifest;
const named = ({ dependencies, devDependencies }: Manifest): Packages => ({
  ...dependencies,
  ...devDependencies,
});

const top = manifestOf('.');
const workspaces = top.workspaces ?? [];
const lock = JSON.parse(read('package-lock.json')) as {
  packages: Readonly<Record<string, unknown>>;
};

/** Packages that users and other tools look for in the package.json at the top. */
const AT_THE_TOP = [
  '@salesforce/cli',
  '@salesforce/sfdx-lwc-jest',
  'lwc',
  '@woocommerce/woocommerce-rest-api',
  'jsforce',
  'vitest',
];

test('the programs are workspaces', () => {
  expect(workspaces).toEqual(['sidecar', 'local/org', 'local/store', 'local/lightning']);
});

test('the package.json at the top names what is looked for there', () => {
  expect(Object.keys(named(top))).toEqual(expect.arrayContaining(AT_THE_TOP));
});

describe.each(workspaces)('%s', (folder) => {
  const manifest = manifestOf(folder);

  test('is private, starts alone, and its README says how', () => {
    expect(manifest.private).toBe(true);
    expect(manifest.scripts).toHaveProperty('start');
    expect(read(join(folder, 'README.md'))).toContain(`npm start --workspace ${folder} `);
  });

  test('names exact versions, the same as at the top', () => {
    const others = Object.entries(named(manifest)).filter(
      ([name, version]) =>
        !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) || (named(top)[name] ?? version) !== version,
    );
    expect(others).toEqual([]);
  });

  test('has its packages at the top, where the image and other workspaces find them', () => {
    const apart = Object.keys(lock.packages).filter((path) =>
      path.startsWith(`${folder}/node_modules/`),
    );
    expect(apart).toEqual([]);
  });
});

test('a package has one version in all workspaces', () => {
  const versions = new Map<string, Set<string>>();
  for (const manifest of [top, ...workspaces.map(manifestOf)]) {
    for (const [name, version] of Object.entries(named(manifest))) {
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
  }
  expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
});
