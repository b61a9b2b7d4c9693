import { quoted, Refusal } from '../model/refusal.ts';

const DATE =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Milliseconds since 1970 of what WooCommerce and its plugins write: `2026-11-24T22:36:02` without a zone
 * (taken as GMT), with `Z` or an offset, with a blank for the `T`, or a date alone (`2026-11-24`,
 * `20261124`). Null for anything else and for days that no calendar has.
 */
export function parseDate(value: unknown): number | null {
  const parts = typeof value === 'string' ? DATE.exec(value.trim()) : null;
  if (!parts) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0, zone = 'Z'] = parts;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return null;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnight);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  return midnight + ((h * 60 + m) * 60 + s) * 1000 - offset(zone);
}

/** WooCommerce's own form, on a day that every month of the calendar has. */
const USUAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Date and time as Salesforce takes them, in UTC and whole seconds: `2026-11-24T22:36:02Z`. */
export function toDateTime(value: unknown): string | Refusal {
  if (typeof value === 'string' && USUAL.test(value) && !tooOld(value)) return `${value}Z`;
  const time = parseDate(value);
  if (time === null) return refuse(value);
  const iso = new Date(time).toISOString();
  return tooOld(iso) ? refuse(value) : `${iso.slice(0, 19)}Z`;
}

/** A date, in UTC where the value has a time: `2026-11-24`. */
export function toDate(value: unknown): string | Refusal {
  const time = parseDate(value);
  if (time === null) return refuse(value);
  const iso = new Date(time).toISOString();
  return tooOld(iso) ? refuse(value) : iso.slice(0, 10);
}

/** A time of day: `14:30:00.000Z`. */
export function toTime(value: unknown): string | Refusal {
  const parts =
    typeof value === 'string'
      ? /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(value.trim())
      : null;
  if (parts) return `${parts[1] ?? ''}:${parts[2] ?? ''}:${parts[3] ?? '00'}.000Z`;
  return new Refusal(
    'VALUE_NOT_TIME',
    `is ${quoted(value)}, and the field takes a time such as 14:30`,
  );
}

/** Salesforce takes the years 1700 to 4000. */
function tooOld(iso: string): boolean {
  return iso < '1700' || iso >= '4001';
}

function offset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function refuse(value: unknown): Refusal {
  return new Refusal(
    'VALUE_NOT_DATE',
    `is ${quoted(value)}, and the field takes a date such as 2026-11-24 or 2026-11-24T22:36:02, of the years 1700 to 4000`,
  );
}
