import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import type { BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import type { Bench } from '../lib/bench.ts';
import type { OrgProcess } from '../lib/programs/org.ts';
import type { Ran, Usage } from '../lib/programs/processes.ts';
import { sidecarFlags, sidecarVariables } from '../lib/programs/sidecar-start.ts';
import type { StoreProcess } from '../lib/programs/store.ts';
import { writeKept } from './kept.ts';
import { checkSame, type StateTables, tablesOf } from './state-tables.ts';
import { recordedOrders } from '../lib/recording/recorded-orders.ts';
import { totalsCalls } from '../lib/recording/recorded-totals.ts';
import { writeRecording } from '../lib/recording/recording.ts';

/** What the default mappings write. */
const OBJECTS = ['Product2', 'Account', 'Contact', 'Woo_Order__c', 'Woo_Order_Item__c'] as const;

export interface Loaded extends Usage {
  /** Requests that the org counted. */
  readonly requests: number;
}

/** A recorded run: what the bound sends, and orders for the record-by-record way. */
export interface Recorded {
  readonly steps: string;
  readonly payloads: string;
  /** What the state held afterwards. */
  readonly kept: string;
  readonly tables: StateTables;
  readonly orders: string;
  readonly orderCount: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Calls that carried what customers ordered and nothing else. */
  readonly totalsCalls: number;
}

/** Ways to bring all orders of a store into an org without records. */
export class OrderLoads {
  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Runs the sidecar once with a proxy before either side. Nothing of it is timed. */
  async record(orders: number, recordByRecord: number): Promise<Recorded> {
    const { folder } = this.#bench.setting;
    const state = await this.#bench.newDatabase();
    const { steps, counts } = await this.#bench.withRecordedPair(orders, async (pair) => {
      await this.#backfill(pair.org, pair.store, state, pair.orgUrl);
      return { steps: pair.steps, counts: await pair.org.counts(OBJECTS) };
    });
    const kept = join(folder, 'kept.json');
    await writeKept(state.DATABASE_URL, kept);
    const file = join(folder, 'orders.json');
    const some = recordedOrders(steps, recordByRecord);
    writeFileSync(file, JSON.stringify(some));
    return {
      ...writeRecording(steps, folder),
      orders: file,
      kept,
      tables: await tablesOf(state.DATABASE_URL),
      orderCount: some.length,
      counts,
      totalsCalls: totalsCalls(steps),
    };
  }

  /** The sidecar as a user runs it: a first backfill of everything. */
  async load(store: StoreProcess): Promise<Loaded> {
    return this.#bench.withOrg(async (org) => {
      const ran = await this.#backfill(org, store, await this.#bench.newDatabase());
      return { ...ran, requests: (await org.requests()).requests };
    });
  }

  /** The first backfill with the state in a folder that does not exist yet, and a second run in the folder that it made. */
  async loadInFolder(
    store: StoreProcess,
  ): Promise<{ readonly first: Usage; readonly second: Usage }> {
    return this.#bench.withOrg(async (org) => {
      const state = { DATA_DIR: join(this.#bench.setting.folder, 'state') };
      return {
        first: await this.#backfill(org, store, state),
        second: await this.#backfill(org, store, state),
      };
    });
  }

  /** Calls that write in a second run with nothing changed. */
  async writesOfSecondRun(store: StoreProcess): Promise<number> {
    return this.#bench.withOrg(async (org) => {
      const state = await this.#bench.newDatabase();
      await this.#backfill(org, store, state);
      await org.resetRequests();
      await this.#backfill(org, store, state);
      return (await org.requests()).writes;
    });
  }

  /** The same requests and nothing else. @throws Error where the org does not hold the same afterwards */
  bound(store: StoreProcess, recorded: Recorded): Promise<Usage> {
    return this.#replay(['bench/orders/bound.ts'], store, recorded);
  }

  /**
   * With what no backfill can do without.
   * @param keepsAll whether all that the state holds afterwards is kept, and not links alone
   * @throws as `bound`, and Error where something else is kept then than the sidecar keeps
   */
  async least(store: StoreProcess, recorded: Recorded, keepsAll = false): Promise<Usage> {
    const state = await this.#bench.newDatabase();
    const env = {
      ...sidecarVariables,
      ...state,
      ...(keepsAll && { BENCH_KEPT: recorded.kept }),
    };
    const program = [...sidecarFlags, 'bench/orders/least.ts'];
    const ran = await this.#replay(program, store, recorded, env);
    if (keepsAll) checkSame(recorded.tables, await tablesOf(state.DATABASE_URL));
    return ran;
  }

  async #replay(
    program: readonly string[],
    store: StoreProcess,
    recorded: Recorded,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Usage> {
    return this.#bench.withOrg(async (org) => {
      const ran = await this.#bench.setting.processes.measure(program, {
        ...sidecarEnv(org, store, org.url, ''),
        ...env,
        BENCH_STORE_URL: this.#bench.storeUrl,
        BENCH_STEPS: recorded.steps,
        BENCH_PAYLOADS: recorded.payloads,
      });
      const counts = await org.counts(OBJECTS);
      if (JSON.stringify(counts) !== JSON.stringify(recorded.counts)) {
        throw new Error(
          `${program.join(' ')} wrote ${JSON.stringify(counts)}, the sidecar ${JSON.stringify(recorded.counts)}.`,
        );
      }
      return ran;
    });
  }

  /** Looking up and writing each record for itself. */
  async recordByRecord(store: StoreProcess, recorded: Recorded): Promise<Loaded> {
    return this.#bench.withOrg(async (org) => {
      const ran = await this.#bench.setting.processes.measure(
        ['bench/orders/record-by-record.ts'],
        {
          ...sidecarEnv(org, store, org.url, ''),
          BENCH_ORDERS: recorded.orders,
        },
      );
      return { ...ran, requests: (await org.requests()).requests };
    });
  }

  /** Records per second that the default mappings make, as a share of what code for them alone makes. */
  async mappingSpeed(store: StoreProcess): Promise<number> {
    return this.#bench.withOrg(async (org) => {
      const { processes, folder } = this.#bench.setting;
      const env = {
        ...sidecarEnv(org, store, org.url, folder),
        BENCH_STORE_URL: this.#bench.storeUrl,
      };
      const { stdout } = await processes.measure(['bench/orders/mapping.ts'], env);
      return (JSON.parse(stdout) as { ratio: number }).ratio;
    });
  }

  async #backfill(
    org: OrgProcess,
    store: StoreProcess,
    state: { readonly DATABASE_URL: string } | { readonly DATA_DIR: string },
    orgUrl = org.url,
  ): Promise<Ran> {
    const { processes, folder } = this.#bench.setting;
    const env = { ...sidecarVariables, ...sidecarEnv(org, store, orgUrl, folder), ...state };
    const args = [...sidecarFlags, 'sidecar/bin/woo-salesforce.js', 'backfill', '--json'];
    const ran = await processes.measure(args, env);
    const { results } = JSON.parse(ran.stdout) as { results: readonly BackfillResult[] };
    const synced = results
      .flatMap(({ mappings }) => mappings)
      .find(({ resource }) => resource === 'order');
    if (synced?.wanted !== store.orders) {
      throw new Error(`The sidecar synced other orders than ${store.orders}: ${ran.stdout}`);
    }
    return ran;
  }
}
