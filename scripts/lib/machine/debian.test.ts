import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { installPackages } from './debian.ts';

let folder: string;

/** Puts a program first on PATH that notes what it is called for and then does as the lines of shell say. */
function standIn(...lines: readonly string[]): void {
  const program = join(folder, 'apt-get');
  writeFileSync(program, ['#!/bin/sh', `echo "$*" >>'${folder}/calls'`, ...lines, ''].join('\n'));
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
}

const calls = (): readonly string[] =>
  readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replace(/^-q -o \S+ /, ''));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-apt-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('packages of Debian', () => {
  it.each([
    'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 8588 (apt-get)',
    'E: Unable to lock directory /var/cache/apt/archives/',
  ])('are asked for again while another process installs: %s', (message) => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    standIn(
      `[ -e '${folder}/was' ] || { touch '${folder}/was'; echo '${message}' >&2; exit 100; }`,
    );
    installPackages(['chromium'], 'No Chromium is here');
    expect(calls()).toEqual(['update', 'update', 'install -y --no-install-recommends chromium']);
    expect(said).toHaveBeenCalledTimes(1);
  });

  it('that are not to be had are told once', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    standIn(
      `case "$*" in *install*) echo 'E: Unable to locate package chromium' >&2; exit 100;; esac`,
    );
    installPackages(['chromium'], 'No Chromium is here');
    expect(calls()).toEqual(['update', 'install -y --no-install-recommends chromium']);
    expect(said).toHaveBeenLastCalledWith(expect.stringContaining('Unable to locate package'));
  });
});
