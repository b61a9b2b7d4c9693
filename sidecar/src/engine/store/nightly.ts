/** When shops and orgs rest, in the time of this machine. */
const NIGHT_HOUR = 2;

/** Whether a night has come since then that was not used yet. */
export function isNight(now: Date, last: Date): boolean {
  const night = new Date(now);
  night.setHours(NIGHT_HOUR, 0, 0, 0);
  if (night > now) night.setDate(night.getDate() - 1);
  return last < night;
}
