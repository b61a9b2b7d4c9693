import { setImmediate as turn } from 'node:timers/promises';
import { unlimitedBudgets } from '../../support/unlimited-budgets.ts';
import { Availability } from '../../../src/engine/availability.ts';
import { CommandRunner } from '../../../src/engine/commands/command-runner.ts';
import type { CodedError } from '../../../src/errors/coded-error.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ObjectSchema } from '../../../src/mapping/model/schema.ts';
import type { BatchResult } from '../../../src/ports/change-queue.ts';
import type { Leases } from '../../../src/ports/leases.ts';
import type {
  OrgLeads,
  Collection,
  ItemError,
  ItemResult,
  Org,
  OrgAudit,
} from '../../../src/ports/org.ts';
import type { Setup, StoreSetup } from '../../../src/ports/setup.ts';
import { source } from '../../mapping/support/mappings.ts';
import { HoldingOrg, selected } from '../../support/holding-org.ts';
import { type Lists, ListStore } from '../../support/list-store.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

export type Row = Record<string, unknown>;
const OBJECT = 'Woo_Command__c';

/** Short sleeps pass at once; longer ones when so much time has passed, or when they are ended. */
class QuickClock implements Clock {
  #time = Date.UTC(2026, 10, 26, 10);
  readonly #long = new Set<{ readonly due: number; readonly wake: () => void }>();

