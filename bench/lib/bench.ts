import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import type { BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import { newDatabase } from './programs/database.ts';
import { freePort } from './programs/free-port.ts';
import { FreshOrgs, type OrgProcess } from './programs/org.ts';
import type { Pair } from './programs/pair.ts';
import type { Processes, Ran, Usage } from './programs/processes.ts';
import { endpointAt } from './programs/service.ts';
import { sidecarFlags } from './programs/sidecar-flags.ts';
import { StoreProcess } from './programs/store.ts';
import { recordedOrders } from './recording/recorded-orders.ts';
import type { RecordedPair } from './recording/recorded-pair.ts';
import { startProxy } from './recording/recording-proxy.ts';
import { type Step, writeRecording } from './recording/recording.ts';

/** What the default mappings write. */
const OBJECTS = ['Product2', 'Account', 'Contact', 'Woo_Order__c', 'Woo_Order_Item__c'] as const;

export interface Setting {
  readonly processes: Processes;
  /** Folder for everything that the benchmark writes. */
  readonly folder: string;
  /** PostgreSQL, with the right to create databases. */
  readonly postgresUrl: string;
  /** Ends the Salesforce CLI. */
  readonly stopped: AbortSignal;
}

export interface Loaded extends Usage {
  /** Requests that the org counted. */
  readonly requests: number;
}

/** A recorded run: what the bound sends, and orders for the record-by-record way. */
export interface Recorded {
  readonly steps: string;
  readonly payloads: string;
  readonly orders: string;
  readonly orderCount: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** The steps of the benchmark. Every load starts with an org without records and an empty database. */
export class Bench {
  readonly #setting: Setting;
  readonly #orgs: FreshOrgs;
  /** The store's port: its address is deployed into the org, so all stores take the same. */
  readonly #storePort: number;
  /** The service's: deployed too. */
  readonly #servicePort: number;
  #databases = 0;

  private constructor(setting: Setting, storePort: number, servicePort: number) {
    this.#setting = setting;
    this.#storePort = storePort;
    this.#servicePort = servicePort;
    this.#orgs = new FreshOrgs(setting.processes, setting.folder);
  }

  /** Deploys the project into the org that all others are copies of. */
  static async prepare(setting: Setting): Promise<Bench> {
    const bench = new Bench(setting, await freePort(), await freePort());
    const addresses = { store: bench.#storeUrl, endpoint: endpointAt(bench.#servicePort) };
    await bench.#orgs.deploy(addresses, setting.folder, setting.stopped);
    return bench;
  }

  /** The file of an org with the project deployed and no records, for whoever opens it. */
  freshOrgFile(): string {
    return this.#orgs.copy();
  }

  get #storeUrl(): string {
    return `http://127.0.0.1:${this.#storePort}`;
  }

  async withStore<T>(orders: number, use: (store: StoreProcess) => Promise<T>): Promise<T> {
    const { processes } = this.#setting;
    const store = await StoreProcess.start(processes, { orders, port: this.#storePort });
    try {
      return await use(store);
    } finally {
      await store.stop();
    }
  }

  /** A store of so many orders and an org without records. */
  withPair<T>(orders: number, use: (pair: Pair) => Promise<T>): Promise<T> {
    const servicePort = this.#servicePort;
    return this.withStore(orders, (store) =>
      this.#withOrg((org) => use({ store, org, route: 'direct', servicePort })),
    );
  }

  /** The same, with a proxy before either side. */
  async withRecordedPair<T>(orders: number, use: (pair: RecordedPair) => Promise<T>): Promise<T> {
    const steps: Step[] = [];
    // The store has the address that its proxy answers at, for requests are signed with it.
    const options = { orders, port: await freePort(), siteUrl: this.#storeUrl };
    const store = await StoreProcess.start(this.#setting.processes, options);
    const storeProxy = await startProxy('store', store.listensAt, steps, this.#storePort);
    const servicePort = this.#servicePort;
    return this.#withOrg(async (org) => {
      const orgProxy = await startProxy('org', org.url, steps);
      try {
        const pair = { store, org, route: 'direct', servicePort } as const;
        return await use({ ...pair, orgUrl: orgProxy.url, steps });
      } finally {
        await Promise.all([storeProxy.stop(), orgProxy.stop(), store.stop()]);
      }
    });
  }

  /** Runs the sidecar once with a proxy before either side. Nothing of it is timed. */
  async record(orders: number, recordByRecord: number): Promise<Recorded> {
    const { processes, folder } = this.#setting;
    const steps: Step[] = [];
    // The store has the address that its proxy answers at, for requests are signed with it.
    const options = { orders, port: await freePort(), siteUrl: this.#storeUrl };
    const store = await StoreProcess.start(processes, options);
    const org = await this.#orgs.start();
    const storeProxy = await startProxy('store', store.listensAt, steps, this.#storePort);
    const orgProxy = await startProxy('org', org.url, steps);
    await this.#backfill(org, store, await this.#newDatabase(), orgProxy.url);
    const counts = await org.counts(OBJECTS);
    await Promise.all([storeProxy.stop(), orgProxy.stop(), store.stop(), org.stop()]);
    const file = join(folder, 'orders.json');
    const some = recordedOrders(steps, recordByRecord);
    writeFileSync(file, JSON.stringify(some));
    return { ...writeRecording(steps, folder), orders: file, orderCount: some.length, counts };
  }

  /** The sidecar as a user runs it: a first backfill of everything. */
  async load(store: StoreProcess): Promise<Loaded> {
    return this.#withOrg(async (org) => {
      const ran = await this.#backfill(org, store, await this.#newDatabase());
      return { ...ran, requests: (await org.requests()).requests };
    });
  }

  /** The first backfill with the state in a folder that does not exist yet, and a second run in the folder that it made. */
  async loadInFolder(
    store: StoreProcess,
  ): Promise<{ readonly first: Usage; readonly second: Usage }> {
    return this.#withOrg(async (org) => {
      const state = { DATA_DIR: join(this.#setting.folder, 'state') };
      return {
        first: await this.#backfill(org, store, state),
        second: await this.#backfill(org, store, state),
      };
    });
  }

  /** Calls that write in a second run with nothing changed. */
  async writesOfSecondRun(store: StoreProcess): Promise<number> {
    return this.#withOrg(async (org) => {
      const state = await this.#newDatabase();
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

  /** With what no backfill can do without. @throws as `bound` */
  async least(store: StoreProcess, recorded: Recorded): Promise<Usage> {
    const state = await this.#newDatabase();
    return this.#replay([...sidecarFlags, 'bench/orders/least.ts'], store, recorded, state);
  }

  async #replay(
    program: readonly string[],
    store: StoreProcess,
    recorded: Recorded,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Usage> {
    return this.#withOrg(async (org) => {
      const ran = await this.#setting.processes.measure(program, {
        ...sidecarEnv(org, store, org.url, ''),
        ...env,
        BENCH_STORE_URL: this.#storeUrl,
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
    return this.#withOrg(async (org) => {
      const ran = await this.#setting.processes.measure(['bench/orders/record-by-record.ts'], {
        ...sidecarEnv(org, store, org.url, ''),
        BENCH_ORDERS: recorded.orders,
      });
      return { ...ran, requests: (await org.requests()).requests };
    });
  }

  /** Records per second that the default mappings make, as a share of what code for them alone makes. */
  async mappingSpeed(store: StoreProcess): Promise<number> {
    return this.#withOrg(async (org) => {
      const { processes, folder } = this.#setting;
      const env = { ...sidecarEnv(org, store, org.url, folder), BENCH_STORE_URL: this.#storeUrl };
      const { stdout } = await processes.measure(['bench/orders/mapping.ts'], env);
      return (JSON.parse(stdout) as { ratio: number }).ratio;
    });
  }

  async #withOrg<T>(use: (org: OrgProcess) => Promise<T>): Promise<T> {
    const org = await this.#orgs.start();
    try {
      return await use(org);
    } finally {
      await org.stop();
    }
  }

  async #backfill(
    org: OrgProcess,
    store: StoreProcess,
    state: { readonly DATABASE_URL: string } | { readonly DATA_DIR: string },
    orgUrl = org.url,
  ): Promise<Ran> {
    const { processes, folder } = this.#setting;
    const env = { ...sidecarEnv(org, store, orgUrl, folder), ...state };
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

  async #newDatabase(): Promise<{ readonly DATABASE_URL: string }> {
    const name = `bench_${(this.#databases += 1)}`;
    return { DATABASE_URL: await newDatabase(this.#setting.postgresUrl, name) };
  }
}
