import { forPurpose } from '../lib/call-purpose.ts';
import { placeOf } from '../lib/error-location.ts';
import { SharedRun } from '../lib/shared-run.ts';
import { editableIn } from '../ports/change-for.ts';
import { queuedAs } from '../ports/change-queue.ts';
import type { Setup, StoreSetup } from '../ports/setup.ts';
import type { Edit, EditsParts } from '../sync/detect/outbound-edits.ts';
import { OfferedImages, type Image } from '../sync/images/upload/offered-images.ts';
import { IssueWriter } from '../sync/report/issue-writer.ts';
import { Attentions } from '../sync/report/attention/attentions.ts';
import { StatusWriter } from '../sync/report/status/status-writer.ts';
import { watchSales } from '../sync/totals/counted-sales.ts';
import { readActivity } from '../sync/report/store-activity.ts';
import type { Allowance } from './budget/allowance.ts';
import { ApiBudget } from './budget/api-budget.ts';
import type { Priority } from './budget/levels.ts';
import { StoreBudgets } from './budget/store-budgets.ts';
import { Availability } from './availability.ts';
import { CommandRunner } from './commands/command-runner.ts';
import { Configuration } from './configuration.ts';
import type { EngineParts } from './engine-parts.ts';
import {
  callsTask,
  configurationTask,
  dueIssuesTask,
  issuesTask,
  orgSweepTask,
  statusTask,
} from './engine-tasks.ts';
import { isHeldBack } from './issue-scope.ts';
import { LastConfiguration } from './last-configuration.ts';
import { OrgSweep } from './org-sweep.ts';
import { reportedObjects, takeEdits } from './reported-edits.ts';
import { RunningStores } from './running-stores.ts';
import { type ScheduledTask, TaskRunner } from './scheduled-task.ts';
import { updateStandingIssues } from './standing-issues.ts';
import { sourceProblem } from './store/webhook-sources.ts';
import { neededLoad } from './store/loaded-without.ts';
import { waitsToBeTold } from './store/told-backfill.ts';
import { queueReported } from './unsent-edits.ts';
import { StatusNudge } from './status-nudge.ts';
import { snapshotStores } from './status-snapshot.ts';
import type { StoreEngine } from './store/store-engine.ts';

/** Keeps all stores in step with the org, as the org has them set up at the moment. */
export class Engine {
  readonly availability: Availability;
  readonly budget: ApiBudget;
  readonly budgets: StoreBudgets;
  readonly #parts: EngineParts;
  readonly #stop = new AbortController();
  readonly #configuration: Configuration;
  readonly #lastConfiguration: LastConfiguration;
  readonly #stores: RunningStores;
  readonly #tasks: readonly TaskRunner[];
  readonly #sayIssues: TaskRunner;
  readonly #sayStatus: TaskRunner;
  readonly #orgSweep: TaskRunner;
  readonly #issueWriter: IssueWriter;
  readonly #issuesSaid: StatusNudge;
  readonly #commands: CommandRunner;
  readonly #offers: OfferedImages;
  readonly #rereads = new SharedRun(() => this.#reread());
  #ended: Promise<unknown> = Promise.resolve();

