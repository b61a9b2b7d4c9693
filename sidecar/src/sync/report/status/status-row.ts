import { cut, cutAtWord, OWN_OBJECTS_CURE, pageText, type OwnRow } from '../own-objects.ts';
import { SIGNS_MISSED, SILENT_MINUTES } from './few-calls.ts';
import { mappingLines } from './mapping-lines.ts';
import { proofLines } from './proof-days.ts';
import { NAMES_LENGTH, STATUS_LENGTHS } from './status-lengths.ts';
import { stateOf } from './store-state.ts';
import { lagOf, type StoreSnapshot } from './store-snapshot.ts';

/** Last_Seen__c older than a few minutes means that the sidecar does not run. */
const AT_LEAST_EVERY_MS = 5 * 60_000;
/** They move by watching alone, and would cost a call each time. */
const QUIET = new Set([
  'Last_Seen__c',
  'Last_Sweep__c',
  'Lag_Seconds__c',
  'API_Calls_Used__c',
  'Configuration_Read_At__c',
  'Next_Seen__c',
  'API_Budget_Used__c',
  'API_Forecast__c',
  'Silent_After__c',
]);

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
  const names = cut(lacking.join(', '), NAMES_LENGTH);
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
  return new Date(now.getTime() + Math.max(minutes * 60_000, SIGNS_MISSED * rhythm));
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

function webhooksText({ webhooks, webhookProblem }: StoreSnapshot): string | null {
  if (webhooks === null) return null;
  if (webhooks === 'not used')
    return 'Not used: PUBLIC_URL is not set, so the shop is asked for changes.';
  const lines = webhooks.map(({ topic, status }) => `${topic}: ${status}`);
  const why = webhookProblem === null ? [] : [`${webhookProblem.message} ${webhookProblem.cure}`];
  return cut(pageText([...lines, ...why].join('\n')), STATUS_LENGTHS.Webhooks__c);
}
