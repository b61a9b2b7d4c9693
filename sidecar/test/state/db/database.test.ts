import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../../src/lib/secret.ts';
import { openDatabase } from '../../../src/state/db/database.ts';
import { migrate, migrations } from '../../../src/state/db/migrations.ts';
import type { Database } from '../../../src/state/db/types.ts';
import { openState } from '../../../src/state/state.ts';
import { failureOf } from '../../support/scripted-server.ts';
import { startPostgres } from '../../support/postgres.ts';
import type { Postgres } from '../../support/postgres.ts';
import { copyPrepared, engines } from '../support/engines.ts';
import type { Engine } from '../support/engines.ts';
import { verified } from '../../support/links.ts';

const saved = {
  object: 'Woo_Order__c',
  key: 'main:1',
  recordId: 'a01',
  ...verified('h'),
  parentKey: null,
  byId: false,
  readNumber: 1,
};

const newest = migrations.length;

describe.each(engines)('schema on $name', ({ start }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());

  it('is made once, kept over a restart, and moved forward by new migrations only', async () => {
    const first = await openState(engine.location);
    await first.didWrite([saved], []);
    await first.close();

    const database = await openDatabase(engine.location);
    const added = {
      number: newest + 1,
      name: 'a note',
      statements: ['alter table woosync.link add note text'],
    };
    await migrate(database, [...migrations, added]);
    await migrate(database, [...migrations, added]);
    const applied = await database.query('select number from woosync.migration order by number');
    expect(applied.map((row) => row['number'])).toEqual([
      ...migrations.map(({ number }) => number),
      newest + 1,
    ]);
    expect(await database.query('select key, note from woosync.link')).toEqual([
      { key: 'main:1', note: null },
    ]);
    await database.close();

    await expect(openState(engine.location)).rejects.toMatchObject({
      code: 'STATE_TOO_NEW',
      message: `The state was written by a newer version (schema ${newest + 1}; this one knows ${newest}).`,
    });
  });

  it('keeps links that the first version made: each of a record with our own key', async () => {
    const old = await start();
    const before = await openDatabase(old.location);
    await migrate(before, migrations.slice(0, 1));
    await before.query(
      `insert into woosync.link (object, key, record_id, hash, read_at)
       values ('Contact', 'main:1', '003', 'h', now())`,
    );
    await before.close();
    const state = await openState(old.location);
    expect((await state.links('Contact', ['main:1'])).get('main:1')).toEqual({
      object: 'Contact',
      key: 'main:1',
      recordId: '003',
      ...verified('h'),
      parentKey: null,
      byId: false,
    });
    await state.close();
    await old.stop();
  });

  describe('that is open', () => {
    let database: Database;
    beforeAll(async () => {
      database = await openDatabase(engine.location);
    });
    afterAll(() => database.close());

    it('takes several statements in one text, and is not stuck in one that fails halfway', async () => {
      expect(await database.query('begin; select 1 as a; select 2 as b; commit')).toEqual([
        { a: 1 },
        { b: 2 },
      ]);
      await expect(database.query('begin; select nonsense; commit')).rejects.toThrow('nonsense');
      expect(await database.query('select 3 as c')).toEqual([{ c: 3 }]);
    });

    it('is left as it was when a migration fails', async () => {
      const broken = {
        number: newest + 8,
        name: 'broken',
        statements: ['create table woosync.half (a text)', 'select nonsense'],
      };
      await expect(migrate(database, [...migrations, broken])).rejects.toThrow('nonsense');
      const [row] = await database.query(`select to_regclass('woosync.half')::text as half`);
      expect(row).toEqual({ half: null });
    });
  });
});

