import { open as openFile, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { getRollbackPlans } from 'pg-boss';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../src/lib/secret.ts';
import { openDatabase } from '../../src/state/db/database.ts';
import { migrate, migrations } from '../../src/state/db/migrations.ts';
import { openQueue } from '../../src/state/queue/queue.ts';
import type { Queue } from '../../src/state/queue/queue.ts';
import { openState } from '../../src/state/state.ts';
import type { DurableState } from '../../src/state/state.ts';
import { startPostgres } from '../support/postgres.ts';
import { engines } from './support/engines.ts';
import type { Engine } from './support/engines.ts';
import { verified } from '../support/links.ts';

const lane = { store: 'main', resource: 'order' } as const;
const change = (id: number) => ({ resource: 'order', key: `main:${id}` }) as const;
const [directory, postgres] = engines;

let engine: Engine;
let state: DurableState;
let queue: Queue;
let problems: string[] = [];

async function open(): Promise<void> {
  state = await openState(engine.location);
  problems = [];
  queue = await openQueue(state, { onProblem: (problem) => problems.push(problem) });
}

async function close(): Promise<void> {
  await queue.close();
  await state.close();
}

async function reopen(): Promise<void> {
  await close();
  await open();
}

const waitingKeys = async () => (await queue.queue.claim(lane, 1000)).map(({ key }) => key).sort();

describe('a directory', () => {
  beforeEach(async () => {
    if (directory === undefined) throw new Error('The directory is not among the engines.');
    engine = await directory.start();
    await open();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await engine.stop();
  });

  it('orders stay due of a record whose batch could not be finished', async () => {
    const one = { key: 'main:1', marks: ['a'], modified: 5, isHeld: true, isAnother: true };
    await state.origins.save('customer', [{ ...one, ordersDue: true }]);
    const failures = [{ key: 'no such issue', change: null }] as never;
    const ordersQueued = [{ resource: 'customer', key: 'main:1' }] as const;
    const batch = { jobs: [], seen: [], followUps: [change(7)], failures, ordersQueued };
    await expect(queue.queue.finish(batch)).rejects.toThrow();
    const found = await state.origins.find('customer', ['main:1']);
    expect(found.get('main:1')).toMatchObject({ ordersDue: true });
    expect(await waitingKeys()).toEqual([]);
    await close();
  });

  it('fault 43: a full disk makes adding reject, and nothing that was accepted is lost', async () => {
    await queue.queue.add([change(1)]);
    const handle = await openFile(import.meta.filename);
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const full = vi
      .spyOn(prototype, 'datasync')
      .mockRejectedValue(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    await expect(queue.queue.add([change(2)])).rejects.toThrow('no space left');
    await expect(queue.queue.add([change(3)])).rejects.toThrow('no space left');
    full.mockRestore();
    await queue.queue.add([change(4)]);
    await reopen();
    expect(await waitingKeys()).toEqual(expect.arrayContaining(['main:1', 'main:4']));
    await close();
  });

  it('fault 43: a damaged one is named, with what to do', async () => {
    await close();
    if (engine.location.kind !== 'directory') throw new Error('not a directory');
    const { path } = engine.location;
    await writeFile(join(path, 'pglite', 'global', 'pg_control'), 'nonsense');
    await expect(openState(engine.location)).rejects.toMatchObject({
      code: 'STATE_UNREADABLE',
      cure: expect.stringContaining(`Move ${join(path, 'pglite')} away`) as string,
    });
  });

  it('hands jobs of before out again at once: nobody else can hold them', async () => {
    await queue.queue.add([change(1), change(2)]);
    expect(await waitingKeys()).toHaveLength(2);
    await reopen();
    expect(await waitingKeys()).toEqual(['main:1', 'main:2']);
    await close();
  });

  it('gives the room of rows that are gone back every hour', async () => {
    await close();
    vi.useFakeTimers({ toFake: ['setInterval'] });
    await open();
    const size = async () => {
      const [row] = await state.database.query(
        `select pg_relation_size('woosync_queue.job_common') as size`,
      );
      return Number(row?.['size']);
    };
    await queue.queue.add(Array.from({ length: 500 }, (_, n) => change(n + 1)));
    const jobs = await queue.queue.claim(lane, 500);
    await queue.queue.finish({ jobs, failures: [], seen: [], followUps: [] });
    expect(await size()).toBeGreaterThan(50_000);
    vi.advanceTimersByTime(3_600_000);
    vi.useRealTimers();
    await expect.poll(size).toBe(0);
    await close();
  });
});

describe('a server', () => {
  beforeEach(async () => {
    if (postgres === undefined) throw new Error('PostgreSQL is not among the engines.');
    engine = await postgres.start();
    await open();
  });
  afterEach(() => engine.stop());

  it('fault 43: a locked table makes adding wait, a connection that breaks makes it reject', async () => {
    await queue.queue.add([change(1)]);
    const other = await openDatabase(engine.location);
    const blocked = `select pid from pg_stat_activity where wait_event_type = 'Lock'
      and query like '%INSERT INTO woosync_queue.job_common%'`;
    const waits = () => other.query(blocked);
    await other.transaction(async (queries) => {
      await queries.query('lock table woosync_queue.job_common in access exclusive mode');
      const adding = queue.queue.add([change(2)]);
      const refused = expect(adding).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
      await expect.poll(waits).toHaveLength(1);
      await other.query(`select pg_terminate_backend(pid) from (${blocked}) as waiting`);
      await refused;
    });
    await other.transaction(async (queries) => {
      await queries.query('lock table woosync_queue.job_common in access exclusive mode');
      void queue.queue.add([change(3)]);
      await expect.poll(waits).toHaveLength(1);
    });
    await other.close();
    await queue.queue.add([change(4)]);
    expect(await waitingKeys()).toEqual(['main:1', 'main:3', 'main:4']);
    await close();
  });

  it('fault 43: one that goes away between two statements of a transaction makes it reject, and is used again', async () => {
    const other = await openDatabase(engine.location);
    const idle = `select pid from pg_stat_activity where state = 'idle in transaction'
      and query = 'select 1 as first'`;
    const emitted = vi.spyOn(pg.Client.prototype, 'emit');
    const kept = state.database.transaction(async (queries) => {
      await queries.query('select 1 as first');
      await expect.poll(() => other.query(idle)).toHaveLength(1);
      await other.query(`select pg_terminate_backend(pid, 10000) from (${idle}) as idle`);
      // It is heard of while no statement is on the wire.
      await expect.poll(() => emitted.mock.calls.map(([name]) => name)).toContain('error');
      await queries.query("insert into woosync.cursor values ('main', 'lost', '1')");
    });
    await expect(kept).rejects.toMatchObject({
      code: 'STATE_UNREACHABLE',
      cure: expect.stringContaining('ended our connection') as string,
    });
    emitted.mockRestore();
    await other.close();
    expect(await state.cursor('main', 'lost')).toBeNull();
    await close();
  });

  it('fault 43: one that goes away makes adding reject with what to check, and is reported', async () => {
    await close();
    const server = await startPostgres();
    state = await openState({ kind: 'postgres', url: new Secret(server.url) });
    queue = await openQueue(state, { onProblem: (problem) => problems.push(problem) });
    await queue.queue.add([change(1)]);
    await server.stop();
    await expect(queue.queue.add([change(2)])).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
    await expect.poll(() => problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/cannot be reached|refuses us/);
    await close();
  });
});

describe.each(engines)('a queue on $name', ({ start }) => {
  beforeEach(async () => {
    engine = await start();
  });
  afterEach(() => engine.stop());

  it('fault 46: the links of the previous version are there after the upgrade', async () => {
    const before = await openDatabase(engine.location);
    await migrate(before, migrations.slice(0, 2));
    await before.query(
      `insert into woosync.link (object, key, record_id, hash, parent_key, read_at, by_id)
       values ('Woo_Order__c', 'main:1', 'a01', 'h', null, now(), true)`,
    );
    await before.query(
      `insert into woosync.cursor (store, name, value) values ('main', 'sweep', '{"a": 1}')`,
    );
    await before.close();
    await open();
    expect((await state.links('Woo_Order__c', ['main:1'])).get('main:1')).toEqual({
      object: 'Woo_Order__c',
      key: 'main:1',
      recordId: 'a01',
      ...verified('h'),
      parentKey: null,
      byId: true,
    });
    expect(await state.cursor('main', 'sweep')).toEqual({ a: 1 });
    await queue.queue.add([change(1)]);
    expect(await waitingKeys()).toEqual(['main:1']);
    await close();
  });

  it('fault 46: a full queue of the previous pg-boss is there after the upgrade', async () => {
    await open();
    await queue.queue.add(Array.from({ length: 200 }, (_, n) => change(n + 1)));
    await queue.queue.claim(lane, 50);
    await queue.close();
    await state.database.query(getRollbackPlans('woosync_queue'));
    const version = 'select version from woosync_queue.version';
    const [older] = await state.database.query(version);
    queue = await openQueue(state, { onProblem: (problem) => problems.push(problem) });
    const [newer] = await state.database.query(version);
    expect(Number(newer?.['version'])).toBe(Number(older?.['version']) + 1);
    const [backlog] = await queue.queue.backlog();
    expect((backlog?.waiting ?? 0) + (backlog?.active ?? 0)).toBe(200);
    await close();
  });

  it('fault 46: an older version refuses a newer queue, and leaves it as it is', async () => {
    await open();
    await queue.queue.add([change(1)]);
    await queue.close();
    await state.database.query('update woosync_queue.version set version = 1000');
    await expect(openQueue(state, { onProblem: () => undefined })).rejects.toMatchObject({
      code: 'STATE_TOO_NEW',
      message: expect.stringMatching(/newer version \(schema 1000; this one knows \d+\)/) as string,
    });
    const [row] = await state.database.query('select count(*) as jobs from woosync_queue.job');
    expect(Number(row?.['jobs'])).toBe(1);
    await state.close();
  });
});
