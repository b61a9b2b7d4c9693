import { copyFileSync, rmSync } from 'node:fs';

import { createOrg, type Org } from '../../../local/org/org.ts';
import { undeleteRecords } from '../../../local/org/write/undelete.ts';
import { createStore, type Store } from '../../../local/store/store.ts';
import type { Log } from '../../../sidecar/src/lib/log.ts';
import { actOnBoth } from '../actions/both-sides.ts';
import { actInOrg, saveTracked } from '../actions/org-actions.ts';
import { actInShop } from '../actions/shop-actions.ts';
import { Edits } from '../actions/edits.ts';
import type { Deed, Plan } from '../plan.ts';
import { reseed } from '../preload/chance.ts';
import { advance, BEGIN, currentTime, during, leap, resetClock } from '../preload/clock.ts';
import { resetNetwork } from '../preload/network.ts';
import { killAllProcesses, outside, processId } from '../preload/processes.ts';
import { Mishaps } from './mishaps.ts';
import { Person } from './person.ts';
import { CLIENT, PORTS, SERVICE_ENV, STORE_CREDENTIALS, type StoreKey } from './places.ts';
import { configure, type ConfiguredPart, setMainStore, setMapping } from './prepared-org.ts';
import { Service } from './service.ts';
import type { StatePlace } from './state-place.ts';
import { Traffic } from './traffic.ts';

const MINUTE = 60_000;

/** Whether what an admin changes is on as a day begins and ends. */
const AT_FIRST: Readonly<Record<ConfiguredPart, boolean>> = { published: false, tracking: true };

export interface Line {
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly said: unknown;
}

/** What a run is played on. */
export interface Ground {
  /** The file of an org as `prepareOrg` makes it. */
  readonly prepared: string;
  /** Where the run has its own. */
  readonly file: string;
  readonly place: StatePlace;
}

/** The service between an org and its shops, in this process and on its own clock. */
export class Simulation {
  readonly plan: Plan;
  readonly edits = new Edits();
  readonly traffic = new Traffic();
  readonly lines: Line[] = [];
  readonly org: Org;
  readonly stores: ReadonlyMap<StoreKey, Store>;
  readonly admin: Person;
  readonly rep: Person;
  readonly mishaps: Mishaps;
  crashes = 0;
  /** Edits in a shop that fell between the last read of a record and the write to it. */
  unseen = 0;
  readonly #place: StatePlace;
  /** Those that run, as many as the plan says but for those that are down. */
  readonly #services: Service[] = [];
  readonly #file: string;
  /** What an admin has changed since the last night. */
  readonly #configured = new Set<ConfiguredPart>();

  private constructor(plan: Plan, file: string, place: StatePlace) {
    this.plan = plan;
    this.#file = file;
    if (plan.processes > 1 && !place.isShared)
      throw new Error('Two processes cannot have their state in one folder: it is --two none.');
    this.#place = place;
    this.mishaps = new Mishaps(
      (downMs) => {
        this.#crash(downMs);
      },
      (request, answer) => {
        this.traffic.answered(request, answer);
      },
    );
    resetNetwork(this.mishaps);
    this.org = createOrg({ file, ...CLIENT });
    this.admin = new Person(this.org, this.org.adminUsername);
    this.rep = new Person(this.org, this.org.repUsername);
    this.stores = new Map(storesOf(plan));
  }

  static async open(plan: Plan, { prepared, file, place }: Ground): Promise<Simulation> {
    killAllProcesses();
    resetClock(BEGIN);
    reseed(plan.seed, plan.order);
    copyFileSync(prepared, file);
    const simulation = new Simulation(plan, file, place);
    await simulation.#begin();
    return simulation;
  }