describe('state on PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  const at = (change: (url: URL) => void): { kind: 'postgres'; url: Secret } => {
    const url = new URL(postgres.url);
    change(url);
    return { kind: 'postgres', url: new Secret(url.href) };
  };

  it('is made by one of several that start at once', async () => {
    const states = await Promise.all(
      Array.from({ length: 5 }, () => openState(at(() => undefined))),
    );
    await Promise.all(states.map((state) => state.saveCursor('main', 'sweep', 1)));
    await Promise.all(states.map((state) => state.close()));
    const database = await openDatabase(at(() => undefined));
    expect(await database.query('select number from woosync.migration')).toHaveLength(newest);
    await database.close();
  });

  it.each([
    ['password', 'Check the user and the password', (url: URL) => (url.password = 'wr0ng-secret')],
    ['database', 'Create that database', (url: URL) => (url.pathname = '/wr0ng-secret')],
    ['port', 'Check host and port', (url: URL) => (url.port = '1')],
    ['host', 'Check host and port', (url: URL) => (url.hostname = 'no-such-host.invalid')],
  ])('says what to do about a wrong %s, and keeps the password', async (_what, cure, change) => {
    const location = at((url) => {
      change(url);
    });
    const failure = await failureOf(openState(location));
    expect(failure).toMatchObject({ code: 'STATE_UNREACHABLE' });
    expect((failure as { cure: string }).cure).toContain(cure);
    const { password } = new URL(location.url.reveal());
    expect(inspect(failure, { depth: 10 })).not.toContain(password);
  });

  it('says so when the server goes away under way', async () => {
    const other = await startPostgres();
    const state = await openState({ kind: 'postgres', url: new Secret(other.url) });
    await other.stop();
    await expect(state.links('Woo_Order__c', ['main:1'])).rejects.toMatchObject({
      code: 'STATE_UNREACHABLE',
    });
    await state.close();
  });

  it('links a thousand records in one statement', async () => {
    const state = await openState(at(() => undefined));
    const batch = (from: number): (typeof saved)[] =>
      Array.from({ length: 1000 }, (_, index) => ({ ...saved, key: `main:${from + index}` }));
    await state.didWrite(batch(0), []);
    const asked = [
      vi.spyOn(state.database, 'query'),
      vi.spyOn(state.database, 'transaction'),
      vi.spyOn(state.database.urgent, 'query'),
    ];
    // Half of them are there.
    await state.didWrite(batch(500), []);
    expect(asked.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(1);
    await state.close();
  });
});

describe('state in a directory', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'woo-state-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('survives a kill, and is refused to a second process while the first lives', async () => {
    const path = join(root, 'killed');
    await copyPrepared(path);
    const holder = spawn(
      process.execPath,
      [join(import.meta.dirname, '../support/hold-state.ts'), path, JSON.stringify(saved)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    await expect(openState({ kind: 'directory', path })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      message: `The state in ${path} is in use by another process.`,
    });
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    const state = await openState({ kind: 'directory', path });
    expect((await state.links('Woo_Order__c', ['main:1'])).get('main:1')?.recordId).toBe('a01');
    await state.close();
  });

  it('tells a lock that is damaged from one that another process has', async () => {
    const path = join(root, 'damaged-lock');
    await copyPrepared(path);
    await writeFile(join(path, 'lock'), 'no lock at all. '.repeat(100), { mode: 0o600 });
    await expect(openState({ kind: 'directory', path })).rejects.toMatchObject({
      code: 'STATE_NOT_OPENED',
      cure: expect.stringContaining(`remove ${join(path, 'lock')}`) as string,
    });
    await rm(join(path, 'lock'));
    await (await openState({ kind: 'directory', path })).close();
  });

  it.skipIf(process.platform !== 'linux')(
    'names a directory that cannot be made, also where Node would try for ever',
    async () => {
      const file = join(root, 'file');
      await writeFile(file, '');
      for (const path of [join(file, 'state'), '/proc/state', '/proc/a/b/state'])
        await expect(openState({ kind: 'directory', path })).rejects.toMatchObject({
          code: 'STATE_UNREACHABLE',
          message: expect.stringContaining(path) as string,
          cure: 'Put a directory that this user may write in DATA_DIR.',
        });
    },
  );

  it('names a directory that holds something else, and lets go of it', async () => {
    const path = join(root, 'foreign');
    await mkdir(join(path, 'pglite'), { recursive: true });
    await writeFile(join(path, 'pglite', 'PG_VERSION'), '9.6\n');
    await chmod(path, 0o700);
    const opening = openState({ kind: 'directory', path });
    await expect(opening).rejects.toMatchObject({ code: 'STATE_UNREADABLE' });
    await expect(openState({ kind: 'directory', path })).rejects.toMatchObject({
      code: 'STATE_UNREADABLE',
    });
  });
});
