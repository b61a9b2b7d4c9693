import { expect } from 'vitest';
import { ConfigReader } from '../../sidecar/src/app/config-reader.ts';
import { connect } from '../../sidecar/src/app/open-sidecar.ts';
import { type Server, startServer } from '../../sidecar/src/http/server.ts';
import { systemClock } from '../../sidecar/src/lib/clock.ts';
import type { Log } from '../../sidecar/src/lib/log.ts';
import type { ChangeEvent, ChangeResource } from '../../sidecar/src/ports/change.ts';
import type { IssueSeen } from '../../sidecar/src/ports/issues.ts';
import type { StoreSetup } from '../../sidecar/src/ports/setup.ts';
import type { State } from '../../sidecar/src/ports/state.ts';
import type { SalesforceOrg } from '../../sidecar/src/salesforce/org.ts';
import { openQueue, type Queue } from '../../sidecar/src/state/queue/queue.ts';
import { type DurableState, openState } from '../../sidecar/src/state/state.ts';
import { sweepStore } from '../../sidecar/src/sync/detect/sweep-store.ts';
import { reconcileWebhooks } from '../../sidecar/src/sync/detect/webhook-keeper.ts';
import { topicsNeeded } from '../../sidecar/src/sync/detect/webhook-topics.ts';
import { leadsOfStore } from '../../sidecar/src/sync/leads/leads-of-store.ts';
import { backfill, type BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../sidecar/src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../sidecar/src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../sidecar/src/sync/read/product-type-cache.ts';
import { reconcileCustomers } from '../../sidecar/src/sync/reconcile/reconcile-customers.ts';
import { reconcileStore } from '../../sidecar/src/sync/reconcile/reconcile-store.ts';
import { CollectedFailures } from '../../sidecar/src/sync/report/collected-failures.ts';
import type { World } from './support.ts';

const RESOURCES: readonly ChangeResource[] = ['product', 'customer', 'order'];
/** Batches after which work that makes work is taken for endless. */
const MOST_BATCHES = 50;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The parts of the engine in this process, on a real state: each does its work when it is told to. */
export class EngineParts {
  readonly org: SalesforceOrg;
  readonly failures: IssueSeen[] = [];
  readonly #state: DurableState;
  readonly #productTypes = new ProductTypeCache();
  readonly #inherited = new InheritedValues();
  readonly #queue: Queue;
  readonly #setup: StoreSetup;
  readonly #leads: ReturnType<typeof leadsOfStore>;
  #server: Server | null = null;

  private constructor(org: SalesforceOrg, state: DurableState, queue: Queue, setup: StoreSetup) {
    this.org = org;
    this.#state = state;
    this.#queue = queue;
    this.#setup = setup;
    this.#leads = leadsOfStore(org, setup.leadSettings);
  }

  static async open({ env }: World): Promise<EngineParts> {
    const { config, org } = connect({ ...env });
    const state = await openState(config.state);
    const reader = new ConfigReader({ config, org, clock: systemClock, state });
    const [setup] = (await reader.read()).stores;
    if (!setup || !config.publicAccess) throw new Error('the world is not set up');
    // That a query is slow is all that is said, where the clock leaps in the middle of one.
    const queue = await openQueue(state, { onProblem: () => undefined });
    const parts = new EngineParts(org, state, queue, setup);
    await parts.#listen(config);
    return parts;
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.#queue.close();
    await this.#state.close();
  }

  /** Forgets everything, and loads the shop. */
  async loadAnew(): Promise<void> {
    await this.#state.database.query(
      'truncate woosync.link, woosync.cursor, woosync.issue; delete from woosync_queue.job',
    );
    this.failures.length = 0;
    await this.backfill(this.#state);
    await this.sweep();
    await this.sweepCustomers();
    await this.prove();
    await this.work();
  }

  backfill(state: State): Promise<BackfillResult> {
    return backfill({ org: this.org, state, ...this.#setup, ...this.#leads });
  }

  /** Says that records may have changed. */
  change(changes: readonly ChangeEvent[]): Promise<void> {
    return this.#queue.queue.add(changes);
  }

  /** Works on change events until none waits. */
  async work(): Promise<void> {
    const { queue } = this.#queue;
    const { store, mappings } = this.#setup;
    for (let batches = 0; ; batches += 1) {
      const lanes = RESOURCES.map((resource) => ({ store: store.key, resource }));
      const jobs = (await Promise.all(lanes.map((lane) => queue.claim(lane, 100)))).flat();
      if (jobs.length === 0) return;
      expect(batches, 'batches of work').toBeLessThan(MOST_BATCHES);
      const findings = new CollectedFailures();
      const parts = { org: this.org, state: this.#state, store, mappings, listener: findings };
      const remembered = { productTypes: this.#productTypes, inherited: this.#inherited };
      const given = { ...parts, ...remembered, ...this.#leads, links: null };
      const { followUps } = await syncChanges(given, jobs);
      const failures = findings.take();
      this.failures.push(...failures);
      await queue.finish({ jobs, failures, seen: findings.records, followUps });
    }
  }

  async sweep(): Promise<void> {
    const { queue } = this.#queue;
    const resources = ['order', 'product'] as const;
    const clock = { now: () => new Date() };
    await sweepStore({ ...this.#setup, state: this.#state, queue, resources, clock });
  }

  async sweepCustomers(): Promise<void> {
    const { queue } = this.#queue;
    await reconcileCustomers({ ...this.#setup, state: this.#state, queue });
  }

  async prove(): Promise<void> {
    const { queue, issues } = this.#queue;
    const now = new Date();
    await reconcileStore({
      ...this.#setup,
      org: this.org,
      state: this.#state,
      queue,
      issues,
      now,
    });
  }

  async #listen({ listen, publicAccess }: ReturnType<typeof connect>['config']): Promise<void> {
    if (publicAccess === null) return;
    const { url: publicUrl, secrets } = publicAccess;
    const { store, mappings } = this.#setup;
    const engine = {
      queue: this.#queue.queue,
      mappings: (key: string) => (key === store.key ? mappings : undefined),
      isEcho: () => false,
      isOtherShop: () => false,
      onEvent: () => undefined,
      organizationId: null,
      knowsObject: () => false,
      onEdits: () => Promise.resolve(),
      image: () => Promise.resolve(null),
      health: () =>
        Promise.resolve({ queue: { ok: true }, org: { ok: true }, stores: {} } as const),
      figures: () => Promise.resolve([]),
    };
    const webhooks = { publicUrl, secrets };
    this.#server = await startServer({ ...listen, webhooks, engine, log: silent });
    await reconcileWebhooks({
      store,
      topics: topicsNeeded(mappings),
      secret: secrets.webhook(store.key),
      deliveryUrl: `${publicUrl}/woo/webhooks/${store.key}`,
    });
  }
}
