import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareDataDirectory } from '../../../src/state/db/data-directory.ts';
import { Embedded } from '../../../src/state/db/pglite.ts';

let root: string;
let folder: string;
/** Others, ready to be opened: making one takes seconds, and copying a moment. */
let [other, watched]: [string, string] = ['', ''];
let database: Embedded;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'woo-embedded-'));
  folder = join(root, 'data');
  await prepareDataDirectory(folder);
  [other, watched] = [join(root, 'other'), join(root, 'watched')];
  for (const path of [other, watched]) await cp(folder, path, { recursive: true });
  database = await Embedded.open(folder);
});
afterAll(async () => {
  await database.close();
  await rm(root, { recursive: true });
});

/** What a starting PostgreSQL reads first: 1 is shut down, 6 in production. */
async function stateOnDisk(): Promise<number> {
  return (await readFile(join(folder, 'global', 'pg_control'))).readInt32LE(16);
}

describe('the embedded database', () => {
  it('answers each statement with its own rows, in the types of the client', async () => {
    const answers = await Promise.all([
      database.query('select $1::integer as n', ['1']),
      database.query(`select '2026-11-26T00:00:00Z'::timestamptz as at; select null as nothing`),
    ]);
    expect(answers).toEqual([
      [{ n: 1 }],
      [{ at: new Date('2026-11-26T00:00:00Z') }, { nothing: null }],
    ]);
  });

  it('refuses with what the database says, code included, and works on', async () => {
    const refused = database.query('select * from nowhere');
    await expect(refused).rejects.toThrow('relation "nowhere" does not exist');
    await expect(refused).rejects.toMatchObject({ code: '42P01' });
    expect(await database.query('select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('does not block the thread of its caller', async () => {
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    await database.query('select pg_sleep(0.2)');
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(10);
  });

  it('refuses what waits for an answer, and all that comes later, when its thread ends by itself', async () => {
    const ending = await Embedded.open(other);
    const sent = vi.spyOn(Worker.prototype, 'postMessage');
    const waiting = Promise.allSettled([
      ending.query('select pg_sleep(600)'),
      ending.query('select 1'),
    ]);
    await (sent.mock.contexts[0] as Worker).terminate();
    sent.mockRestore();
    const reason = expect.objectContaining({
      message: 'The embedded database has ended.',
    }) as Error;
    expect(await waiting).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    await expect(ending.query('select 2')).rejects.toEqual(reason);
    await ending.close();
  });

  it('opens under node --watch too, which has threads report what they import', async () => {
    vi.stubEnv('WATCH_REPORT_DEPENDENCIES', '1');
    const other = await Embedded.open(watched);
    vi.unstubAllEnvs();
    expect(await other.query('select 1 as n')).toEqual([{ n: 1 }]);
    await other.close();
  });

  it('is closed as a server is, with nothing to repair at the next start', async () => {
    expect(await stateOnDisk()).toBe(6);
    await database.close();
    expect(await stateOnDisk()).toBe(1);
    await expect(database.query('select 1')).rejects.toThrow('The embedded database has ended.');
  });
});