  now = (): Date => new Date(this.#time);

  pass(milliseconds: number): void {
    this.#time += milliseconds;
    for (const sleeper of this.#long) if (sleeper.due <= this.#time) sleeper.wake();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await turn();
    if (signal?.aborted === true) return;
    if (milliseconds <= 2000) {
      this.pass(milliseconds);
      return;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = () => {
      resolve(undefined);
    };
    const sleeper = { due: this.#time + milliseconds, wake };
    this.#long.add(sleeper);
    signal?.addEventListener('abort', wake);
    await promise;
    this.#long.delete(sleeper);
  }
}

/** Leases of several processes; who holds what. */
class MemoryLeases {
  readonly held = new Map<string, string>();

  of(process: string): Leases {
    return {
      acquire: (name) => {
        const holder = this.held.get(name) ?? process;
        if (holder === process) this.held.set(name, process);
        return Promise.resolve(holder === process);
      },
      release: (name) => {
        if (this.held.get(name) === process) this.held.delete(name);
        return Promise.resolve();
      },
    };
  }
}

/** An org with commands. */
export class CommandOrg extends HoldingOrg {
  calls = 0;
  /** What it says to writes of commands. */
  refuses: ItemError | null = null;
  /** Thrown instead of answers to queries of commands. */
  out: CodedError | null = null;
  /** What was written to commands, in order. */
  readonly told: Row[] = [];
  /** Runs with each call about commands. */
  onCall: () => void = () => undefined;

  command(type: string, fields: Row = {}): string {
    const id = this.add(OBJECT, { Type__c: type, State__c: 'waiting', ...fields });
    Object.assign(this.get(OBJECT, id) ?? {}, { Name: `WC-${id}` });
    return id;
  }

  at(id: string): Row {
    return this.get(OBJECT, id) ?? {};
  }

  query(soql: string): Promise<readonly Row[]> {
    this.calls += 1;
    this.onCall();
    if (this.out) return Promise.reject(this.out);
    const [, object = ''] = /FROM (\w+)/.exec(soql) ?? [];
    const [, id] = /WHERE Id = '(.*)'/.exec(soql) ?? [];
    const [, list] = /WHERE Id IN \((.*)\)/.exec(soql) ?? [];
    const all = this.of(object);
    if (list !== undefined)
      return Promise.resolve(
        selected(
          soql,
          all.filter((row) => list.split(', ').includes(`'${row.Id}'`)),
        ),
      );
    if (id === undefined)
      return Promise.resolve(
        selected(
          soql,
          all.filter(({ State__c: state }) =>
            ['waiting', 'running', null].includes(state as string),
          ),
        ),
      );
    const found = all.filter((row) => row.Id === id);
    return Promise.resolve(selected(soql, found));
  }

  override write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    this.calls += 1;
    this.onCall();
    const [first] = collections;
    if (first?.kind === 'update' && first.object === OBJECT) {
      if (this.refuses !== null)
        return Promise.resolve([[{ id: null, created: false, errors: [this.refuses] }]]);
      this.told.push(...first.records.map((text) => JSON.parse(text) as Row));
    }
    return super.write(collections);
  }

  /** Records that people have deleted, by object. */
  readonly bin = new Map<string, readonly Row[]>();

  /** One that shows no changes of others but what they have deleted. */
  get audited(): Org & OrgAudit & OrgLeads {
    const queriesAll = (soql: readonly string[]) =>
      Promise.resolve(soql.map((one) => this.bin.get(/FROM (\w+)/.exec(one)?.[1] ?? '') ?? []));
    const userId = () => Promise.resolve('005000000000001AAA');
    const convertLeads = () => Promise.resolve([]);
    return Object.assign(this.asOrg, { queriesAll, userId, convertLeads });
  }

  limits(): Promise<unknown> {
    return Promise.resolve({ apiCalls: { limit: 15_000, remaining: 14_000 }, storageMb: null });
  }
}

export const orders: Mapping = mappingTo('Woo_Order__c', {
  label: 'Orders',
  resource: 'order',
  reads: ['status'],
  build: ({ id, status }) =>
    status === 'misfit'
      ? {
          problems: [
            { code: 'VALUE_TOO_LONG', field: 'Name', attribute: 'number', message: 'is too long' },
          ],
        }
      : { row: rowOf(`main:${String(id)}`, { Name: String(id) }) },
});
export const products: Mapping = mappingTo('Product2', {
  label: 'Products',
  resource: 'product',
  reads: ['name'],
  build: ({ id, name }) => ({ row: rowOf(`main:${String(id)}`, { Name: String(name) }) }),
});

export interface WorldOptions {
  readonly lists?: Lists;
  readonly mappings?: readonly Mapping[];
  /** Further stores, without records. */
  readonly others?: readonly string[];
  /** The first backfill is behind it. */
  readonly isLoaded?: boolean;
  /** Null while the mappings were not read. */
  readonly setup?: null;
  /** Null where no message tells of commands. */
  readonly publicUrl?: string | null;
}

function setupOf(stores: readonly unknown[], mappings: readonly Mapping[]): Setup {
  const shared = { label: 'Shop', mappings, held: [], version: '1' };
  const setups = stores.map((store) => ({ store, ...shared }));
  const compiledOf = { source: source({}), schemas: new Map<string, ObjectSchema>() };
  const nothing = { stopped: [], inactive: [], problems: [], held: [], compiledOf };
  const read = { fingerprint: 'a1b2c3d4', readAt: new Date('2026-11-26T09:59:00Z') };
  return { stores: setups as readonly StoreSetup[], ...nothing, ...read };
}

/** What the worker would do with each change event. */
function worksWith(queue: MemoryChangeQueue) {
  return (found: (key: string) => Partial<BatchResult>): void => {
    queue.onAdded((lane) => {
      void (async () => {
        for (const job of await queue.claim(lane, 200)) {
          const nothing = { jobs: [job], failures: [], seen: [], followUps: [] };
          const lookedAt = [...queue.issues.values()];
          await queue.finish({ ...nothing, lookedAt, ...found(job.key) });
        }
      })();
    });
  };
}

/** How many records wait each time that is asked, the last number for ever. */
function waitsWith(queue: MemoryChangeQueue) {
  return (counts: readonly number[], onAsked: (at: number) => void = () => undefined) => {
    let at = 0;
    queue.countOpen = () => {
      onAsked(at);
      at += 1;
      return Promise.resolve(counts[at - 1] ?? counts.at(-1) ?? 0);
    };
    /** How often it was asked. */
    return () => at;
  };
}

/** An org, a shop, and the commands of any number of processes that share a state. */
export function world({
  lists = {},
  mappings = [orders],
  others = [],
  isLoaded = true,
  setup: given,
  publicUrl = 'https://sync.example',
}: WorldOptions = {}) {
  const [org, state, clock] = [new CommandOrg(), new MemoryState(), new QuickClock()];
  const queue = new MemoryChangeQueue(state, clock.now);
  const store = new ListStore(lists);
  const stores = [store, ...others.map((key) => ({ key }))];
  const setup = setupOf(stores, mappings);
  const loaded = { at: clock.now().toISOString() };
  if (isLoaded) for (const { key } of stores) state.cursors.set(`${key} loaded`, loaded);
  const logged: { readonly message: string; readonly fields: Row }[] = [];
  const log = (fields: Readonly<Row>, message: string) => {
    logged.push({ message, fields: { ...fields } });
  };
  const leases = new MemoryLeases();
  const availability = new Availability(clock);
  /** How often the configuration was read, and what another one says. */
  const reloads: { count: number; brings: Partial<Setup> } = { count: 0, brings: {} };
  /** What becomes of the address of a store. */
  const adopting = {
    by: (_key: string): Promise<string> => Promise.reject(new Error('nothing moves')),
  };
  const open = (process = 'one') => {
    const stop = new AbortController();
    const commands = new CommandRunner({
      org: org.audited,
      state,
      queue,
      issues: queue,
      availability,
      clock,
      links: null,
      budgets: unlimitedBudgets,
      adoptAddress: (key) => adopting.by(key),
      publicUrl,
      leases: leases.of(process),
      setup: () => (given === null ? null : setup),
      signal: stop.signal,
      log: { info: log, warn: log, error: log },
      reload: () => {
        reloads.count += 1;
        Object.assign(setup, reloads.brings);
        return Promise.resolve();
      },
    });
    return { commands, stop };
  };
  const { commands, stop } = open();
  /** Gives a command and waits for its end. */
  const run = async (type: string, fields: Row = {}): Promise<Row> => {
    const id = org.command(type, fields);
    await commands.look();
    await commands.idle();
    return org.at(id);
  };
  const [waits, worksBy] = [waitsWith(queue), worksWith(queue)];
  return {
    org,
    state,
    clock,
    queue,
    store,
    setup,
    logged,
    leases,
    availability,
    adopting,
    open,
    commands,
    stop,
    run,
    waits,
    worksBy,
    reloads,
  };
}
