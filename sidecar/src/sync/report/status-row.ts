import { classOf, needsPerson } from '../../errors/catalogue.ts';
import type { CodedError } from '../../errors/coded-error.ts';
import { maskEmails } from '../../lib/redact.ts';
import type { HeldMapping } from '../../ports/held-mappings.ts';
import type { IssueCause } from '../../ports/issues.ts';
import type { Quota } from '../../ports/org.ts';
import type { Setup } from '../../ports/setup.ts';
import type { BackfillProgress } from './backfill-progress.ts';
import { cut, cutAtWord, OWN_OBJECTS_CURE, pageText, type OwnRow } from './own-objects.ts';
import { mappingLines, type MappingStanding } from './status/mapping-lines.ts';
import { proofLines, type ProofDay } from './status/proof-days.ts';
import { goneBackText } from './status/records-gone-back.ts';
import type { StoreActivity } from './store-activity.ts';

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
  readonly loading: Pick<BackfillProgress, 'list' | 'read' | 'total'> | 'begins' | 'waits' | null;
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

/** Characters that the fields of Woo_Store_Status__c take. */
export const STATUS_LENGTHS = {
  Name: 80,
  Message__c: 255,
  Webhooks__c: 4000,
  Configuration__c: 20,
  Reconcile_Result__c: 255,
  Proof_By_Day__c: 4000,
  Mappings__c: 32_768,
} as const;

/** Of a store whose box Load When Told is checked. */
const WAITS =
  'Nothing is written yet, since Load When Told is checked. Look and match, then give the command Backfill, or uncheck it (Setup › Custom Metadata Types › Woo Store). Changes are kept until then.';
const UNTOLD =
  'Edits in bulk go slowly, since the shop does not tell of what it was sent. Look at its webhooks (WooCommerce › Settings › Advanced) and its cron.';
/** Characters of the names of what is held: what to do is kept whole. */
const HELD_LENGTH = 150;
/** Records wait for seconds, and for minutes while a shop is asked instead of telling. */
export const LATE_SECONDS = 300;
/** Last_Seen__c older than a few minutes means that the sidecar does not run. */
const AT_LEAST_EVERY_MS = 5 * 60_000;
/** In minutes of silence after which the service counts as down: where the store does not say, and at the least. */
const SILENT_MINUTES = { usual: 60, least: 15 } as const;
/** They move by watching alone, and would cost a call each time. */
const QUIET = new Set([
  ...['Last_Seen__c', 'Last_Sweep__c', 'Lag_Seconds__c', 'API_Calls_Used__c'],
  ...['Configuration_Read_At__c', 'Next_Seen__c', 'API_Budget_Used__c', 'API_Forecast__c'],
  'Silent_After__c',
]);
/** What keeps all work waiting, though the org answers. */
const HOLDING = new Set(['SF_RESERVE_REACHED', 'SF_BUDGET_REACHED']);

/** The row of Woo_Store_Status__c. */
export function statusRow(snapshot: StoreSnapshot): OwnRow {
  const { store, label, now, lastEvent, lastSweep, backlog, openIssues } = snapshot;
  const { configuration, reconciled } = snapshot;
  const { state, message } = stateOf(snapshot);
  return {
    Store__c: store,
    Name: cut(label, STATUS_LENGTHS.Name),
    State__c: state,
    Message__c: message,
    Last_Seen__c: now.toISOString(),
    Silent_After__c: silentAfter(snapshot).toISOString(),
    Watched__c: true,
    Last_Event__c: lastEvent?.toISOString() ?? null,
    Last_Sweep__c: lastSweep?.toISOString() ?? null,
    Lag_Seconds__c: lagOf(snapshot),
    Backlog__c: backlog,
    Webhooks__c: webhooksText(snapshot),
    ...callsOf(snapshot),
    Open_Issues__c: openIssues,
    Last_Reconcile__c: reconciled?.at ?? null,
    Reconcile_Result__c: reconciled && cut(reconciled.text, STATUS_LENGTHS.Reconcile_Result__c),
    Proof_By_Day__c: linesText(proofLines(snapshot.proofs), STATUS_LENGTHS.Proof_By_Day__c),
    Mappings__c: linesText(mappingLines(snapshot.mappings), STATUS_LENGTHS.Mappings__c),
    Configuration__c: configuration?.fingerprint ?? null,
    Configuration_Read_At__c: configuration?.readAt.toISOString() ?? null,
  };
}

