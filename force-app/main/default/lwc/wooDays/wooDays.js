const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map();

function formatOf(timeZone) {
    if (!formats.has(timeZone)) {
        const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' };
        const options = { ...parts, second: '2-digit', hourCycle: 'h23', calendar: 'iso8601', timeZone };
        formats.set(timeZone, new Intl.DateTimeFormat('en-US-u-nu-latn', options));
    }
    return formats.get(timeZone);
}

/** What a clock of the zone shows at a time, as milliseconds that a clock in London would have in winter. */
function clockAt(time, timeZone) {
    const parts = formatOf(timeZone).formatToParts(time);
    const { year, month, day, hour, minute, second } = Object.fromEntries(
        parts.map(({ type, value }) => [type, Number(value)])
    );
    return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The day of a time, `2026-11-28`. @param {Date|number} time @param {string} timeZone */
export const dayOf = (time, timeZone) => new Date(clockAt(time, timeZone)).toISOString().slice(0, 10);

/**
 * The first moment of a day. Where clocks go forward at midnight, the day begins at one.
 * @param {string} day `2026-11-28`
 * @param {string} timeZone `Asia/Tokyo`
 * @returns {Date}
 */
export function startOf(day, timeZone) {
    const midnight = Date.parse(`${day}T00:00:00Z`);
    const candidates = [midnight - 24 * HOUR_MS, midnight + 24 * HOUR_MS]
        .map((around) => midnight - (clockAt(around, timeZone) - around))
        .sort((a, b) => a - b);
    return new Date(candidates.find((time) => dayOf(time, timeZone) === day) ?? candidates[0]);
}

/** The day so many days later. @param {string} day @param {number} count negative for earlier */
export const plusDays = (day, count) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** Days up to one, that one last. @param {string} last @param {number} count */
export const daysTo = (last, count) => Array.from({ length: count }, (_, at) => plusDays(last, at - count + 1));

/** The days of the week so far, as the locale begins it; Monday where the browser does not know. */
export function weekTo(day, locale) {
    const { weekInfo, getWeekInfo } = new Intl.Locale(locale);
    const first = (getWeekInfo?.call(new Intl.Locale(locale)) ?? weekInfo)?.firstDay ?? 1;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return daysTo(day, ((weekday - first + 7) % 7) + 1);
}

/** A day in the words of the locale. @param {string} day @param {Intl.DateTimeFormatOptions} options */
export const formatDay = (day, locale, options = { weekday: 'short', day: 'numeric', month: 'short' }) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
