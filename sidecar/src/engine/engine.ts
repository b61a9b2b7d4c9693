import { SharedRun } from '../lib/shared-run.ts';
import type { Setup, StoreSetup } from '../ports/setup.ts';
import { type Edit, type EditsParts, queueEdits } from '../sync/detect/outbound-edits.ts';
import { FilesSweep } from '../sync/detect/sweep-files.ts';
import { sweepSalesforce } from '../sync/detect/sweep-salesforce.ts';
import { OfferedImages, type Image } from '../sync/images/upload/offered-images.ts';
import { Decisions } from '../sync/report/issue-decisions.ts';
import { IssueWriter } from '../sync/report/issue-writer.ts';
import { updateStandingIssues } from './standing-issues.ts';
import { StatusWriter } from '../sync/report/status-writer.ts';
import { readActivity } from '../sync/report/store-activity.ts';
import { ApiBudget } from './api-budget.ts';
import { Availability } from './availability.ts';
import { CommandRunner } from './commands/command-runner.ts';
import type { EngineParts } from './engine-parts.ts';
import { isHeldBack } from './issue-scope.ts';
import { LastConfiguration } from './last-configuration.ts';
import { type ScheduledTask, TaskRunner } from './scheduled-task.ts';
import { snapshotStores } from './status-snapshot.ts';
import { StoreEngine } from './store/store-engine.ts';

const SETUP_SECONDS = 300;
const ISSUES_SECONDS = 30;
const STATUS_SECONDS = 60;
/** Our own objects, of which Salesforce tells too; in lower case. */
const COMMAND = 'woo_command__c';
const ISSUE = 'woo_sync_issue__c';
/** Outbound messages come at once; the sweep finds what they have lost. */
const SALESFORCE_SECONDS = 900;

interface Running {
  readonly engine: StoreEngine;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Keeps all stores in step with the org, as the org has them set up at the moment. */
export class Engine {
  readonly availability: Availability;
  readonly budget: ApiBudget;
  readonly #parts: EngineParts;
  readonly #stop = new AbortController();
  readonly #running = new Map<string, Running>();
  readonly #tasks: readonly TaskRunner[];
  readonly #sayIssues: TaskRunner;
  readonly #sayStatus: TaskRunner;
  readonly #issueWriter: IssueWriter;
  readonly #decisions: Decisions;
  readonly #commands: CommandRunner;
  readonly #salesforceSweep: TaskRunner;
  readonly #offers: OfferedImages;
  readonly #files: FilesSweep;
  readonly #lastConfiguration: LastConfiguration;
  readonly #rereads = new SharedRun(() => this.#reread());
  /** Whether we may see the records of decisions and commands. */
  #showsOwn = false;
  #ended: Promise<unknown> = Promise.resolve();
  #setup: Setup | null = null;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.availability = new Availability(parts.clock);
    this.budget = new ApiBudget(parts.org);
    const { org, issues, clock, log } = parts;
    this.#issueWriter = new IssueWriter({ org, book: issues, clock, log });
    this.#sayIssues = this.#taskRunner(this.#issues());
    this.#sayStatus = this.#taskRunner(this.#status());
    const others = [this.#rereading(), this.#dueIssues()].map((task) => this.#taskRunner(task));
    const { state, queue, leases, imageUrl } = parts;
    this.#decisions = new Decisions({ org, issues, queue, twoWay: state.twoWay });
    this.#salesforceSweep = this.#taskRunner(this.#sweepOfSalesforce());
    this.#offers = new OfferedImages({ org, state, leases, clock, url: imageUrl });
    this.#commands = new CommandRunner({
      ...{ ...parts, availability: this.availability, signal: this.#stop.signal },
      setup: () => this.#setup,
      reload: () => this.reload(),
      links: this.#offers,
    });
    this.#tasks = [this.#sayIssues, this.#sayStatus, this.#salesforceSweep, ...others];
    this.#files = new FilesSweep({ state, queue });
    this.#lastConfiguration = new LastConfiguration(state);
    parts.queue.onAdded(({ store, resource }) => {
      this.#running.get(store)?.engine.wake(resource);
    });
  }