/** The row of a store that is well, saying which of its fields the org lacks. */
export function sayingLack(row: OwnRow, lacking: readonly string[]): OwnRow {
  if (lacking.length === 0 || row['State__c'] !== 'healthy') return row;
  const names = cut(lacking.join(', '), HELD_LENGTH);
  const text = `The service is newer than the metadata: not shown are ${names}. ${OWN_OBJECTS_CURE}`;
  return { ...row, State__c: 'attention', Message__c: cutAtWord(text, STATUS_LENGTHS.Message__c) };
}

/** As many whole lines as the field takes; null for none. */
function linesText(lines: readonly string[], most: number): string | null {
  let length = -1;
  const fitting = lines.filter((line) => (length += line.length + 1) <= most);
  return fitting.join('\n') || null;
}

/** Three times the rhythm at the least: where calls are few, the next sign of life comes later. */
function silentAfter({ now, nextSeen, silentMinutes }: StoreSnapshot): Date {
  const { usual, least } = SILENT_MINUTES;
  const minutes = Math.max(silentMinutes ?? usual, least);
  const rhythm = nextSeen === null ? 0 : nextSeen.getTime() - now.getTime();
  return new Date(now.getTime() + Math.max(minutes * 60_000, 3 * rhythm));
}

function callsOf({ apiCalls, budget, nextSeen }: StoreSnapshot): OwnRow {
  return {
    API_Calls_Used__c: apiCalls && apiCalls.limit - apiCalls.remaining,
    API_Calls_Limit__c: apiCalls && apiCalls.limit,
    API_Budget__c: budget.limit,
    API_Budget_Used__c: budget.used,
    API_Forecast__c: budget.forecast,
    Next_Seen__c: nextSeen?.toISOString() ?? null,
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
  return Object.keys(after).some(
    (field) => !QUIET.has(field) && newsOf(field, after) !== newsOf(field, before),
  );
}

/** That a mapping has written again is no news, and that it is held or late is. */
function newsOf(field: string, row: OwnRow): OwnRow[string] | undefined {
  const value = row[field];
  return field === 'Mappings__c' && typeof value === 'string'
    ? value.replaceAll(/ (?:-|\d{4}-\S+) /g, ' ')
    : value;
}

interface State {
  readonly state: 'healthy' | 'attention' | 'late' | 'paused' | 'unreachable';
  readonly message: string | null;
}

function stateOf(snapshot: StoreSnapshot): State {
  const { orgOut, callsLeft, storeOut } = snapshot;
  if (orgOut) return { state: 'paused', message: saying(orgOut) };
  if (callsLeft !== null && HOLDING.has(callsLeft.code))
    return { state: 'paused', message: saying(callsLeft) };
  if (storeOut) {
    const passes = classOf(storeOut.code) === 'retry';
    return { state: passes ? 'unreachable' : 'paused', message: saying(storeOut) };
  }
  if (snapshot.loading === 'waits') return { state: 'paused', message: WAITS };
  const attention = attentionText(snapshot);
  const late = lateText(snapshot);
  if (attention !== null) {
    const message = cutAtWord(
      [attention, ...(late === null ? [] : [late])].join(' '),
      STATUS_LENGTHS.Message__c,
    );
    return { state: 'attention', message };
  }
  if (late !== null) return { state: 'late', message: late };
  return { state: 'healthy', message: bulkText(snapshot) };
}

/** What goes on, and needs a person all the same. */
function attentionText(snapshot: StoreSnapshot): string | null {
  const { held, lists, callsLeft, salesMixed, causes, oldestBulk, tellsNothing } = snapshot;
  const texts = [
    ...heldText(held),
    ...goneBackText(causes),
    ...listsText(lists),
    ...[callsLeft, salesMixed].flatMap((one) => (one === null ? [] : [saying(one)])),
    ...(oldestBulk !== null && tellsNothing ? [UNTOLD] : []),
  ];
  return texts.length === 0 ? null : texts.join(' ');
}

function heldText(held: StoreSnapshot['held']): readonly string[] {
  if (held.length === 0) return [];
  const named = held.map(({ label, problems }) => `${label} (${problems[0]?.code ?? ''})`);
  return [`Held, so not synced: ${cut(named.join(', '), HELD_LENGTH)}. See the open issues.`];
}

/** What may pass by itself is said when it comes again. */
function listsText(lists: StoreSnapshot['lists']): readonly string[] {
  const shown = lists.filter(({ code, times }) => needsPerson(code) || times > 1);
  if (shown.length === 0) return [];
  const named = shown.map(({ list, code }) => `${list} (${code})`);
  const cures = new Set(shown.map(({ cure }) => cure));
  return [`Not read: ${cut(named.join(', '), HELD_LENGTH)}. ${pageText([...cures].join(' '))}`];
}

function lateText(snapshot: StoreSnapshot): string | null {
  const { loading, backlog, oldest } = snapshot;
  if (loading !== null && loading !== 'waits')
    return loadingText(loading, snapshot.budget.backfillWaits);
  if (oldest === null || lagOf(snapshot) < LATE_SECONDS) return null;
  return `${waitingSince(backlog, oldest)} They are worked on in turn; where the number does not fall, see the open issues and the log of the sidecar.`;
}

export function waitingSince(backlog: number, oldest: Date): string {
  const records = backlog === 1 ? '1 record waits' : `${backlog} records wait`;
  return `${records}, the first since ${minuteOf(oldest)}.`;
}

/** It is no delay: a shop that has much to do itself is given no more than that. */
function bulkText({ now, oldestBulk }: StoreSnapshot): string | null {
  if (oldestBulk === null || lagOf({ now, oldest: oldestBulk }) < LATE_SECONDS) return null;
  return `Changes in bulk wait since ${minuteOf(oldestBulk)}: records that are tried again, or edits, which go as fast as the shop delivers its own webhooks. Single changes pass them.`;
}

/** The cure is kept whole where it can be: it is what the reader needs. */
function saying(problem: CodedError): string {
  const most = STATUS_LENGTHS.Message__c;
  const [message, cure] = [pageText(problem.message), pageText(problem.cure)];
  const reason = cutAtWord(maskEmails(message), Math.max(most - cure.length - 1, 100));
  return cutAtWord(`${reason} ${cure}`, most);
}

function loadingText(
  loading: Exclude<StoreSnapshot['loading'], 'waits' | null>,
  waits: boolean,
): string {
  const progress =
    loading === 'begins' ? '' : `: ${loading.read} of ${loading.total} ${loading.list} read`;
  if (waits)
    return `The first backfill waits until 00:00 UTC for API calls of the day${progress}. Changes go on.`;
  return `The first backfill is under way${progress}. Changes are kept, and follow when it is done; what customers ordered counts from then on.`;
}

export function lagOf({ now, oldest }: Pick<StoreSnapshot, 'now' | 'oldest'>): number {
  return oldest === null ? 0 : Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000));
}

function webhooksText({ webhooks, webhookProblem }: StoreSnapshot): string | null {
  if (webhooks === null) return null;
  if (webhooks === 'not used')
    return 'Not used: PUBLIC_URL is not set, so the shop is asked for changes.';
  const lines = webhooks.map(({ topic, status }) => `${topic}: ${status}`);
  const why = webhookProblem === null ? [] : [`${webhookProblem.message} ${webhookProblem.cure}`];
  return cut(pageText([...lines, ...why].join('\n')), STATUS_LENGTHS.Webhooks__c);
}

/** `2026-11-24 22:36 UTC`. */
export function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
