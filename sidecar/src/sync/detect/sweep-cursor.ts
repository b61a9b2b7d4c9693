import { secondOf, secondsBefore } from '../../lib/gmt-seconds.ts';

/** A record as a list shows it, at the second (GMT, no zone) at which it was modified. */
export interface Dated {
  readonly id: number;
  readonly second: string;
}

/** A record that was queued, and whether its second was over then: later it cannot change within it. */
type Sighting = readonly [id: number, second: string, settled: boolean];

/** Where the sweep of a list stands. Plain JSON. */
export interface SweepCursor {
  /** Everything up to this second was queued; empty before the first sweep. */
  readonly after: string;
  /** Behind it, what was queued already: the newest. */
  readonly seen: readonly Sighting[];
  /** The newest second that was seen, and the store's time at which that was first so. */
  readonly newest: { readonly second: string; readonly since: string } | null;
  /** Seconds by which the store's clock was ahead of ours at the last sweep; absent where that was not kept yet. */
  readonly ahead?: number;
}

/**
 * PHP takes the date before it writes the row: a record may show up so many seconds behind newer ones, and be
 * missed by whoever asks for what is newer than the newest.
 */
export const OVERLAP_SECONDS = 120;
/** When nothing newer has shown up for so long, whatever was late has come. */
const QUIET_SECONDS = 600;
/** Before so many seconds have passed, a record may be changed once more within its second. */
const SETTLED_SECONDS = 2;
/** A store's clock that is set back by more is one that was ahead; less is a slow answer, or another web server. */
const LEAP_SECONDS = OVERLAP_SECONDS / 2;
/** What a cursor remembers. Where more was changed within the overlap, the rest is queued once more. */
const MOST_SEEN = 5000;

/** Where a list is swept from that was loaded at a time of the store; null for from the beginning. */
export function cursorFrom(loaded: Date | null): SweepCursor {
  const after = loaded === null ? '' : secondsBefore(secondOf(loaded), OVERLAP_SECONDS);
  return { after, seen: [], newest: null };
}

/** The sweep of one list: takes its pages, oldest first, and tells what is new in them. */
export class SweptPages {
  readonly #cursor: SweepCursor;
  /** In the order last seen. */
  readonly #seen: Map<number, Sighting>;
  #newest: SweepCursor['newest'];
  #began: string | null = null;
  #ahead: number | undefined;

  constructor(cursor: SweepCursor) {
    this.#cursor = cursor;
    this.#seen = new Map(cursor.seen.map((one) => [one[0], one]));
    this.#newest = cursor.newest;
    this.#ahead = cursor.ahead;
  }

  /**
   * @param storeTime the store's own clock when it sent the page
   * @param ourTime ours when it came
   * @returns those that are to be queued: they changed since they were last queued, or may have
   */
  take<R extends Dated>(records: readonly R[], storeTime: Date, ourTime: Date): readonly R[] {
    const now = secondOf(storeTime);
    if (this.#began === null) {
      this.#began = now;
      this.#ahead = Math.round((storeTime.getTime() - ourTime.getTime()) / 1000);
    }
    return records.filter((record) => this.#isNews(record, now));
  }

  /**
   * Where the next sweep begins: never before the last one, nor closer to the store's clock than the overlap. Where
   * that clock was ahead and has been set right, all of it was too far ahead, and what has changed since lies before it.
   */
  next(): SweepCursor {
    const ahead = this.#ahead === undefined ? {} : { ahead: this.#ahead };
    const leap = this.#leap();
    if (leap > 0) {
      const { after, newest } = this.#cursor;
      const back = (second: string) => (second === '' ? '' : secondsBefore(second, leap));
      return {
        after: back(after),
        seen: [...this.#seen.values()],
        newest: newest && { second: back(newest.second), since: back(newest.since) },
        ...ahead,
      };
    }
    const after = this.#nextAfter();
    // From the beginning, records without a date are listed too.
    const seen = [...this.#seen.values()].filter(([, second]) => after === '' || second > after);
    return { after, seen, newest: this.#newest, ...ahead };
  }

  /** Seconds by which the store's clock was set back since the last sweep, by ours; 0 for none to speak of. */
  #leap(): number {
    const before = this.#cursor.ahead;
    if (before === undefined || this.#ahead === undefined) return 0;
    const leap = before - this.#ahead;
    return leap > LEAP_SECONDS ? leap : 0;
  }

  #isNews({ id, second }: Dated, now: string): boolean {
    const known = this.#seen.get(id);
    const settled = second <= secondsBefore(now, SETTLED_SECONDS);
    if (known?.[1] === second && (known[2] || !settled)) return false;
    this.#seen.delete(id);
    this.#seen.set(id, [id, second, settled]);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_SEEN && oldest !== undefined) this.#seen.delete(oldest);
    // A date in the future says nothing of how far we came.
    if (second <= now && second > (this.#newest?.second ?? '')) {
      this.#newest = { second, since: now };
    }
    return true;
  }

  /**
   * By the dates of records and not by the clock alone, for the clock of the web server, or our own in its
   * place, may be ahead of PHP's.
   */
  #nextAfter(): string {
    const { after } = this.#cursor;
    if (this.#began === null || this.#newest === null) return after;
    const { second, since } = this.#newest;
    const isQuiet = since <= secondsBefore(this.#began, QUIET_SECONDS);
    const next = isQuiet ? second : secondsBefore(second, OVERLAP_SECONDS);
    return next > after ? next : after;
  }
}
