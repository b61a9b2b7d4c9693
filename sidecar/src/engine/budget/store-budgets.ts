import type { CodedError } from '../../errors/coded-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { CallLedger } from '../../ports/state.ts';
import type { Quota } from '../../ports/org.ts';
import type { CallBudget } from '../../ports/setup.ts';
import type { Allowance } from './allowance.ts';
import { CallCounts } from './call-counts.ts';
import {
  paceOf,
  signsEvery,
  STATUS_SECONDS,
  sweepPaceOf,
} from '../../sync/report/status/call-pace.ts';
import {
  budgetWaits,
  budgetWarning,
  callsForNight,
  dayOf,
  forecast,
  isSpent,
  levelOf,
  restOfDay,
} from './levels.ts';
import type { DayCalls, Priority } from './levels.ts';

/** A store, as far as its budget is concerned. */
interface Budgeted {
  readonly store: { readonly key: string };
  readonly label: string;
  readonly budget?: CallBudget;
}

export interface StoreBudgetsParts {
  readonly ledger: CallLedger;
  readonly clock: Clock;
  readonly log: Log;
  /** The active stores. */
  readonly stores: () => readonly Budgeted[];
  /** What the org said last of its calls; null before it said anything. */
  readonly usage: () => Quota | null;
}

/** How many of the day's API calls a store has, has used and will have used. */
export interface BudgetUse {
  /** Null for as many as the org gives. */
  readonly limit: number | null;
  readonly used: number;
  readonly forecast: number;
  /** Whether backfills wait for the next day. */
  readonly backfillWaits: boolean;
}

/** How long work that waits for the next day leaves the budget unasked: it may be raised meanwhile. */
const LOOK_AGAIN_MS = 60_000;
/** The configuration is read so often at least. */
const CONFIGURATION_SECONDS = 3600;
/** To say in Salesforce, by status and issue, that all is used: a budget may be lowered below what was used before. */
const CALLS_TO_SAY_SO = 3;

/**
 * Keeps each store to the API calls that the admin gives it for a day of UTC. Calls for all stores together count for
 * each of them in equal parts.
 */
export class StoreBudgets {
  readonly #parts: StoreBudgetsParts;
  readonly #counts: CallCounts;
  /** Code of the warning that was given last, by store. */
  readonly #warned = new Map<string, string>();
  /** The last sweeps that made calls, by store: how often they should be, and what one takes. */
  readonly #sweeps = new Map<string, { readonly seconds: number; readonly calls: number }>();
  /** The last nights that made calls, by store: on which day, and how many. */
  readonly #nights = new Map<string, { readonly day: string; readonly calls: number }>();
  /** Calls for the status beyond the budget. */
  #beyond = 0;

  constructor(parts: StoreBudgetsParts) {
    this.#parts = parts;
    this.#counts = new CallCounts(parts.ledger, parts.clock);
  }

  /** @param store empty for work that is for all of them: it may go on while one of them lets it */
  allowance(priority: Priority, store = ''): Allowance {
    const rest = () => this.#rest(priority, store);
    const isGiven = () => priority === 'status' && this.#beyond > 0;
    return {
      get retryAfterMs() {
        return isGiven() ? 0 : rest();
      },
      spend: () => {
        if (rest() > 0) {
          if (!isGiven()) throw budgetWaits(priority);
          this.#beyond -= 1;
        }
        this.#counts.add(store);
      },
      paced: (seconds, calls) => {
        if (priority === 'sweep' && calls > 0) this.#sweeps.set(store, { seconds, calls });
        if (priority === 'nightly' && calls > 0)
          this.#nights.set(store, { day: dayOf(this.#parts.clock.now()), calls });
        return this.#paced(priority, store, seconds, calls);
      },
    };
  }

