const DAY_MS = 86_400_000;
/** A hundred years: what is more was meant otherwise. */
const MOST_DAYS = 36_500;

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/**
 * The first day whose orders are wanted, which begins in GMT.
 * @param text `all`, a number of days up to now, or a day
 * @returns null for all
 * @throws Error that says what is an answer
 */
export function parseSince(text: string, now: Date): string | null {
  if (text.toLowerCase() === 'all') return null;
  if (/^\d+$/.test(text) && Number(text) <= MOST_DAYS)
    return dayOf(new Date(now.getTime() - Number(text) * DAY_MS));
  const isForm = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isForm && dayOf(new Date(text)) === text) return text;
  throw new Error(
    `"${text}" is not how far back: give all, a number of days such as 365, or a day such as 2026-01-01.`,
  );
}
