import { CodedError } from '../errors/coded-error.ts';
import { classOf, needsPerson, sideOf } from '../errors/catalogue.ts';
import type { ErrorClass } from '../errors/explanation.ts';
import type { Clock } from '../lib/clock.ts';

const MINUTE = 60_000;

/** How long a side rests after its first failure in a row, and at most. */
interface Backoff {
  readonly first: number;
  readonly longest: number;
}

const USUAL: Backoff = { first: 1000, longest: MINUTE };
/** A used-up limit comes back with the hours, and each question about it is refused or counts. */
const LIMIT: Backoff = { first: 5 * MINUTE, longest: 15 * MINUTE };
/** What needs a person does not pass by itself, and many refused sign-ins lock a user out. */
const PERSON: Backoff = { first: MINUTE, longest: 15 * MINUTE };

/** Maintenance takes minutes to hours, and each look at it costs a call. */
const READ_ONLY: Backoff = { first: MINUTE, longest: MINUTE };

const BACKOFF: Readonly<Partial<Record<ErrorClass, Backoff>>> = {
  limit: LIMIT,
  login: PERSON,
  setup: PERSON,
};

function backoffOf({ code }: CodedError): Backoff {
  return code === 'SF_READ_ONLY' ? READ_ONLY : (BACKOFF[classOf(code)] ?? USUAL);
}

/** One of the systems that are kept in step. While it is out, what needs it waits, and costs no attempt. */
export class Dependency {
  readonly name: string;
  readonly #clock: Clock;
  #failures = 0;
  #restsUntil = 0;
  #out: { readonly reason: CodedError; readonly since: Date } | null = null;
  readonly #onChange: () => void;

  /** @param onChange it is out, for another reason, or there again */
  constructor(name: string, clock: Clock, onChange: () => void = () => undefined) {
    this.name = name;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Why it is out, and since when; null while it is not. */
  get out(): { readonly reason: CodedError; readonly since: Date } | null {
    return this.#out;
  }

  /** Milliseconds until it may be tried again; 0 for now. */
  get retryAfterMs(): number {
    return Math.max(0, this.#restsUntil - this.#clock.now().getTime());
  }

  /** Waits grow with each failure in a row, and carry jitter so that many processes do not come together. */
  recordFailure(error: CodedError): void {
    const { first, longest } = backoffOf(error);
    const wait = Math.min(first * 2 ** Math.min(this.#failures, 20), longest);
    this.#failures += 1;
    this.#restsUntil = this.#clock.now().getTime() + wait * (0.75 + Math.random() / 4);
    const before = this.#out;
    this.#out = { reason: error, since: before?.since ?? this.#clock.now() };
    if (before?.reason.code !== error.code) this.#onChange();
  }

  /** A person may have put it right: it is tried at once. */
  tryNow(): void {
    this.#restsUntil = 0;
  }

  /** What was under way may end well though nothing can be written: an org that is maintained answers what is read. */
  recordSuccess(): void {
    if (this.#out?.reason.code === 'SF_READ_ONLY' && this.retryAfterMs > 0) return;
    this.#failures = 0;
    this.#restsUntil = 0;
    if (this.#out === null) return;
    this.#out = null;
    this.#onChange();
  }
}

/** The org, the state and the stores, as far as they can be reached. */
export class Availability {
  readonly org: Dependency;
  /** The API calls that the org has left for us: while they are used up it still takes status and issues. */
  readonly budget: Dependency;
  readonly state: Dependency;
  readonly #stores = new Map<string, Dependency>();
  readonly #clock: Clock;
  #tried = new AbortController();
  readonly #onChange: () => void;

  /** @param onChange one of them is out, for another reason, or there again */
  constructor(clock: Clock, onChange: () => void = () => undefined) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.org = new Dependency('Salesforce', clock, onChange);
    this.budget = new Dependency('The API calls of Salesforce', clock, onChange);
    this.state = new Dependency('The state', clock, onChange);
  }

  store(key: string): Dependency {
    const known = this.#stores.get(key);
    if (known) return known;
    const side = new Dependency(`The store ${key}`, this.#clock, this.#onChange);
    this.#stores.set(key, side);
    return side;
  }

  /** Aborted when a side may be tried before its rest is over: whoever waits for one looks again. */
  get tried(): AbortSignal {
    return this.#tried.signal;
  }

  /** Has stores tried at once that wait for a person, who may have acted. Others come back within a minute anyway. */
  tryStores(): void {
    for (const side of this.#stores.values())
      if (side.out !== null && needsPerson(side.out.reason.code)) side.tryNow();
    const waiting = this.#tried;
    this.#tried = new AbortController();
    waiting.abort();
  }

  /**
   * The side that an error is about, told to rest. What waits for the calls of the next day knows by itself how long.
   * @param store whose work it was
   * @throws what was thrown, where it is no error of a side
   */
  recordFailure(error: unknown, store: string): Pick<Dependency, 'retryAfterMs'> {
    const name = error instanceof CodedError ? sideOf(error) : null;
    if (name === null) throw error;
    if (name === 'allowance') return { retryAfterMs: 0 };
    const side = name === 'store' ? this.store(store) : this[name];
    side.recordFailure(error as CodedError);
    return side;
  }
}