  constructor(parts: EngineParts) {
    this.#parts = parts;
    const { org, state, queue, issues, leases, clock, log, imageUrl } = parts;
    const nudge = () =>
      new StatusNudge(clock, this.#stop.signal, () => {
        this.#sayStatus.runSoon();
      });
    const outages = nudge();
    this.availability = new Availability(clock, () => {
      outages.changed();
    });
    // Apart, so that issues which come and go leave outages their turns.
    this.#issuesSaid = nudge();
    this.budget = new ApiBudget(org);
    this.budgets = new StoreBudgets({
      ledger: parts.calls,
      clock,
      log,
      stores: () => this.setup?.stores ?? [],
      usage: () => org.usage,
    });
    this.#configuration = new Configuration(parts);
    this.#lastConfiguration = new LastConfiguration(state);
    this.#issueWriter = new IssueWriter({ org, issueStore: issues, clock, log });
    this.#offers = new OfferedImages({ org, state, leases, clock, url: imageUrl });
    this.#commands = new CommandRunner({
      ...parts,
      availability: this.availability,
      signal: this.#stop.signal,
      setup: () => this.setup,
      reload: () => this.reload(),
      links: this.#offers,
      budgets: this.budgets,
    });
    const { availability } = this;
    const sweep = new OrgSweep({ ...this.#editsParts, ...parts, commands: this.#commands });
    const status = new StatusWriter({
      org,
      log,
      attentions: new Attentions({ org, state }),
      snapshot: () => snapshotStores(this, parts),
    });
    const task = (one: ScheduledTask, priority: Priority) =>
      this.#taskRunner({ ...one, allowance: this.budgets.allowance(priority) });
    this.#sayIssues = task(
      issuesTask(availability, () => this.#writeIssues()),
      'status',
    );
    this.#sayStatus = task(
      statusTask(availability, () => status.say()),
      'status',
    );
    this.#orgSweep = task(
      orgSweepTask(availability, parts, () => sweep.run()),
      'sweep',
    );
    const others = [
      task(
        configurationTask(availability, () => this.reload()),
        'configuration',
      ),
      this.#taskRunner(dueIssuesTask(availability, () => issues.queueDue())),
      this.#taskRunner(callsTask(availability, () => this.#countCalls())),
    ];
    this.#tasks = [this.#sayIssues, this.#sayStatus, this.#orgSweep, ...others];
    this.#stores = this.#runningStores();
    queue.onAdded(({ store, resource }) => {
      this.store(store)?.wake(resource);
    });
  }

  /**
   * Reads the configuration and begins.
   * @throws CodedError where it cannot be read
   */
  async start(): Promise<void> {
    await this.budgets.save();
    await this.#counted('configuration', 'configuration', () => this.reload());
    this.#ended = Promise.all(this.#tasks.map((task) => task.run()));
  }

  /** Takes on no more work, and finishes what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.#commands.idle();
    await this.#stores.stop();
    await this.#saveCalls();
  }

  /** The stores that are kept in step now. */
  get stores(): readonly StoreEngine[] {
    return this.#stores.engines;
  }

  store(key: string): StoreEngine | undefined {
    return this.#stores.get(key);
  }

  get setup(): Setup | null {
    return this.#configuration.setup;
  }

  /** Objects that we want to be reported, in lower case. */
  get objects(): ReadonlySet<string> {
    return reportedObjects(this.setup);
  }

  /** Salesforce has reported records. Durable when it resolves. */
  async edited(edits: readonly Edit[]): Promise<void> {
    const parts = {
      ...this.#editsParts,
      onIssue: () => {
        this.#orgSweep.runSoon();
      },
      onCommands: (recordIds: readonly string[]) => void this.#commands.look(recordIds),
    };
    await takeEdits(parts, edits);
  }

  /** An image that a shop comes for; null for none that we know. */
  async image(hash: string): Promise<Image | null> {
    return this.#counted('images', 'changes', () => this.#offers.image(hash));
  }

  /**
   * Goes by what the org has configured now: one API call where nothing has changed.
   * @throws CodedError where it cannot be read
   */
  reload(): Promise<void> {
    return this.#rereads.run();
  }

  async #reread(): Promise<void> {
    const before = this.setup === null ? null : this.objects;
    const setup = await this.#configuration.read();
    if (!this.budget.isUsedUp) this.availability.budget.recordSuccess();
    // What was edited of them so far was not listened to.
    const isFresh = (object: string) => before !== null && !before.has(object);
    const goesBack = await this.#lastConfiguration.take(setup);
    if (goesBack || [...this.objects].some(isFresh)) this.#orgSweep.runSoon();
    await this.#stores.take(setup.stores);
    this.availability.tryStores();
    await this.#updateStandingIssues();
  }

  get #editsParts(): EditsParts {
    const { state, queue } = this.#parts;
    const away = () => this.#lastConfiguration.away;
    return { twoWay: state.twoWay, queue, setup: () => this.setup, away };
  }

  #runningStores(): RunningStores {
    return new RunningStores({
      ...this.#parts,
      availability: this.availability,
      budget: this.budget,
      budgets: this.budgets,
      signal: this.#stop.signal,
      links: this.#offers,
      onIssues: () => {
        this.#sayIssues.runSoon();
      },
      takeBackIssues: (setup) => this.#takeBackIssues(setup),
      unreadStores: () => this.#unreadStores(),
      onFollowing: (loaded) => {
        this.#sayStatus.runSoon();
        if (loaded !== null) void this.#tryIssuesOfOthers(loaded);
      },
    });
  }

  /** What a store has loaded may be what issues of the others are about, where they share records. */
  async #tryIssuesOfOthers(loaded: string): Promise<void> {
    const { issues, log } = this.#parts;
    try {
      for (const one of this.stores) {
        const { setup } = one;
        if (setup.store.key === loaded) continue;
        one.otherLoaded();
        await queueReported(this.#parts, setup);
        await issues.queueAll(setup.store.key);
      }
    } catch (error) {
      log.warn({ at: placeOf(error) }, 'open issues are tried again later');
    }
  }

  async #takeBackIssues(setup: StoreSetup): Promise<boolean> {
    const { queue, state } = this.#parts;
    // Any of them may have the record of an issue: it would close, and open again once that is known.
    if ((await this.#unreadStores()).length > 0) return false;
    const { issues, isWhole } = await this.#issueWriter.takeBack(setup.store.key, (scope) =>
      isHeldBack(setup, scope),
    );
    await queue.finish({ jobs: [], failures: issues, seen: [], followUps: [] });
    const changes = issues.flatMap(({ change }) => change ?? []);
    // What they say of Salesforce is not found out by a look at the shop alone.
    await state.twoWay.markDirty(editableIn(changes));
    await queue.add(changes, queuedAs(changes.length));
    return isWhole;
  }

  /** One that is out, or waits for a person to tell it, may be so for long: it is left aside. */
  async #unreadStores(): Promise<readonly string[]> {
    const { state } = this.#parts;
    const found = (this.setup?.stores ?? []).map(async (one) => {
      const { key } = one.store;
      if (this.availability.store(key).out !== null) return [];
      const isFirst = (await neededLoad(state, one)) === 'first';
      return isFirst && !(await waitsToBeTold(state, one)) ? [key] : [];
    });
    return (await Promise.all(found)).flat();
  }

  async #writeIssues(): Promise<void> {
    await this.#updateStandingIssues();
    if (await this.#issueWriter.say()) this.#issuesSaid.changed();
  }

  async #updateStandingIssues(): Promise<void> {
    const { queue, issues, state, publicUrl } = this.#parts;
    const calls = () => this.budget.warning;
    const budget = (store: string) => this.budgets.warning(store);
    const webhooks = async (store: string) =>
      publicUrl === null ? null : (await readActivity(state, store)).webhookProblem;
    const parts = {
      queue,
      issues,
      availability: this.availability,
      setup: () => this.setup,
      calls,
      budget,
      webhooks,
      source: (store: StoreSetup) => sourceProblem(state, store, this.#parts.clock.now()),
      sales: (store: StoreSetup) => watchSales(state, store, this.#parts.clock.now()),
    };
    if (await updateStandingIssues(parts)) this.#sayIssues.runSoon();
  }

  #counted<T>(purpose: string, priority: Priority, work: () => Promise<T>): Promise<T> {
    const allowance: Allowance = this.budgets.allowance(priority);
    return forPurpose(purpose, work, () => {
      allowance.spend();
    });
  }

  async #countCalls(): Promise<void> {
    await this.budgets.save();
    if (!this.budgets.warn()) return;
    this.#sayIssues.runSoon();
    this.#sayStatus.runSoon();
  }

  /** Where the state is out they are counted as never made: it is asked again by the next start. */
  async #saveCalls(): Promise<void> {
    await this.budgets.save().catch((error: unknown) => {
      this.#parts.log.warn({ at: placeOf(error) }, 'the last API calls could not be counted');
    });
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
