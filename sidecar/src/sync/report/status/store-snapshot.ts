import type { CodedError } from '../../../errors/coded-error.ts';
import type { HeldMapping } from '../../../ports/held-mappings.ts';
import type { IssueCause } from '../../../ports/issues.ts';
import type { Quota } from '../../../ports/org.ts';
import type { Setup } from '../../../ports/setup.ts';
import type { BackfillProgress, WaitsForStore } from '../backfill-progress.ts';
import type { StoreActivity } from '../store-activity.ts';
import type { MappingStanding } from './mapping-lines.ts';
import type { ProofDay } from './proof-days.ts';

/** How one store is doing at a moment. */
export interface StoreSnapshot {
  readonly store: string;
  /** As people call it. */
  readonly label: string;
  readonly now: Date;
  /** Why the org or the shop cannot be worked with; null where it can. */
  readonly orgOut: CodedError | null;
  readonly storeOut: CodedError | null;
  /** The first backfill, as far as it has come; null when it is done. */
  readonly loading:
    | Pick<BackfillProgress, 'list' | 'read' | 'total'>
    | WaitsForStore
    | 'begins'
    | 'waits'
    | null;
  /** Records that wait to be looked at, and since when the first of them does but for those in bulk. */
  readonly backlog: number;
  readonly oldest: Date | null;
  /** Since when edits in bulk wait, which {@link oldest} leaves aside. */
  readonly oldestBulk: Date | null;
  /** The shop does not tell of what it was sent, so that edits in bulk go slowly. */
  readonly tellsNothing: boolean;
  readonly lastEvent: Date | null;
  readonly lastSweep: Date | null;
  /** Null before they were looked at. */
  readonly webhooks:
    | readonly { readonly topic: string; readonly status: string }[]
    | 'not used'
    | null;
  readonly webhookProblem: StoreActivity['webhookProblem'];
  readonly apiCalls: Quota | null;
  /** What is to be said of those left; null while there are enough. */
  readonly callsLeft: CodedError | null;
  /** Those of the day that the store has, and what it makes of them. */
  readonly budget: {
    /** Null for as many as the org gives. */
    readonly limit: number | null;
    readonly used: number;
    readonly forecast: number;
    readonly backfillWaits: boolean;
  };
  /** Seconds between two looks for what nobody tells, where API calls are few; null for as usual, or where the shop tells. */
  readonly sweepsEvery: number | null;
  /** Seconds between two signs of life, where API calls are few; null for as usual. */
  readonly seenEvery: number | null;
  /** When the next sign of life is due, if later than usual; null for as usual. */
  readonly nextSeen: Date | null;
  /** Mappings of the store that are left out. */
  readonly held: readonly HeldMapping[];
  /** By what the sync goes; null before it was read. */
  readonly configuration: Pick<Setup, 'fingerprint' | 'readAt'> | null;
  /** That orders count as sold by paid statuses of different times; null for no. */
  readonly salesMixed: CodedError | null;
  readonly openIssues: number;
  /** Open issues of records, by what they have in common. */
  readonly causes: readonly IssueCause[];
  /** How long an issue may stay open before a person is told; null for as usual. */
  readonly tellAfterMinutes: number | null;
  /** After how many minutes of silence the service counts as down; null for as usual. */
  readonly silentMinutes: number | null;
  /** When shop and Salesforce were compared last, and what came of it; null before the first time. */
  readonly reconciled: StoreActivity['reconciled'];
  readonly lists: StoreActivity['lists'];
  /** What the proofs of the last days found, the newest first. */
  readonly proofs: readonly ProofDay[];
  /** Its mappings; none where it is not synced. */
  readonly mappings: readonly MappingStanding[];
}

/** Records wait for seconds, and for minutes while a shop is asked instead of telling. */
export const LATE_SECONDS = 300;

export function lagOf({ now, oldest }: Pick<StoreSnapshot, 'now' | 'oldest'>): number {
  return oldest === null ? 0 : Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000));
}

export function waitingSince(backlog: number, oldest: Date): string {
  const records = backlog === 1 ? '1 record waits' : `${backlog} records wait`;
  return `${records}, the first since ${minuteOf(oldest)}.`;
}

/** `2026-11-24 22:36 UTC`. */
export function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