  async #begin(): Promise<void> {
    const { org, stores, plan } = this;
    await during(org.listen(PORTS.org));
    for (const [key, store] of stores) await during(store.listen(PORTS[key]));
    await during(setMainStore(org, plan));
    this.setMappings();
    for (let count = 0; count < this.plan.processes; count += 1) await during(this.#start());
    await this.pass(2 * MINUTE);
    const loaded = this.lines.filter(({ message }) => message === 'first backfill is done').length;
    if (loaded !== stores.size)
      throw new Error(
        `${loaded} of ${stores.size} stores were loaded, seed ${plan.seed}: ${JSON.stringify(this.lines.slice(-3)).slice(0, 800)}`,
      );
  }

  /** All on, with the conflict rule of the plan. */
  setMappings(): void {
    const { rule, hasOutlet } = this.plan;
    setMapping(this.org, 'Product', { rule, isOn: true });
    setMapping(this.org, 'Order', { rule, isOn: true });
    if (hasOutlet) setMapping(this.org, 'Outlet_Product', { rule, isOn: true });
  }

  pass(milliseconds: number): Promise<void> {
    return advance(currentTime() + milliseconds);
  }

  /** Leaps to two o'clock, when the nightly work is due, and lets it be done. */
  async night(): Promise<void> {
    const now = new Date(currentTime());
    leap(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1, 2, 0, 30));
    await this.pass(8 * MINUTE);
  }

  /** Nothing bad happens any more. */
  async calmDown(): Promise<void> {
    this.mishaps.clear();
    for (const store of this.stores.values()) {
      store.clock.skew = 0;
      store.webhooks.outbox.release();
    }
    await during(this.admin.control('outbound/release', {}));
    this.org.data.faults.clear();
    this.setMappings();
    if (this.#configured.size > 0) await this.#configureBack();
  }

  /** All as it was; what was passed over meanwhile is brought by a backfill. */
  async #configureBack(): Promise<void> {
    for (const part of this.#configured) configure(this.org, part, AT_FIRST[part]);
    for (const Type__c of ['reload', 'backfill'])
      await during(this.admin.create('Woo_Command__c', { Type__c }));
  }

  /** What was typed in Salesforce while its field mapping was off goes to the shop once the record is saved again. */
  async saveAgain(): Promise<void> {
    const wasOff = this.#configured.has('tracking');
    this.#configured.clear();
    if (!wasOff) return;
    await during(saveTracked({ rep: this.rep, edits: this.edits }));
    await this.pass(3 * MINUTE);
  }

  /** Change events that wait or are worked on. */
  async backlog(): Promise<number> {
    const lanes = await during(this.#place.backlog());
    return lanes.reduce((sum, { waiting, active }) => sum + waiting + active, 0);
  }

  async do(deed: Deed): Promise<void> {
    const { admin, rep, edits, mishaps } = this;
    switch (deed.kind) {
      case 'shop':
        await this.#inShop(deed);
        return;
      case 'org':
        await during(actInOrg({ admin, rep, edits, undelete: this.#undelete }, deed.what, deed));
        return;
      case 'both': {
        const store = this.stores.get('main');
        if (store) await during(actOnBoth({ store, admin, rep, edits }, deed));
        return;
      }
      case 'mapping':
        setMapping(this.org, deed.mapping, { rule: this.plan.rule, isOn: deed.isOn });
        return;
      case 'configure':
        await this.#configure(deed);
        return;
      case 'fault':
        mishaps.addFault(deed.to, deed.times, deed);
        return;
      case 'messages':
        mishaps.addMessages(deed.from, deed.times, deed.what);
        return;
      case 'row_lock':
        this.org.data.faults.add({ kind: 'row_lock', object: deed.object, times: deed.times });
        return;
      case 'hold':
        await this.#hold(deed);
        return;
      case 'skew':
        this.#skew(deed);
        return;
      case 'crash':
        mishaps.arm(deed);
        return;
      case 'lost_state':
        // Those that are down anyway start as they would have.
        for (const id of this.#services.map((one) => one.id)) this.#kill(id, deed.downMs);
        this.#place.lose();
    }
  }

  readonly #undelete = (id: string): void => {
    const { data, sessions, adminUsername } = this.org;
    const userId = sessions.user(adminUsername)?.id ?? '';
    undeleteRecords(data, { userId }, [id], true);
  };

  async #inShop(deed: Extract<Deed, { kind: 'shop' }>): Promise<void> {
    const store = this.stores.get(deed.store);
    if (store)
      await during(actInShop({ store, key: deed.store, edits: this.edits }, deed.what, deed));
  }

  async #configure({
    part,
    isOn,
    isReloaded,
  }: Extract<Deed, { kind: 'configure' }>): Promise<void> {
    configure(this.org, part, isOn);
    this.#configured.add(part);
    if (isReloaded) await during(this.admin.create('Woo_Command__c', { Type__c: 'reload' }));
  }

  async #hold({ from, milliseconds, order }: Extract<Deed, { kind: 'hold' }>): Promise<void> {
    const outbox = from === 'org' ? null : this.stores.get(from)?.webhooks.outbox;
    if (outbox === undefined) return;
    outbox?.hold();
    if (outbox === null) await during(this.admin.control('outbound/hold', {}));
    setTimeout(() => {
      outbox?.reorder(order);
      outbox?.release();
      if (outbox === null) void this.admin.control('outbound/release', {});
    }, milliseconds);
  }

  #skew({ store, seconds, milliseconds }: Extract<Deed, { kind: 'skew' }>): void {
    const clock = this.stores.get(store)?.clock;
    if (!clock) return;
    clock.skew = seconds;
    setTimeout(() => {
      clock.skew = 0;
    }, milliseconds);
  }

  #start(): Promise<void> {
    const keys = [...this.stores].map(([key, { consumerKey, consumerSecret }]) => ({
      [`WOO_${key.toUpperCase()}_KEY`]: consumerKey,
      [`WOO_${key.toUpperCase()}_SECRET`]: consumerSecret,
    }));
    const env = Object.assign({}, SERVICE_ENV, ...keys) as Record<string, string>;
    const service = new Service(this.#place);
    this.#services.push(service);
    return service.start(env, this.#log(), this.mishaps);
  }

  /** Ends the process in which something goes on. */
  #crash(downMs: number): void {
    const id = processId();
    if (id !== null) this.#kill(id, downMs);
  }

  #kill(id: number, downMs: number): void {
    const at = this.#services.findIndex((service) => service.id === id);
    const [service] = this.#services.splice(at, 1);
    if (service === undefined) return;
    this.crashes += 1;
    service.kill(this.plan.processes === 1);
    outside(() => {
      setTimeout(() => {
        this.#start().catch((error: unknown) => {
          this.lines.push({
            at: currentTime(),
            level: 'error',
            message: 'could not start',
            said: error,
          });
        });
      }, downMs);
    });
  }

  #log(): Log {
    const keep = (level: Line['level']) => (said: object, message: string) => {
      this.lines.push({ at: currentTime(), level, message, said });
    };
    return { info: keep('info'), warn: keep('warn'), error: keep('error') };
  }

  async close(): Promise<void> {
    killAllProcesses();
    await this.#place.close();
    resetClock(BEGIN);
    resetNetwork();
    this.org.data.close();
    for (const end of ['', '-wal', '-shm']) rmSync(this.#file + end, { force: true });
  }
}

function storesOf({ hasOutlet }: Plan): [StoreKey, Store][] {
  const common = {
    tlsProxy: true,
    allowHosts: ['127.0.0.1'],
    credentials: structuredClone(STORE_CREDENTIALS),
  };
  const outlet = { ...common, orders: 4, products: 8, seed: 2, siteName: 'Example Outlet' };
  return [
    ['main', createStore({ ...common, orders: 4, seed: 1 })],
    ...(hasOutlet ? [['outlet', createStore(outlet)] as [StoreKey, Store]] : []),
  ];
}
