import type { Log } from '../../lib/log.ts';
import type { NotificationOutcome } from '../outcomes.ts';

/** Milliseconds between two lines: whoever knows the token could fill the disk with them. */
const BETWEEN_MS = 60_000;

/** Says that notifications of Salesforce were dropped: the first at once, then once a minute how many. */
export class DroppedLog {
  readonly #log: Log;
  readonly #waiting = new Map<NotificationOutcome, number>();
  #saidAt = -Infinity;

  constructor(log: Log) {
    this.#log = log;
  }

  /** @param notification its id, as an example in the log */
  add(outcome: NotificationOutcome, notification: string): void {
    this.#waiting.set(outcome, (this.#waiting.get(outcome) ?? 0) + 1);
    const now = performance.now();
    if (now - this.#saidAt < BETWEEN_MS) return;
    const dropped = Object.fromEntries(this.#waiting);
    this.#log.warn({ dropped, notification }, 'Notifications of Salesforce are dropped');
    this.#waiting.clear();
    this.#saidAt = now;
  }
}
