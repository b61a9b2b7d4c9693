import { CannotTell } from '../model/verdict.ts';

/** Counts the API calls of a run, and keeps each probe to the number that was announced for it. */
export class CallBudget {
  #made = 0;
  #left = 0;

  /** All calls of the run so far. */
  get made(): number {
    return this.#made;
  }

  /** How many calls may be made from now on. */
  allow(calls: number): void {
    this.#left = calls;
  }

  /** Lets calls of the run itself be made beside those of the probe. */
  add(calls: number): void {
    this.#left += calls;
  }

  /** @throws CannotTell where no call is left */
  spend(): void {
    if (this.#left === 0) throw new CannotTell('It would take more API calls than were announced.');
    this.#left -= 1;
    this.#made += 1;
  }
}
