const two = (value: number): string => String(value).padStart(2, '0');

/** A day; months count from 1. */
export class ApexDate {
  /** Days since 1970. */
  readonly days: number;

  constructor(days: number) {
    this.days = days;
  }

  /** Months and days outside of their range lead into other ones, as in Apex. */
  static of(year: number, month: number, day: number): ApexDate {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return new ApexDate(Math.floor(date.getTime() / 86_400_000));
  }

  get utc(): Date {
    return new Date(this.days * 86_400_000);
  }

  iso(): string {
    return this.utc.toISOString().slice(0, 10);
  }

  toString(): string {
    return `${this.iso()} 00:00:00`;
  }
}

/** A moment; the time zone of all users of this org is that of Greenwich. */
export class ApexDatetime {
  /** Milliseconds since 1970. */
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  get utc(): Date {
    return new Date(this.ms);
  }

  iso(): string {
    return this.utc.toISOString();
  }

  toString(): string {
    return this.iso().slice(0, 19).replace('T', ' ');
  }
}

/** A time of day. */
export class ApexTime {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ((ms % 86_400_000) + 86_400_000) % 86_400_000;
  }

  toString(): string {
    return new Date(this.ms).toISOString().slice(11);
  }
}

const letters: Readonly<Record<string, (at: Date, width: number) => string>> = {
  y: (at, width) =>
    width === 2 ? two(at.getUTCFullYear() % 100) : String(at.getUTCFullYear()).padStart(width, '0'),
  M: (at, width) => String(at.getUTCMonth() + 1).padStart(width, '0'),
  d: (at, width) => String(at.getUTCDate()).padStart(width, '0'),
  H: (at, width) => String(at.getUTCHours()).padStart(width, '0'),
  m: (at, width) => String(at.getUTCMinutes()).padStart(width, '0'),
  s: (at, width) => String(at.getUTCSeconds()).padStart(width, '0'),
  S: (at, width) => String(at.getUTCMilliseconds()).padStart(width, '0'),
};

/**
 * A date by a pattern of Java's SimpleDateFormat.
 * @returns undefined for a pattern with letters that are not known here
 */
export function formatted(at: Date, pattern: string): string | undefined {
  const unknown: string[] = [];
  const text = pattern.replace(
    /'([^']*)'|([A-Za-z])\2*/g,
    (run: string, quoted: string | undefined, letter: string) => {
      if (quoted !== undefined) return quoted === '' ? "'" : quoted;
      const write = letters[letter];
      if (write && !(letter === 'M' && run.length > 2)) return write(at, run.length);
      unknown.push(run);
      return '';
    },
  );
  return unknown.length === 0 ? text : undefined;
}
