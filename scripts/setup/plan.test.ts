import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { settingsOf, type Plan } from './plan.ts';
import { ServiceFolder } from './service/folder.ts';

const SYNC = 'https://sync.example.com';
const NAMES = ['DATABASE_URL', 'SIDECAR_SECRET', 'DATA_DIR', 'SF_JWT_AUDIENCE'];
const NONE = {
  PUBLIC_URL: null,
  DATABASE_URL: null,
  SIDECAR_SECRET: null,
  SF_JWT_AUDIENCE: null,
};

let path: string;
let folder: ServiceFolder;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'woo-salesforce-plan-'));
  folder = new ServiceFolder(path);
  for (const name of NAMES) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(path, { recursive: true, force: true });
});

const settings = (plan: Partial<Plan> = {}) =>
  settingsOf({ folder, publicUrl: null, compose: false, ...plan } as Plan);

it('a service that the shop does not reach has its state in the folder, and needs no secret', () => {
  expect(settings()).toEqual({ ...NONE, DATA_DIR: folder.stateFolder });
});

it('one that it reaches gets a secret once', () => {
  const first = settings({ publicUrl: SYNC });
  expect(first['SIDECAR_SECRET']).toMatch(/^\w{64}$/);
  folder.writeEnv(first);
  expect(settings({ publicUrl: SYNC })).toEqual(first);
});

it('a database takes the place of the folder, and stays', () => {
  folder.writeEnv(settings());
  vi.stubEnv('DATABASE_URL', 'postgres://a@b/c');
  const wanted = { ...NONE, DATABASE_URL: 'postgres://a@b/c', DATA_DIR: null };
  expect(settings()).toEqual(wanted);
  folder.writeEnv(settings());
  vi.stubEnv('DATABASE_URL', '');
  expect(settings()).toEqual(wanted);
});

it('what the environment gives comes before what is there', () => {
  const [there, given] = ['a'.repeat(64), 'b'.repeat(64)];
  folder.writeEnv({
    DATA_DIR: '/srv/old',
    SIDECAR_SECRET: there,
    SF_JWT_AUDIENCE: 'https://a.example',
  });
  vi.stubEnv('DATA_DIR', '/srv/new');
  expect(settings()).toEqual({
    ...NONE,
    DATA_DIR: '/srv/new',
    SIDECAR_SECRET: there,
    SF_JWT_AUDIENCE: 'https://a.example',
  });
  vi.stubEnv('SIDECAR_SECRET', given);
  expect(settings({ publicUrl: SYNC })).toMatchObject({ SIDECAR_SECRET: given });
});

it('Docker Compose makes a database with a password, once', () => {
  const first = settings({ compose: true });
  expect(first['POSTGRES_PASSWORD']).toMatch(/^\w{48}$/);
  folder.writeEnv(first);
  expect(settings({ compose: true })).toEqual(first);
});
