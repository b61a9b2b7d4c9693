import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ServiceFolder } from './folder.ts';

const ORG = 'https://acme.my.salesforce.com';

let parent: string;
let folder: ServiceFolder;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'woo-salesforce-folder-'));
  folder = new ServiceFolder(join(parent, 'woo'));
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('variables of the service', () => {
  it('are for their owner alone, and no value is told', () => {
    const said = folder.writeEnv({ SF_LOGIN_URL: ORG, SIDECAR_SECRET: 'abc123' });
    expect(said).not.toContain('abc123');
    expect([modeOf(folder.path), modeOf(folder.envFile)]).toEqual(['700', '600']);
    expect(folder.env()).toEqual({ SF_LOGIN_URL: ORG, SIDECAR_SECRET: 'abc123' });
  });

  it('that this set-up has made were not there before it', () => {
    folder.writeEnv({ SF_LOGIN_URL: ORG });
    expect(folder.writeEnv({ SF_LOGIN_URL: ORG, SF_USERNAME: 'woo-sync@acme.example' })).toBe(
      `${folder.envFile}: added SF_USERNAME.`,
    );
  });

  it('of an earlier set-up stay, and what changes is named', () => {
    new ServiceFolder(folder.path).writeEnv({ SF_LOGIN_URL: ORG, SF_CLIENT_SECRET: 'abc123' });
    writeFileSync(folder.envFile, `${readFileSync(folder.envFile, 'utf8')}LOG_LEVEL=warn\n`, {
      mode: 0o644,
    });
    expect(folder.writeEnv({ SF_LOGIN_URL: ORG })).toBe(`${folder.envFile} stays as it is.`);
    const wanted = { SF_CLIENT_SECRET: null, SF_USERNAME: 'woo-sync@acme.example' };
    expect(folder.writeEnv(wanted)).toBe(
      `${folder.envFile} was there: changed SF_CLIENT_SECRET; added SF_USERNAME.`,
    );
    expect(modeOf(folder.envFile)).toBe('600');
    expect(folder.env()).toEqual({
      SF_LOGIN_URL: ORG,
      LOG_LEVEL: 'warn',
      SF_USERNAME: 'woo-sync@acme.example',
    });
  });

  it('that others could read are closed to them', () => {
    folder.writeEnv({ SF_LOGIN_URL: ORG });
    rmSync(folder.envFile);
    writeFileSync(folder.envFile, `SF_LOGIN_URL=${ORG}\n`, { mode: 0o644 });
    folder.writeEnv({ SF_LOGIN_URL: ORG });
    expect(modeOf(folder.envFile)).toBe('600');
  });

  it('of another org are not mixed with this one', () => {
    expect(folder.problemFor(ORG)).toBeNull();
    folder.writeEnv({ SF_LOGIN_URL: 'https://acme--test.sandbox.my.salesforce.com' });
    expect(folder.problemFor(ORG)).toBe(
      `${folder.envFile} is of the org https://acme--test.sandbox.my.salesforce.com: name another folder for this org with --folder.`,
    );
    expect(folder.problemFor('https://acme--test.sandbox.my.salesforce.com')).toBeNull();
  });
});

it('a folder that others could read is closed to them, and that is said', () => {
  expect(folder.closeToOthers()).toBeNull();
  chmodSync(folder.path, 0o755);
  expect(folder.closeToOthers()).toBe(
    `${folder.path} was open to others on this machine (0755): it is yours alone now (0700).`,
  );
  expect(modeOf(folder.path)).toBe('700');
  expect(folder.closeToOthers()).toBeNull();
});

it('a file that somebody has changed stays', () => {
  folder.writeEnv({});
  const file = { name: 'nginx.conf', text: 'a' };
  expect(folder.writeFile(file)).toContain('written');
  expect(folder.writeFile(file)).toContain('stays as it is');
  writeFileSync(join(folder.path, 'nginx.conf'), 'mine');
  expect(folder.writeFile(file)).toContain('it stays');
  expect(readFileSync(join(folder.path, 'nginx.conf'), 'utf8')).toBe('mine');
});
