const DAY = 86_400;
const QUARTER = 900;

/** Seconds since 1970 as `YYYY-MM-DDTHH:MM:SS`, read as UTC. */
export function wireDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** The inverse of `wireDate`: a date as WooCommerce writes it, taken as UTC, in seconds since 1970. */
export function wireSeconds(date: string): number {
  return Date.parse(`${date}Z`) / 1000;
}

/**
 * The site's time zone (an IANA name such as `America/New_York`).
 * "Wall" seconds are what the site's clock shows, counted as if it were UTC.
 */
export class SiteZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #days = new Map<number, number | undefined>();
  readonly #quarters = new Map<number, number>();

  /** @throws Error with a sentence when the name is unknown. */
  constructor(name: string) {
    this.name = name;
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        timeZoneName: 'longOffset',
      });
    } catch {
      throw new Error(
        `The time zone "${name}" is unknown: use an IANA name such as America/New_York or UTC.`,
      );
    }
  }

  /** Seconds to add to UTC to get the site's wall clock at that instant. */
  offsetAt(utc: number): number {
    const day = Math.floor(utc / DAY);
    let offset = this.#days.get(day);
    if (offset === undefined && !this.#days.has(day)) {
      const start = this.#compute(day * DAY);
      offset = start === this.#compute((day + 1) * DAY) ? start : undefined;
      this.#days.set(day, offset);
    }
    return offset ?? this.#offsetOnChangeDay(utc);
  }

  /** The wall clock of an instant. */
  wall(utc: number): number {
    return utc + this.offsetAt(utc);
  }

  /** The instant of a wall clock time; of a doubled hour the first one, a skipped hour moves forward. */
  fromWall(wall: number): number {
    const before = wall - this.offsetAt(wall - DAY);
    const after = wall - this.offsetAt(wall + DAY);
    return this.wall(before) !== wall && this.wall(after) === wall ? after : before;
  }

  /** The pair of texts that WooCommerce shows for one instant. */
  pair(utc: number): { site: string; gmt: string } {
    return { site: wireDate(this.wall(utc)), gmt: wireDate(utc) };
  }

  #offsetOnChangeDay(utc: number): number {
    const quarter = Math.floor(utc / QUARTER);
    let offset = this.#quarters.get(quarter);
    if (offset === undefined) {
      offset = this.#compute(quarter * QUARTER);
      this.#quarters.set(quarter, offset);
    }
    return offset;
  }

  #compute(utc: number): number {
    const text = this.#format
      .formatToParts(utc * 1000)
      .find((part) => part.type === 'timeZoneName')?.value;
    const match = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(text ?? '');
    if (match === null) {
      return 0;
    }
    const [, sign, hours, minutes, seconds] = match;
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
    return sign === '-' ? -size : size;
  }
}
