/** Vitest's runner for `npm run mutate`: repeats a test with each mutant that it comes past, in its own process. */
import { appendFileSync, readFileSync } from 'node:fs';

import {
  type RunnerTask,
  type RunnerTestCase,
  type RunnerTestFile,
  type SerializedConfig,
  type TestTryOptions,
  TestRunner,
} from 'vitest';

import { type Event, PLAN, type Plan, type Planned } from './events.ts';
import { cpuSeconds, Watch } from './watch.ts';

/** What the instrumented sources look at. */
interface Switches {
  activeMutant: string | undefined;
  currentTestId: string | undefined;
  hitCount: number | undefined;
  hitLimit: number | undefined;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

const switches = ((globalThis as { __stryker__?: Partial<Switches> }).__stryker__ ??=
  {}) as Switches;

/** Mutants that this process's tests have noticed; each file of them has a runner. */
const noticed = ((globalThis as { noticedMutants?: Set<string> }).noticedMutants ??= new Set());

/** No mutant has this id. */
const NONE = 'none';

export default class MutantRunner extends TestRunner {
  readonly #plan = JSON.parse(readFileSync(process.env[PLAN] ?? '', 'utf8')) as Plan;
  readonly #watch = new Watch(this.#plan.events);
  #work: readonly Planned[] = [];
  #begun = 0;
  #seconds = 0;
  #turns = 0;
  /** How often the test passed in a row as it is, and what it came past the first time. */
  #passed = 0;
  #hits: Readonly<Record<string, number>> = {};

  constructor(config: SerializedConfig) {
    super(config);
    switches.activeMutant = this.#plan.mutant ?? NONE;
  }

  override async onBeforeRunTask(test: RunnerTask): Promise<void> {
    await super.onBeforeRunTask(test);
    if (test.type !== 'test' || test.mode !== 'run') return;
    const { mode, work, matrix } = this.#plan;
    if (mode === 'fresh') return;
    this.#work = (work[test.id] ?? []).filter(({ mutant }) => matrix || !noticed.has(mutant));
    this.#passed = 0;
    if (mode === 'look') test.repeats = 1;
    else if (this.#work.length === 0) test.mode = 'skip';
    else {
      test.repeats = this.#work.length - 1;
      // What fails with a mutant is tried again without it: what is left behind must not count for the next.
      test.retry = 1;
    }
  }

  override onBeforeTryTask(test: RunnerTask, options: TestTryOptions): void {
    super.onBeforeTryTask(test, options);
    const { mode } = this.#plan;
    // Of thousands of failures nobody reads the differences.
    delete test.result?.errors;
    // The second time too, or all that it comes past would count as what runs while modules load.
    switches.currentTestId = mode === 'look' ? test.id : undefined;
    const planned = mode === 'try' && options.retry === 0 ? this.#work[options.repeats] : undefined;
    if (mode !== 'fresh') switches.activeMutant = planned?.mutant ?? NONE;
    switches.hitCount = 0;
    switches.hitLimit = planned ? 1000 + 30 * planned.hits : Infinity;
    this.#begun = cpuSeconds();
    this.#watch.begin(watched(test.id, this.#begun, planned ?? this.#fresh()));
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    this.#turns = this.#watch.end();
    this.#seconds = cpuSeconds() - this.#begun;
    const { mode } = this.#plan;
    const failed = (test.result?.state === 'fail') !== (test.fails === true);
    if (mode === 'try') this.#tried(test, options, failed);
    if (mode === 'look') {
      if (!failed) this.#passed += 1;
      if (options.repeats === 0) this.#hits = switches.mutantCoverage?.perTest[test.id] ?? {};
      if (switches.mutantCoverage) switches.mutantCoverage.perTest = {};
    }
    if (mode !== 'fresh') switches.activeMutant = NONE;
    switches.currentTestId = undefined;
    await super.onAfterRetryTask(test, options);
  }

  override onAfterRunTask(test: RunnerTask): void {
    if (this.#plan.mode === 'look' && test.type === 'test')
      this.#say({
        kind: 'test',
        test: test.id,
        name: test.fullTestName,
        file: test.file.filepath,
        hits: this.#hits,
        repeats: this.#passed === 2,
        seconds: this.#seconds,
        turns: this.#turns,
      });
    super.onAfterRunTask(test);
  }

  override onAfterRunFiles(files: RunnerTestFile[]): void {
    if (this.#plan.mode === 'look')
      this.#say({ kind: 'static', mutants: Object.keys(switches.mutantCoverage?.static ?? {}) });
    super.onAfterRunFiles(files);
  }

  #tried(test: RunnerTestCase, { repeats, retry }: TestTryOptions, failed: boolean): void {
    const mutant = this.#work[repeats]?.mutant;
    if (mutant === undefined) return;
    const say = (result: 'killed' | 'survived' | 'left-behind') => {
      this.#say({ kind: 'run', test: test.id, mutant, result });
    };
    if (retry === 0 && !failed) say('survived');
    if (retry === 1 && !failed) {
      noticed.add(mutant);
      say('killed');
    }
    if (retry === 1 && failed) {
      say('left-behind');
      // Whatever it left behind is left with this process.
      process.kill(process.pid, 'SIGKILL');
    }
  }

  #fresh(): Planned | undefined {
    const { mode, mutant } = this.#plan;
    if (mode !== 'fresh' || mutant === null) return undefined;
    return { mutant, hits: 0, seconds: 5, turns: 20_000 };
  }

  #say(event: Event): void {
    appendFileSync(this.#plan.events, `${JSON.stringify(event)}\n`);
  }
}

/** Twenty times of what the test takes as it is, and enough for the shortest one. */
function watched(test: string, begun: number, planned: Planned | undefined) {
  if (planned === undefined) return null;
  const { mutant, seconds, turns } = planned;
  return { test, mutant, begun, seconds: 5 + 20 * seconds, turns: 3000 + 20 * turns };
}