  /** Seconds between two sweeps of a store or of Salesforce, where the calls of the day make them rarer; null for as usual. */
  sweepsEvery(store: string): number | null {
    const slowed = ['', store].flatMap((one) => {
      const { seconds, calls } = this.#sweeps.get(one) ?? { seconds: 0, calls: 0 };
      const pace = sweepPaceOf(calls, this.#freeOnADay(one));
      return pace > seconds ? [pace] : [];
    });
    return slowed.length === 0 ? null : Math.max(...slowed);
  }

  /** Seconds between two signs of life, where the calls of the day make them rarer; null for as usual. */
  get seenEvery(): number | null {
    return signsEvery(this.#parts.stores().map((one) => this.#limitOf(one)));
  }

  use(store: string): BudgetUse {
    const one = this.#parts.stores().find(({ store: { key } }) => key === store);
    const limit = one ? this.#limitOf(one) : null;
    const used = this.#used(store);
    const now = this.#parts.clock.now();
    return {
      limit,
      used,
      forecast: forecast(used, now),
      backfillWaits: limit !== null && isSpent('backfill', this.#callsOf(store, limit), now),
    };
  }

  /** What is to be said of the calls of a store; null while there are enough. */
  warning(store: string): CodedError | null {
    const one = this.#parts.stores().find(({ store: { key } }) => key === store);
    const limit = one ? this.#limitOf(one) : null;
    if (!one || limit === null) return null;
    return budgetWarning(one.label, this.#callsOf(store, limit), this.#parts.clock.now());
  }

  /** When the next sign of life is due, if later than usual; null for as usual. */
  get nextSeen(): Date | null {
    const now = this.#parts.clock.now();
    const seconds = this.#paced('status', '', STATUS_SECONDS, 1);
    const isLast = this.#rest('status', '', 1) > 0;
    const rest = isLast ? restOfDay(now) : seconds * 1000;
    return rest <= STATUS_SECONDS * 1000 ? null : new Date(now.getTime() + rest);
  }

  /** Learns what other processes have used, and tells them. @throws where the state is out */
  async save(): Promise<void> {
    const hasBudget = this.#parts.stores().some((one) => this.#limitOf(one) !== null);
    if (hasBudget || this.#counts.hasUnsaved) await this.#counts.save();
  }

  /** Logs what is new, once a day and store. @returns whether there is something to be said in Salesforce */
  warn(): boolean {
    let isNews = false;
    for (const { store } of this.#parts.stores()) {
      const warning = this.warning(store.key);
      const before = this.#warned.get(store.key) ?? '';
      const code = warning?.code ?? '';
      if (code === before) continue;
      isNews = true;
      this.#warned.set(store.key, code);
      if (warning)
        this.#parts.log.warn({ store: store.key, code, cure: warning.cure }, warning.message);
      else this.#parts.log.info({ store: store.key }, 'there are API calls of the day again');
    }
    if (isNews && this.#rest('status', '') > 0) this.#beyond = CALLS_TO_SAY_SO;
    return isNews;
  }

  /** @param more calls that are to be taken as made */
  #rest(priority: Priority, store: string, more = 0): number {
    const asked = this.#asked(store);
    const now = this.#parts.clock.now();
    const isOver = (one: Budgeted) => {
      const limit = this.#limitOf(one);
      return limit !== null && isSpent(priority, this.#callsOf(one.store.key, limit, more), now);
    };
    if (asked.length === 0 || !asked.every(isOver)) return 0;
    return Math.min(restOfDay(now), LOOK_AGAIN_MS);
  }

  #paced(priority: Priority, store: string, seconds: number, calls: number): number {
    if (this.#asked(store).length === 0) return seconds;
    const pace =
      priority === 'sweep'
        ? sweepPaceOf(calls, this.#freeNow(store), restOfDay(this.#parts.clock.now()) / 1000)
        : paceOf(calls, this.#limitsOf(store));
    const longest = priority === 'configuration' ? CONFIGURATION_SECONDS : Number.MAX_SAFE_INTEGER;
    // What is due then is due at once on the next day.
    const rest = Math.ceil(restOfDay(this.#parts.clock.now()) / 1000);
    return Math.max(seconds, Math.min(pace, longest, rest));
  }

  #asked(store: string): readonly Budgeted[] {
    const all = this.#parts.stores();
    return store === '' ? all : all.filter(({ store: { key } }) => key === store);
  }

  /** The calls of all that are asked; infinite where one of them has as many as the org gives. */
  #limitsOf(store: string): number {
    return this.#sumOf(store, ({ budget }) => budget);
  }

  /** How many calls sweeps may still make on this day. */
  #freeNow(store: string): number {
    const now = this.#parts.clock.now();
    return this.#sumOf(store, (calls) => Math.max(0, levelOf('sweep', calls, now) - calls.used));
  }

  /** How many of a day's calls are for sweeps, whatever was used so far: it moves only with the budget and the night. */
  #freeOnADay(store: string): number {
    const { clock } = this.#parts;
    const start = new Date(`${dayOf(clock.now())}T00:00:00Z`);
    return this.#sumOf(store, (calls) => levelOf('sweep', calls, start));
  }

  /** Infinite where one of those that are asked has as many as the org gives. */
  #sumOf(store: string, count: (calls: DayCalls) => number): number {
    return this.#asked(store).reduce((sum, one) => {
      const limit = this.#limitOf(one);
      return sum + (limit === null ? Infinity : count(this.#callsOf(one.store.key, limit)));
    }, 0);
  }

  /** @param more calls that are to be taken as made */
  #callsOf(store: string, budget: number, more = 0): DayCalls {
    const last = this.#nights.get(store) ?? null;
    const isDone = last?.day === dayOf(this.#parts.clock.now());
    const night = isDone ? 0 : callsForNight(budget, last?.calls ?? null);
    return { budget, used: this.#used(store) + more, night };
  }

  #used(store: string): number {
    const stores = Math.max(1, this.#parts.stores().length);
    return this.#counts.of(store) + Math.ceil(this.#counts.of('') / stores);
  }

  /** The smaller one where a number and a share are given. */
  #limitOf({ budget }: Budgeted): number | null {
    if (budget === undefined) return null;
    const { dailyCalls, dailyShare } = budget;
    const most = this.#parts.usage()?.limit ?? null;
    const share =
      dailyShare === null || most === null ? null : Math.floor((most * dailyShare) / 100);
    const limits = [dailyCalls, share].filter((limit) => limit !== null);
    return limits.length === 0 ? null : Math.min(...limits);
  }
}
