import { newDatabase } from './programs/database.ts';
import { freePort } from './programs/free-port.ts';
import { FreshOrgs, type OrgProcess } from './programs/org.ts';
import type { Pair } from './programs/pair.ts';
import type { Processes } from './programs/processes.ts';
import { endpointAt } from './programs/service.ts';
import { StoreProcess } from './programs/store.ts';
import type { RecordedPair } from './recording/recorded-pair.ts';
import { startProxy } from './recording/recording-proxy.ts';
import type { Step } from './recording/recording.ts';

export interface Setting {
  readonly processes: Processes;
  /** Folder for everything that the benchmark writes. */
  readonly folder: string;
  /** PostgreSQL, with the right to create databases. */
  readonly postgresUrl: string;
  /** Ends the Salesforce CLI. */
  readonly stopped: AbortSignal;
  /** Whether every part is tried with little, for its counts alone; times say nothing then. */
  readonly isShort: boolean;
}

/** Orgs, stores and databases for the parts of the benchmark: each begins with an org without records. */
export class Bench {
  readonly setting: Setting;
  readonly #orgs: FreshOrgs;
  /** The store's port: its address is deployed into the org, so all stores take the same. */
  readonly #storePort: number;
  /** The service's: deployed too. */
  readonly #servicePort: number;
  #databases = 0;

  private constructor(setting: Setting, storePort: number, servicePort: number) {
    this.setting = setting;
    this.#storePort = storePort;
    this.#servicePort = servicePort;
    this.#orgs = new FreshOrgs(setting.processes, setting.folder);
  }

  /** Deploys the project into the org that all others are copies of. */
  static async prepare(setting: Setting): Promise<Bench> {
    const bench = new Bench(setting, await freePort(), await freePort());
    const addresses = { store: bench.storeUrl, endpoint: endpointAt(bench.#servicePort) };
    await bench.#orgs.deploy(addresses, setting.folder, setting.stopped);
    return bench;
  }

  /** The file of an org with the project deployed and no records, for whoever opens it. */
  freshOrgFile(): string {
    return this.#orgs.copy();
  }

  get storeUrl(): string {
    return `http://127.0.0.1:${this.#storePort}`;
  }

  async withStore<T>(orders: number, use: (store: StoreProcess) => Promise<T>): Promise<T> {
    const { processes } = this.setting;
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
      this.withOrg((org) => use({ store, org, route: 'direct', servicePort })),
    );
  }

  /** The same, with a proxy before either side. */
  async withRecordedPair<T>(orders: number, use: (pair: RecordedPair) => Promise<T>): Promise<T> {
    const steps: Step[] = [];
    // The store has the address that its proxy answers at, for requests are signed with it.
    const options = { orders, port: await freePort(), siteUrl: this.storeUrl };
    const store = await StoreProcess.start(this.setting.processes, options);
    const storeProxy = await startProxy('store', store.listensAt, steps, this.#storePort);
    const servicePort = this.#servicePort;
    return this.withOrg(async (org) => {
      const orgProxy = await startProxy('org', org.url, steps);
      try {
        const pair = { store, org, route: 'direct', servicePort } as const;
        return await use({ ...pair, orgUrl: orgProxy.url, steps });
      } finally {
        await Promise.all([storeProxy.stop(), orgProxy.stop(), store.stop()]);
      }
    });
  }

  /** An org with the project deployed and no records. */
  async withOrg<T>(use: (org: OrgProcess) => Promise<T>): Promise<T> {
    const org = await this.#orgs.start();
    try {
      return await use(org);
    } finally {
      await org.stop();
    }
  }

  /** An empty one, for the state of a sidecar. */
  async newDatabase(): Promise<{ readonly DATABASE_URL: string }> {
    const name = `bench_${(this.#databases += 1)}`;
    return { DATABASE_URL: await newDatabase(this.setting.postgresUrl, name) };
  }
}
