/** A date as a parameter gives it: its wall clock in seconds as if UTC, and its own offset if it names one. */
export interface RestDate {
  wall: number;
  offset: number | undefined;
}

const restDate =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Parses what WordPress takes for a date-time; fractions are cut, a date alone is refused. */
export function parseRestDate(text: string): RestDate | undefined {
  const match = restDate.exec(text);
  if (match === null) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const limits = [
    [month, 1, 12],
    [day, 1, 31],
    [hour, 0, 24],
    [minute, 0, 59],
    [second, 0, 59],
  ] as const;
  if (limits.some(([value, least, most]) => value < least || value > most)) {
    return undefined;
  }
  const wall = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return { wall, offset: offsetIn(match[7]) };
}

/** `Z`, `+05:30`, `-0500` or `+05`, in seconds. */
function offsetIn(suffix: string | undefined): number | undefined {
  if (suffix === undefined) {
    return undefined;
  }
  const digits = suffix.replace(/\D/g, '');
  const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return suffix.startsWith('-') ? -size : size;
}
