import type { TestSpecification } from 'vitest/node';

import type { Mutant } from './mutants.ts';
import type { Outcome } from './score.ts';
import type { Session } from './session.ts';
import type { Event, Plan, Planned } from './worker/events.ts';

/** Between two lines that say how far it is. */
const PROGRESS_MS = 20_000;
/** Seconds of CPU of the tests that are tried first with a mutant, and how many times more each next round has. */
const FIRST_ROUND = 0.3;
const GROWTH = 4;

type Look = Extract<Event, { kind: 'test' }>;

/** What was found out of the mutants. */
export interface Found {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Names of the tests that noticed a mutant, by its id. */
  readonly killers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tests: readonly Look[];
  /** Names of the tests that say nothing: they fail as they are, or do when they run twice. */
  readonly unusable: readonly string[];
  /** Names of the tests that take too long to be repeated. */
  readonly slow: readonly string[];
}

export interface SearchOptions {
  /** Whether each test is tried that comes past a mutant, also when another has noticed it. */
  readonly matrix: boolean;
  /** Seconds of CPU that a test may take; slower ones are not repeated. */
  readonly slowest: number;
  readonly progress: (line: string) => void;
}

/** Finds out which of the mutants a test notices. */
export class Search {
  readonly #session: Session;
  readonly #files: readonly TestSpecification[];
  readonly #options: SearchOptions;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #killers = new Map<string, Set<string>>();
  /** What is known: a test and a mutant. */
  readonly #tried = new Set<string>();
  /** To be run from the start: by mutant, the files whose tests may notice it. */
  readonly #fresh = new Map<string, Set<string>>();
  #tests: readonly Look[] = [];

  constructor(session: Session, files: readonly TestSpecification[], options: SearchOptions) {
    this.#session = session;
    this.#files = files;
    this.#options = options;
  }

