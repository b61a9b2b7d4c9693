/** Runs a task for all who ask for it: each gets a run that begins after it has asked, and shares it with others. */
export class SharedRun {
  readonly #task: () => Promise<void>;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** @throws what the task throws */
  run(): Promise<void> {
    this.#next ??= this.#behindCurrent();
    return this.#next;
  }

  async #behindCurrent(): Promise<void> {
    await this.#current.catch(() => undefined);
    this.#next = null;
    this.#current = this.#task();
    await this.#current;
  }
}
