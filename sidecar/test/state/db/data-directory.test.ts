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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/state/db/database.ts';
import { openFailure } from '../../../src/state/db/open-failure.ts';
import { EmbeddedFailure } from '../../../src/state/db/pglite.ts';
import type { Database } from '../../../src/state/db/types.ts';

let path: string;
let data: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'woo-data-'));
  data = join(path, 'pglite');
});
afterEach(() => rm(path, { recursive: true, force: true }));

const open = (): Promise<Database> => openDatabase({ kind: 'directory', path });
const modeOf = async (name: string): Promise<number> => (await stat(name)).mode & 0o777;

/** Makes the state with one row in it. */
async function makeState(): Promise<void> {
  const database = await open();
  await database.query('create table kept (n integer); insert into kept values (7)');
  await database.close();
}

describe('the data directory', () => {
  it('fault 43: is opened with all it holds after a kill that left an empty postmaster.pid', async () => {
    await makeState();
    await writeFile(join(data, 'postmaster.pid'), '');
    const database = await open();
    expect(await database.query('select n from kept')).toEqual([{ n: 7 }]);
    await database.close();
  });

  it('fault 43: is made anew where the first start was cut short', async () => {
    await mkdir(join(`${data}.new`, 'base'), { recursive: true });
    await writeFile(join(`${data}.new`, 'PG_VERSION'), '18\n');
    await makeState();
    await expect(stat(`${data}.new`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('lets no other user in, whether it is new or was open to all', async () => {
    const folder = join(path, 'inner');
    const database = await openDatabase({ kind: 'directory', path: folder });
    await database.close();
    expect(await modeOf(folder)).toBe(0o700);
    expect(await modeOf(join(folder, 'pglite'))).toBe(0o700);
    await mkdir(data, { mode: 0o755 });
    await chmod(path, 0o755);
    await cp(join(folder, 'pglite'), data, { recursive: true });
    await rm(folder, { recursive: true });
    const old = await open();
    await old.close();
    expect(await modeOf(data)).toBe(0o700);
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, 'lock'))).toBe(0o600);
  });

  it('has no file that another user may read, where it was moved from its place', async () => {
    await makeState();
    const readable = async () => {
      const entries = await readdir(data, { recursive: true });
      const modes = await Promise.all(entries.map((name) => modeOf(join(data, name))));
      return entries.filter((_, at) => ((modes[at] ?? 0) & 0o077) !== 0);
    };
    expect(await readable()).toEqual([]);
    await chmod(join(data, 'PG_VERSION'), 0o644);
    await (await open()).close();
    expect(await readable()).toEqual([]);
  });

  it('is made by the PostgreSQL version that PGlite has', async () => {
    await makeState();
    const database = await open();
    const [row] = await database.query(`select current_setting('server_version_num') as version`);
    await database.close();
    const made = await readFile(join(data, 'PG_VERSION'), 'utf8');
    // Red: run scripts/data-directory.ts, and say in docs/operate.md that folders must be made anew.
    expect(Number(made)).toBe(Math.floor(Number(row?.['version']) / 10_000));
  });

  it.skipIf(process.platform !== 'linux')(
    'takes a third of the memory that a machine of 1 GB has, made and opened again',
    async () => {
      const peak = async (): Promise<number> => {
        const script = join(import.meta.dirname, '../support/open-fresh.ts');
        const { stdout } = await promisify(execFile)(process.execPath, [script, join(path, 'own')]);
        return Number(stdout);
      };
      expect(await peak()).toBeLessThan(430);
      expect(await peak()).toBeLessThan(330);
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
