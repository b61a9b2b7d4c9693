import { forPurpose } from '../../../lib/call-purpose.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { StoreBudgets } from '../../budget/store-budgets.ts';

/** How often commands are looked for while somebody edits mappings. */
const PAUSE_MS = 2000;
/** How long after the last command of the editor. */
const LASTS_MS = 120_000;

interface EditorLooksParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly budgets: Pick<StoreBudgets, 'allowance'>;
  /** Null where no message tells of commands, so that they are looked for. */
  readonly publicUrl: string | null;
  /** Looks for commands once: one API call. @returns whether the org has told */
  readonly look: () => Promise<boolean>;
}

/** How often commands are looked for, and how many API calls that has taken since it began. */
export interface Looking {
  readonly seconds: number;
  readonly calls: number;
}

/** Looks for commands often while somebody edits mappings; not at all where messages tell of them. */
export class EditorLooks {
  readonly #parts: EditorLooksParts;
  #until = 0;
  #calls = 0;
  #run: Promise<void> | null = null;

  constructor(parts: EditorLooksParts) {
    this.#parts = parts;
  }

  /** Null while nothing is looked for. */
  get looking(): Looking | null {
    return this.#run === null ? null : { seconds: PAUSE_MS / 1000, calls: this.#calls };
  }

  /** A command of the editor has come: looks for the next ones. */
  extend(): void {
    const { publicUrl, clock, signal, budgets } = this.#parts;
    if (publicUrl !== null || signal.aborted) return;
    this.#until = clock.now().getTime() + LASTS_MS;
    const allowance = budgets.allowance('changes');
    const spend = () => {
      allowance.spend();
    };
    this.#run ??= forPurpose('commands of the mapping editor', () => this.#look(), spend).finally(
      () => {
        this.#run = null;
      },
    );
  }

  /** Resolves when nothing is looked for any more; abort the signal before. */
  async idle(): Promise<void> {
    await this.#run;
  }

  async #look(): Promise<void> {
    const { clock, log, signal, look } = this.#parts;
    this.#calls = 0;
    log.info({ seconds: PAUSE_MS / 1000 }, 'a mapping is edited: commands are looked for often');
    for (;;) {
      await clock.sleep(PAUSE_MS, signal);
      if (signal.aborted || clock.now().getTime() >= this.#until) break;
      this.#calls += 1;
      // The sweep knows how long an org that is out is left alone.
      if (!(await look())) break;
    }
    log.info({ calls: this.#calls }, 'no mapping is edited any more');
  }
}
