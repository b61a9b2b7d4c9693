/** What the runner in the tests' process writes, one a line. */
export type Event =
  | {
      /** A test as it is: how many times it comes past each mutant. */
      readonly kind: 'test';
      readonly test: string;
      readonly name: string;
      readonly file: string;
      readonly hits: Readonly<Record<string, number>>;
      /** Whether it passes twice in one process, without which nothing can be said by it. */
      readonly repeats: boolean;
      /** Seconds of CPU. */
      readonly seconds: number;
      /** Of the event loop, of about a millisecond each. */
      readonly turns: number;
    }
  /** Mutants that are passed by while modules load, or before the first test of a file. */
  | { readonly kind: 'static'; readonly mutants: readonly string[] }
  | {
      readonly kind: 'run';
      readonly test: string;
      readonly mutant: string;
      /** `left-behind`: it failed, and so did the test without the mutant afterwards. */
      readonly result: 'killed' | 'survived' | 'timeout' | 'left-behind';
    };

/** What the runner is to do. */
export interface Plan {
  /** `look` runs the tests as they are, `try` with mutants, `fresh` with one mutant from the start. */
  readonly mode: 'look' | 'try' | 'fresh';
  /** Where events go. */
  readonly events: string;
  /** The mutant that `fresh` runs with. */
  readonly mutant: string | null;
  /** Whether a mutant that a test has noticed is tried with the next one too. */
  readonly matrix: boolean;
  /** Mutants for `try`, by the test's id. */
  readonly work: Readonly<Record<string, readonly Planned[]>>;
}

export interface Planned {
  readonly mutant: string;
  /** How often the test comes past it without being changed. */
  readonly hits: number;
  readonly seconds: number;
  readonly turns: number;
}

/** The environment variable with the path of the plan. */
export const PLAN = 'MUTATE_PLAN';