  /**
   * Reads the configuration and begins.
   * @throws CodedError where it cannot be read
   */
  async start(): Promise<void> {
    await this.reload();
    this.#ended = Promise.all(this.#tasks.map((task) => task.run()));
  }

  /** Takes on no more work, and finishes what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.#commands.idle();
    await Promise.all(
      [...this.#running.values()].map(({ stop, ended }) => {
        stop.abort();
        return ended;
      }),
    );
  }

  /** The stores that are kept in step now. */
  get stores(): readonly StoreEngine[] {
    return [...this.#running.values()].map(({ engine }) => engine);
  }

  store(key: string): StoreEngine | undefined {
    return this.#running.get(key)?.engine;
  }

  /** Objects that we want to be reported, in lower case. */
  get objects(): ReadonlySet<string> {
    const mappings = (this.#setup?.stores ?? []).flatMap((store) => store.mappings);
    const running = mappings.filter(({ outgoing }) => outgoing.length > 0);
    // What is edited while its mapping is held waits for it.
    const held = (this.#setup?.held ?? []).filter(({ resource }) => resource === 'product');
    const objects = [...running, ...held].flatMap(({ object }) => object?.trim() ?? []);
    return new Set([...objects, COMMAND, ISSUE].map((object) => object.toLowerCase()));
  }

  /** Salesforce has reported records. Durable when it resolves. */
  async edited(edits: readonly Edit[]): Promise<void> {
    const edited = Map.groupBy(edits, ({ object }) => object.toLowerCase());
    if (edited.has(ISSUE)) this.#salesforceSweep.runSoon();
    const commands = edited.get(COMMAND) ?? [];
    // Not waited for: the message is confirmed before a command is carried out.
    if (commands.length > 0) {
      void this.#commands.look(commands.flatMap(({ recordId }) => recordId ?? []));
    }
    const own = [COMMAND, ISSUE];
    await queueEdits(
      this.#editsParts,
      edits.filter(({ object }) => !own.includes(object.toLowerCase())),
    );
  }

  /** An image that a shop comes for; null for none that we know. */
  async image(hash: string): Promise<Image | null> {
    return this.#offers.image(hash);
  }

  get #editsParts(): EditsParts {
    const { state, queue } = this.#parts;
    return { twoWay: state.twoWay, queue, setup: () => this.#setup };
  }

  get setup(): Setup | null {
    return this.#setup;
  }

  /**
   * Goes by what the org has configured now: one API call where nothing has changed.
   * @throws CodedError where it cannot be read
   */
  reload(): Promise<void> {
    return this.#rereads.run();
  }

  async #reread(): Promise<void> {
    const setup = await this.#parts.readSetup();
    if (!this.budget.isUsedUp) this.availability.budget.recordSuccess();
    this.#tellProblems(setup);
    this.#setup = setup;
    if (await this.#lastConfiguration.take(setup)) this.#salesforceSweep.runSoon();
    const wanted = new Map(setup.stores.map((one) => [one.store.key, one]));
    for (const [key, { engine, stop, ended }] of this.#running) {
      if (wanted.get(key)?.version === engine.setup.version) continue;
      stop.abort();
      await ended;
      this.#running.delete(key);
    }
    for (const [key, one] of wanted) {
      if (!this.#running.has(key) && !this.#stop.signal.aborted) this.#open(one);
    }
    await this.#updateStandingIssues();
  }

  #open(setup: StoreSetup): void {
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, stop.signal]);
    const engine = new StoreEngine(setup, {
      ...{
        ...this.#parts,
        availability: this.availability,
        budget: this.budget,
        signal,
        links: this.#offers,
      },
      onIssues: () => {
        this.#sayIssues.runSoon();
      },
      onLoaded: () => this.#closeForgotten(setup),
      onFollowing: () => {
        this.#sayStatus.runSoon();
      },
    });
    const ended = engine.run();
    this.#running.set(setup.store.key, { engine, stop, ended });
    this.#parts.log.info({ store: setup.store.key }, 'store is kept in step');
  }

  async #closeForgotten(setup: StoreSetup): Promise<void> {
    const failures = await this.#issueWriter.closeForgotten(setup.store.key, (scope) =>
      isHeldBack(setup, scope),
    );
    await this.#parts.queue.finish({ jobs: [], failures, seen: [], followUps: [] });
  }

  /** Each once, and again when the configuration has changed. */
  #tellProblems({ problems, stopped }: Setup): void {
    const before = this.#setup;
    if (JSON.stringify(before?.problems) === JSON.stringify(problems)) return;
    for (const { code, mapping, place, message, cure } of problems) {
      this.#parts.log.warn({ code, mapping, place, cure }, message);
    }
    for (const { key, reason } of stopped) {
      const { code, message, cure } = reason;
      this.#parts.log.warn({ store: key, code, cure }, message);
    }
  }

  #rereading(): ScheduledTask {
    return {
      ...{ purpose: 'configuration', store: '', seconds: SETUP_SECONDS, everywhere: true },
      needs: [this.availability.org],
      run: () => this.reload(),
    };
  }

  #issues(): ScheduledTask {
    return {
      ...{ purpose: 'issues', store: '', seconds: ISSUES_SECONDS },
      needs: [this.availability.state, this.availability.org],
      run: async () => {
        await this.#updateStandingIssues();
        await this.#issueWriter.say();
      },
    };
  }

  async #updateStandingIssues(): Promise<void> {
    const { queue, issues, state, publicUrl } = this.#parts;
    const calls = () => this.budget.warning;
    const webhooks = async (store: string) =>
      publicUrl === null ? null : (await readActivity(state, store)).webhookProblem;
    const parts = {
      queue,
      issues,
      availability: this.availability,
      setup: () => this.#setup,
      calls,
      webhooks,
    };
    if (await updateStandingIssues(parts)) this.#sayIssues.runSoon();
  }

  #dueIssues(): ScheduledTask {
    return {
      ...{ purpose: 'issues due', store: '', seconds: ISSUES_SECONDS },
      needs: [this.availability.state],
      run: () => this.#parts.issues.queueDue(),
    };
  }

  #sweepOfSalesforce(): ScheduledTask {
    const { org, state, clock, log, publicUrl, sweepSeconds } = this.#parts;
    return {
      ...{ purpose: 'sweep of Salesforce', store: '' },
      seconds: publicUrl === null ? sweepSeconds : SALESFORCE_SECONDS,
      needs: [this.availability.state, this.availability.org, this.availability.budget],
      run: async () => {
        const parts = { ...this.#editsParts, org, state, clock };
        const files = await this.#files.soql();
        const own = await this.#ownQueries();
        const { changed, others } = await sweepSalesforce(parts, [...own, ...files]);
        const [decided = [], waiting = []] = others.slice(0, own.length);
        await this.#decisions.take(decided);
        this.#commands.take(waiting);
        await this.#files.take(others.slice(own.length).flat());
        if (changed > 0) log.info({ hinted: changed }, 'sweep of Salesforce');
      },
    };
  }

  /** Those of decisions and commands, which share the call of the sweep; none where the org does not show them. */
  async #ownQueries(): Promise<readonly string[]> {
    const asked = [await this.#decisions.soql(), this.#commands.waitingSoql];
    if (this.#showsOwn) return asked;
    const { org } = this.#parts;
    const found = await org.describe(['Woo_Sync_Issue__c', 'Woo_Command__c']);
    this.#showsOwn = found.size === 2;
    return this.#showsOwn ? asked : [];
  }

  #status(): ScheduledTask {
    const { org, log } = this.#parts;
    const writer = new StatusWriter({ org, log, look: () => snapshotStores(this, this.#parts) });
    return {
      ...{ purpose: 'status', store: '', seconds: STATUS_SECONDS },
      needs: [this.availability.state, this.availability.org],
      run: () => writer.say(),
    };
  }

  #taskRunner(task: ScheduledTask): TaskRunner {
    const { org, leases, clock, log } = this.#parts;
    const { signal } = this.#stop;
    return new TaskRunner(task, {
      org,
      leases,
      availability: this.availability,
      clock,
      log,
      signal,
    });
  }
}
