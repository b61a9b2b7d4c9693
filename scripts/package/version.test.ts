import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../lib/sf.ts';
import { packageFacts } from './version.ts';

const FILES = ['package.json', 'sfdx-project.json', 'CHANGELOG.md'] as const;
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'woo-salesforce-version-'));
  for (const file of FILES) cpSync(join(root, file), join(copy, file));
});

afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

function planted(file: (typeof FILES)[number], search: string | RegExp, text: string): void {
  const before = readFileSync(join(copy, file), 'utf8');
  expect(before).toMatch(search);
  writeFileSync(join(copy, file), before.replace(search, text));
}

it('package.json, sfdx-project.json and CHANGELOG.md name the same version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(packageFacts(root)).toMatchObject({ name: 'WooCommerce Sync', version });
});

describe('a file that differs is named', () => {
  it.each([
    ['package.json', /"version": "[\d.]+"/, '"version": "9.9.9"', 'package.json is 9.9.9'],
    ['sfdx-project.json', /"versionNumber": "[\d.]+/, '"versionNumber": "9.9.9.', 'versionNumber'],
    ['sfdx-project.json', /"versionName": "[\d.]+/, '"versionName": "9.9.9', 'versionName'],
    ['CHANGELOG.md', /^## \d\S*$/m, '## 9.9.9', 'CHANGELOG.md is 9.9.9'],
    ['CHANGELOG.md', /^## \d\S*$/gm, '', 'CHANGELOG.md is missing'],
    ['sfdx-project.json', '"namespace": ""', '"namespace": "acme"', 'the namespace acme'],
    ['sfdx-project.json', /"package": "[^"]*",/, '', 'names no package'],
  ] as const)('%s: %s', (file, search, text, said) => {
    planted(file, search, text);
    expect(() => packageFacts(copy)).toThrow(said);
  });
});
