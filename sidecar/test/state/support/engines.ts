import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../../src/lib/secret.ts';
import { openDatabase } from '../../../src/state/db/database.ts';
import type { StateLocation } from '../../../src/state/db/types.ts';
import { emptyDatabase } from '../../support/postgres.ts';

export interface Engine {
  readonly location: StateLocation;
  stop(): Promise<void>;
}

/** However this process ends: vitest does not let its workers clear up. */
function removeAtEnd(path: string): void {
  const child = spawn('/bin/sh', ['-c', 'cat >/dev/null; rm -rf "$1"', 'sh', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // A pipe, which keeps a process alive too.
  (child.stdin as Socket).unref();
}

/** A new cluster takes seconds to make, and a moment to copy. */
async function prepare(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'woo-state-'));
  removeAtEnd(path);
  const database = await openDatabase({ kind: 'directory', path });
  await database.close();
  return path;
}

let prepared: Promise<string> | undefined;

/** Makes the state of a new cluster there. */
export async function copyPrepared(path: string): Promise<void> {
  prepared ??= prepare();
  await cp(await prepared, path, { recursive: true });
}

/** The two places where state can live, each started empty. */
export const engines: readonly { readonly name: string; readonly start: () => Promise<Engine> }[] =
  [
    {
      name: 'PGlite in a directory',
      start: async () => {
        const path = await mkdtemp(join(tmpdir(), 'woo-state-'));
        await copyPrepared(path);
        return {
          location: { kind: 'directory', path },
          stop: () => rm(path, { recursive: true, force: true }),
        };
      },
    },
    {
      name: 'PostgreSQL',
      start: async () => {
        const postgres = await emptyDatabase();
        return {
          location: { kind: 'postgres', url: new Secret(postgres.url) },
          stop: () => postgres.stop(),
        };
      },
    },
  ];
