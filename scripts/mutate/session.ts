import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { BaseSequencer, createVitest, type TestSpecification, type Vitest } from 'vitest/node';

import { root } from '../lib/sf.ts';
import { type Event, PLAN, type Plan } from './worker/events.ts';

/** No test depends on how fast the machine is; what does not end is ended by the watchdog. */
const NEVER_MS = 1_800_000;

/** The quick tests first, as they are given. */
class AsGiven extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files);
  }
}

/** Vitest with the mutants in the sources; its processes run the tests, until they are killed. */
export class Session {
  readonly #folder: string;
  readonly #vitest: Vitest;

  private constructor(folder: string, vitest: Vitest) {
    this.#folder = folder;
    this.#vitest = vitest;
  }

  /** @param folder where plans and events are kept */
  static async open(
    folder: string,
    sources: ReadonlyMap<string, string>,
    tests: readonly string[],
  ): Promise<Session> {
    process.env[PLAN] = join(folder, 'plan.json');
    const vitest = await createVitest(
      {
        config: false,
        root,
        watch: false,
        reporters: [],
        silent: true,
        sequence: { sequencer: AsGiven },
        include: tests.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)),
        // A process for each processor, whose modules are loaded once.
        pool: 'forks',
        // It does not know what stands in for a source: another run's mutants would be taken for this one's.
        fsModuleCache: false,
        isolate: false,
        maxWorkers: availableParallelism(),
        testTimeout: NEVER_MS,
        hookTimeout: NEVER_MS,
        runner: join(import.meta.dirname, 'worker/runner.ts'),
        // A killed process is what a mutant that does not end looks like.
        dangerouslyIgnoreUnhandledErrors: true,
      },
      {
        plugins: [
          {
            name: 'mutants',
            enforce: 'pre',
            load: (id) => sources.get(id.split('?')[0] ?? id) ?? null,
          },
        ],
      },
    );
    return new Session(folder, vitest);
  }

  /** Files with tests, those of the first folder first. */
  async specifications(tests: readonly string[]): Promise<readonly TestSpecification[]> {
    const found = await this.#vitest.globTestSpecifications();
    const rank = ({ moduleId }: TestSpecification) => {
      const at = tests.findIndex((path) => moduleId.startsWith(join(root, path)));
      return at === -1 ? tests.length : at;
    };
    return found.toSorted(
      (one, other) => rank(one) - rank(other) || one.moduleId.localeCompare(other.moduleId),
    );
  }

  /** @returns what the tests' process has written until now */
  events(): readonly Event[] {
    const file = join(this.#folder, 'events.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    // What is after the last line is still being written, or is nothing.
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Event);
  }

  /** @returns what the tests' process wrote, and whether a test failed or a file could not be loaded */
  async run(
    specifications: readonly TestSpecification[],
    plan: Omit<Plan, 'events'>,
  ): Promise<{ readonly events: readonly Event[]; readonly failed: boolean }> {
    const events = join(this.#folder, 'events.jsonl');
    rmSync(events, { force: true });
    writeFileSync(join(this.#folder, 'plan.json'), JSON.stringify({ ...plan, events }));
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications([
      ...specifications,
    ]);
    return {
      events: this.events(),
      failed: unhandledErrors.length > 0 || testModules.some((module) => !module.ok()),
    };
  }

  async close(): Promise<void> {
    await this.#vitest.close();
  }
}
