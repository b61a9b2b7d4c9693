import { execFile } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/state/db/database.ts';
import { openFailure } from '../../../src/state/db/open-failure.ts';
import { EmbeddedFailure } from '../../../src/state/db/pglite.ts';

/** An opening of PGlite takes seconds: one state is made for all tests, and a copy of it is opened again. */
let root: string;
let made: string;
let again: string;
let kept: readonly unknown[];
let version: number;

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

/** The files of a data directory that another user may read. */
async function readable(path: string): Promise<readonly string[]> {
  const data = join(path, 'pglite');
  const entries = await readdir(data, { recursive: true });
  const modes = await Promise.all(entries.map((name) => modeOf(join(data, name))));
  return entries.filter((_, at) => ((modes[at] ?? 0) & 0o077) !== 0);
}

/** As of a first start that was cut short: what it left is beside the place of the state. */
async function makeState(path: string): Promise<void> {
  const unfinished = join(path, 'pglite.new');
  await mkdir(join(unfinished, 'base'), { recursive: true });
  await chmod(path, 0o700);
  await writeFile(join(unfinished, 'PG_VERSION'), '18\n');
  const database = await openDatabase({ kind: 'directory', path });
  await database.query('create table kept (n integer); insert into kept values (7)');
  await database.close();
}

/** As after a kill that left an empty postmaster.pid, in folders that are open to all. */
async function openAgain(path: string): Promise<void> {
  const data = join(path, 'pglite');
  await mkdir(data, { recursive: true });
  await cp(join(made, 'pglite'), data, { recursive: true });
  await writeFile(join(data, 'postmaster.pid'), '');
  await chmod(join(data, 'PG_VERSION'), 0o644);
  await chmod(data, 0o755);
  await chmod(path, 0o755);
  const database = await openDatabase({ kind: 'directory', path });
  kept = await database.query('select n from kept');
  const [row] = await database.query(`select current_setting('server_version_num') as version`);
  version = Number(row?.['version']);
  await database.close();
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'woo-data-'));
  [made, again] = [join(root, 'made'), join(root, 'again')];
  await makeState(made);
  await openAgain(again);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('the data directory', () => {
  it('fault 43: is opened with all it holds after a kill that left an empty postmaster.pid', () => {
    expect(kept).toEqual([{ n: 7 }]);
  });

  it('fault 43: is made anew where the first start was cut short', async () => {
    await expect(stat(join(made, 'pglite.new'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['new', 'open to all before'])('lets no other user in, where it is %s', async (which) => {
    const path = which === 'new' ? made : again;
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, 'pglite'))).toBe(0o700);
    expect(await modeOf(join(path, 'lock'))).toBe(0o600);
  });

  it('has no file that another user may read, where it was moved from its place', async () => {
    expect(await readable(made)).toEqual([]);
    expect(await readable(again)).toEqual([]);
  });

  it('is made by the PostgreSQL version that PGlite has', async () => {
    const ofFiles = await readFile(join(made, 'pglite', 'PG_VERSION'), 'utf8');
    // Red: run scripts/data-directory.ts, and say in docs/operate.md that folders must be made anew.
    expect(Number(ofFiles)).toBe(Math.floor(version / 10_000));
  });

  it.skipIf(process.platform !== 'linux')(
    'takes a third of the memory that a machine of 1 GB has, made and opened again',
    async () => {
      const peak = async (): Promise<number> => {
        const script = join(import.meta.dirname, '../support/open-fresh.ts');
        const { stdout } = await promisify(execFile)(process.execPath, [script, join(root, 'own')]);
        return Number(stdout);
      };
      // What unpacks a new one must not be more than what opens it.
      expect(await peak()).toBeLessThan(280);
      expect(await peak()).toBeLessThan(280);
    },
  );
});

describe('why it cannot be opened', () => {
  const failure = (reason: string | null, errno: number | null = null): EmbeddedFailure =>
    new EmbeddedFailure({ message: 'PGlite failed to initialize properly', reason, errno });

  it.each([
    ['the number of WASI', failure(null, 51)],
    [
      'PostgreSQL',
      failure('PANIC: could not write to file "pg_wal/xlogtemp.42": No space left on device'),
    ],
    ['Node', Object.assign(new Error('full'), { code: 'ENOSPC' })],
  ])('a full disk, by %s, is no reason to throw the state away', (_by, error) => {
    expect(openFailure('/data/pglite', error)).toMatchObject({
      code: 'STATE_UNREACHABLE',
      message: 'The state in /data/pglite cannot be opened: the disk is full.',
      cure: expect.stringMatching(/Free some space.*keep the directory/) as string,
    });
  });

  it('files of another user are named', () => {
    const error = failure('FATAL: could not open file "global/pg_control": Permission denied');
    expect(openFailure('/data/pglite', error)).toMatchObject({
      code: 'STATE_UNREACHABLE',
      cure: expect.stringContaining('Make this user the owner') as string,
    });
  });

  it('what PostgreSQL says is handed on, and nothing is thrown away for it', () => {
    expect(openFailure('/d', failure('FATAL: lock file "postmaster.pid" is empty'))).toMatchObject({
      code: 'STATE_NOT_OPENED',
      message:
        'The state in /d cannot be opened: PostgreSQL says "FATAL: lock file "postmaster.pid" is empty".',
      cure: expect.stringContaining('keep the directory') as string,
    });
    const unknown = Object.assign(new Error('busy'), { code: 'EMFILE' });
    expect(openFailure('/d', unknown)).toMatchObject({
      code: 'STATE_NOT_OPENED',
      message: 'The state in /d cannot be opened (EMFILE).',
    });
  });

  it.each([
    'PANIC: could not read file "global/pg_control": read 9 of 296',
    'FATAL: database files are incompatible with server',
    'FATAL: required WAL directory "pg_wal" does not exist',
  ])('only damage or another version is: %s', (reason) => {
    expect(openFailure('/d', failure(reason))).toMatchObject({
      code: 'STATE_UNREADABLE',
      cure: expect.stringContaining('Move /d away') as string,
    });
  });
});