  async run(mutants: readonly Mutant[]): Promise<Found> {
    for (const { id, marked } of mutants)
      this.#outcomes.set(id, marked === null ? 'not covered' : 'marked');
    const looked = await this.#run(this.#files, {});
    const all = looked.events.filter((event) => event.kind === 'test');
    if (all.length === 0) throw new Error('No test has run.');
    const slow = all.filter(({ seconds }) => seconds > this.#options.slowest);
    const unusable = all.filter(({ repeats }) => !repeats);
    this.#tests = all
      .filter((test) => test.repeats && !slow.includes(test))
      .toSorted((one, other) => one.seconds - other.seconds);
    this.#options.progress(`${all.length} tests run, ${mutants.length} mutants`);
    await this.#repeat(mutants);
    const atStart = looked.events.flatMap((event) =>
      event.kind === 'static' ? event.mutants : [],
    );
    await this.#startAnew(mutants, new Set(atStart));
    return {
      outcomes: this.#outcomes,
      killers: this.#killers,
      tests: this.#tests,
      unusable: unusable.map(({ name }) => name),
      slow: slow.map(({ name }) => name),
    };
  }

  /**
   * In rounds: most mutants are noticed by tests that take next to nothing. A test that does not end takes its process
   * along, and the round begins again with what is left.
   */
  async #repeat(mutants: readonly Mutant[]): Promise<void> {
    const wanted = mutants.filter(({ marked }) => marked === null).map(({ id }) => id);
    for (const id of wanted)
      if (this.#tests.some(({ hits }) => id in hits)) this.#outcomes.set(id, 'survived');
    const all = this.#tests.reduce((sum, { seconds }) => sum + seconds, 0);
    let most = this.#options.matrix ? all : FIRST_ROUND;
    for (;;) {
      const work = this.#work(wanted, most);
      const files = this.#files.filter(({ moduleId }) =>
        this.#tests.some(({ test, file }) => file === moduleId && test in work),
      );
      if (files.length === 0 && most >= all) break;
      if (files.length === 0) {
        most *= GROWTH;
        continue;
      }
      const { events } = await this.#withProgress(wanted.length, () =>
        this.#run(files, { mode: 'try', work }),
      );
      if (!events.some(({ kind }) => kind === 'run'))
        throw new Error('The process of the tests has ended without a result.');
      for (const event of events) if (event.kind === 'run') this.#learn(event);
    }
  }

  async #withProgress<T>(all: number, run: () => Promise<T>): Promise<T> {
    const before = this.#killers.size;
    const timer = setInterval(() => {
      const noticed = this.#session
        .events()
        .flatMap((event) =>
          event.kind === 'run' && event.result === 'killed' ? [event.mutant] : [],
        );
      this.#options.progress(
        `${before + new Set(noticed).size} of ${all} mutants are noticed so far`,
      );
    }, PROGRESS_MS);
    try {
      return await run();
    } finally {
      clearInterval(timer);
    }
  }

  #run(files: readonly TestSpecification[], plan: Partial<Omit<Plan, 'events'>>) {
    const { matrix } = this.#options;
    return this.#session.run(files, { mode: 'look', mutant: null, work: {}, matrix, ...plan });
  }

  /** @param most seconds of CPU of a mutant's tests, the quickest first; at least one is tried */
  #work(wanted: readonly string[], most: number): Record<string, readonly Planned[]> {
    const work: Record<string, Planned[]> = {};
    const spent = new Map<string, number>();
    for (const { test, hits, seconds, turns } of this.#tests)
      for (const id of wanted) {
        const times = hits[id];
        if (times === undefined || (!this.#options.matrix && this.#isNoticed(id))) continue;
        const before = spent.get(id);
        if (before !== undefined && before + seconds > most) continue;
        spent.set(id, (before ?? 0) + seconds);
        if (this.#tried.has(`${test} ${id}`)) continue;
        (work[test] ??= []).push({ mutant: id, hits: times, seconds, turns });
      }
    return work;
  }

  #learn({ test, mutant, result }: Extract<Event, { kind: 'run' }>): void {
    this.#tried.add(`${test} ${mutant}`);
    const of = this.#tests.find((one) => one.test === test);
    if (result === 'left-behind' && of) this.#mayNotice(mutant, of.file);
    if (result === 'killed' || result === 'timeout') this.#notice(mutant, result, of?.name ?? test);
  }

  /** Mutants of what runs while modules load: a process for each. */
  async #startAnew(mutants: readonly Mutant[], atStart: ReadonlySet<string>): Promise<void> {
    const files = this.#filesOfSources(mutants);
    for (const { id, file, marked } of mutants) {
      if (!atStart.has(id) || marked !== null || this.#isNoticed(id)) continue;
      for (const one of files.get(file) ?? []) this.#mayNotice(id, one);
    }
    let left = this.#fresh.size;
    for (const [mutant, paths] of this.#fresh) {
      left -= 1;
      if (this.#isNoticed(mutant)) continue;
      this.#outcomes.set(mutant, 'survived');
      const run = this.#files.filter(({ moduleId }) => paths.has(moduleId));
      const { events, failed } = await this.#run(run, { mode: 'fresh', mutant });
      if (failed) {
        const ended = events.some((event) => event.kind === 'run' && event.result === 'timeout');
        this.#notice(mutant, ended ? 'timeout' : 'killed', 'from the start');
      }
      if (left % 10 === 0) this.#options.progress(`${left} mutants are left to start with`);
    }
  }

  /** Test files that come past a mutant of a source, by the source; those of the first folder where none does. */
  #filesOfSources(mutants: readonly Mutant[]): ReadonlyMap<string, ReadonlySet<string>> {
    const sources = new Map(mutants.map(({ id, file }) => [id, file]));
    const files = new Map<string, Set<string>>();
    for (const { hits, file } of this.#tests)
      for (const id of Object.keys(hits)) {
        const source = sources.get(id);
        if (source === undefined) continue;
        files.set(source, (files.get(source) ?? new Set()).add(file));
      }
    return files;
  }

  #mayNotice(mutant: string, file: string): void {
    this.#fresh.set(mutant, (this.#fresh.get(mutant) ?? new Set()).add(file));
  }

  #notice(mutant: string, outcome: 'killed' | 'timeout', by: string): void {
    this.#outcomes.set(mutant, outcome);
    this.#killers.set(mutant, (this.#killers.get(mutant) ?? new Set()).add(by));
  }

  #isNoticed(mutant: string): boolean {
    return this.#killers.has(mutant);
  }
}
