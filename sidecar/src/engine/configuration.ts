import type { Log } from '../lib/log.ts';
import type { Setup } from '../ports/setup.ts';

interface ConfigurationParts {
  readonly log: Log;
  readonly readSetup: () => Promise<Setup>;
}

/** What the org has configured, as it was read last. */
export class Configuration {
  readonly #parts: ConfigurationParts;
  #setup: Setup | null = null;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  /** Null while the org has not told. */
  get setup(): Setup | null {
    return this.#setup;
  }

  /**
   * One API call where nothing has changed.
   * @throws CodedError where it cannot be read
   */
  async read(): Promise<Setup> {
    const setup = await this.#parts.readSetup();
    this.#tellProblems(setup);
    this.#setup = setup;
    return setup;
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
}
