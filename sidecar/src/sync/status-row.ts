import type { CodedError } from '../errors.ts';
import { classOf } from '../errors/catalogue.ts';
import type { BackfillProgress } from './backfill.ts';
import { maskEmails } from './mask.ts';
import { cut, type OwnRow } from './own-rows.ts';
import type { Room } from './ports.ts';

/** How one store is doing at a moment. */
export interface StoreSnapshot {
  readonly store: string;
  /** As people call it. */
  readonly label: string;
  readonly now: Date;
  /** Why the org or the shop cannot be worked with; null where it can. */
  readonly orgOut: CodedError | null;
  readonly storeOut: CodedError | null;
  /** The first load, as far as it has come; null when it is done. */
  readonly loading: Pick<BackfillProgress, 'list' | 'read' | 'total'> | 'begins' | null;
  /** Records that wait to be looked at, and since when the first of them does. */
  readonly backlog: number;
  readonly oldest: Date | null;
  readonly lastEvent: Date | null;
  readonly lastSweep: Date | null;
  /** Null before they were looked at. */
  readonly webhooks:
    readonly { readonly topic: string; readonly status: string }[] | 'not used' | null;
  readonly apiCalls: Room | null;
  readonly openIssues: number;
}

/** Characters that the fields of Woo_Store_Status__c take. */
export const STATUS_LENGTHS = { Name: 80, Message__c: 255, Webhooks__c: 4000 } as const;

/** Records wait for seconds, and for minutes while a shop is asked instead of telling. */
const LATE_SECONDS = 300;
/** Last_Seen__c older than a few minutes means that the sidecar does not run. */
const AT_LEAST_EVERY_MS = 5 * 60_000;
/** They move by watching alone, and would cost a call each time. */
const QUIET = new Set(['Last_Seen__c', 'Last_Sweep__c', 'Lag_Seconds__c', 'API_Calls_Used__c']);

/** The row of Woo_Store_Status__c. */
export function statusRow(snapshot: StoreSnapshot): OwnRow {
  const { store, label, now, lastEvent, lastSweep, backlog, apiCalls, openIssues } = snapshot;
  const { state, message } = stateOf(snapshot);
  return {
    Store__c: store,
    Name: cut(label, STATUS_LENGTHS.Name),
    State__c: state,
    Message__c: message,
    Last_Seen__c: now.toISOString(),
    Last_Event__c: lastEvent?.toISOString() ?? null,
    Last_Sweep__c: lastSweep?.toISOString() ?? null,
    Lag_Seconds__c: lagOf(snapshot),
    Backlog__c: backlog,
    Webhooks__c: webhooksText(snapshot.webhooks),
    API_Calls_Used__c: apiCalls && apiCalls.most - apiCalls.left,
    API_Calls_Limit__c: apiCalls && apiCalls.most,
    Open_Issues__c: openIssues,
  };
}

/**
 * Whether a row is worth a call: it says something new, or the one before is old.
 * @param before as it was written last; null for never
 */
export function isNews(before: OwnRow | null, after: OwnRow): boolean {
  if (before === null) return true;
  const age =
    Date.parse(String(after['Last_Seen__c'])) - Date.parse(String(before['Last_Seen__c']));
  if (age >= AT_LEAST_EVERY_MS) return true;
  return Object.keys(after).some((field) => !QUIET.has(field) && after[field] !== before[field]);
}

interface State {
  readonly state: 'healthy' | 'late' | 'paused' | 'unreachable';
  readonly message: string | null;
}

function stateOf(snapshot: StoreSnapshot): State {
  const { orgOut, storeOut, loading, backlog, oldest } = snapshot;
  if (orgOut) return { state: 'paused', message: saying(orgOut) };
  if (storeOut) {
    const passes = classOf(storeOut.code) === 'retry';
    return { state: passes ? 'unreachable' : 'paused', message: saying(storeOut) };
  }
  if (loading) return { state: 'late', message: loadingText(loading) };
  if (oldest === null || lagOf(snapshot) < LATE_SECONDS) return { state: 'healthy', message: null };
  const message = `${backlog} records wait, the first since ${minuteOf(oldest)}. They are worked on in turn; where the number does not fall, see the open issues and the log of the sidecar.`;
  return { state: 'late', message };
}

/** The cure is kept whole where it can be: it is what the reader needs. */
function saying({ message, cure }: CodedError): string {
  const most = STATUS_LENGTHS.Message__c;
  const reason = cut(maskEmails(message), Math.max(most - cure.length - 1, 100));
  return cut(`${reason} ${cure}`, most);
}

function loadingText(loading: NonNullable<StoreSnapshot['loading']>): string {
  const progress =
    loading === 'begins' ? '' : `: ${loading.read} of ${loading.total} ${loading.list} read`;
  return `The first load is under way${progress}. Changes are kept, and follow when it is done.`;
}

function lagOf({ now, oldest }: StoreSnapshot): number {
  return oldest === null ? 0 : Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000));
}

function webhooksText(webhooks: StoreSnapshot['webhooks']): string | null {
  if (webhooks === null) return null;
  if (webhooks === 'not used')
    return 'Not used: PUBLIC_URL is not set, so the shop is asked for changes.';
  const lines = webhooks.map(({ topic, status }) => `${topic}: ${status}`);
  return cut(lines.join('\n'), STATUS_LENGTHS.Webhooks__c);
}

/** `2026-11-24 22:36 UTC`. */
function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
