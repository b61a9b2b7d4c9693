import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { AdminSession } from '../lib/install/admin-session.ts';
import { OwnTraces } from './own-traces.ts';

const ORG = 'https://org.invalid';

let folder: string;
let traces: OwnTraces;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-owner-'));
  const session = new AdminSession(ORG, 'admin@example.com', 'a-token');
  traces = new OwnTraces({ folder }, session, new Connection({ instanceUrl: ORG }));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const owner = () => join(folder, 'process.txt');

it('leaves what the run of a living process has made to it', () => {
  writeFileSync(owner(), String(process.ppid));
  expect(() => {
    traces.begin();
  }).toThrow(`A run is in progress here (process ${process.ppid})`);
  expect(readFileSync(owner(), 'utf8')).toBe(String(process.ppid));
});

it('takes over what a process that is gone has left', () => {
  writeFileSync(owner(), String(spawnSync(process.execPath, ['-e', '']).pid));
  traces.begin();
  // A process's own run goes on.
  traces.begin();
  expect(readFileSync(owner(), 'utf8')).toBe(String(process.pid));
});

it('takes over what names no process, as a run left it that was killed before it could', () => {
  writeFileSync(owner(), '');
  traces.begin();
  expect(readFileSync(owner(), 'utf8')).toBe(String(process.pid));
});
