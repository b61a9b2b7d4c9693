import { LATE_SECONDS, type StoreSnapshot } from './store-snapshot.ts';

/** In minutes of silence after which the service counts as down: where the store does not say, and at the least. */
export const SILENT_MINUTES = { usual: 60, least: 15 } as const;
/** So many signs of life may be missed. */
export const SIGNS_MISSED = 3;

type Calls = Pick<StoreSnapshot, 'sweepsEvery' | 'seenEvery' | 'silentMinutes'>;

/** What a budget of few API calls takes from a store, where it was promised. */
export function fewCallsText({ sweepsEvery, seenEvery, silentMinutes }: Calls): readonly string[] {
  const texts: string[] = [];
  if (sweepsEvery !== null && sweepsEvery > LATE_SECONDS)
    texts.push(
      `By the budget of API calls changes and commands are looked for every ${minutes(sweepsEvery)} only. Raise it (Woo Store), or set PUBLIC_URL.`,
    );
  return [...texts, ...lateSilenceText({ seenEvery, silentMinutes })];
}

/** That silence is noticed later than an admin wants it. */
export function lateSilenceText({
  seenEvery,
  silentMinutes,
}: Pick<Calls, 'seenEvery' | 'silentMinutes'>): readonly string[] {
  const promised = silentMinutes === null ? null : Math.max(silentMinutes, SILENT_MINUTES.least);
  const silence = (seenEvery ?? 0) * SIGNS_MISSED;
  return promised === null || silence <= promised * 60
    ? []
    : [`By the budget of API calls silence is noticed after ${minutes(silence)}, not ${promised}.`];
}

const minutes = (seconds: number): string => `${Math.round(seconds / 60)} minutes`;
