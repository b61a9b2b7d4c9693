import { classOf, needsPerson } from '../../../errors/catalogue.ts';
import type { CodedError } from '../../../errors/coded-error.ts';
import { maskEmails } from '../../../lib/redact.ts';
import { storeWaitedFor } from '../backfill-progress.ts';
import { cut, cutAtWord, pageText } from '../own-objects.ts';
import { fewCallsText } from './few-calls.ts';
import { goneBackText } from './records-gone-back.ts';
import { refusedText } from './refused-records.ts';
import { NAMES_LENGTH, STATUS_LENGTHS } from './status-lengths.ts';
import {
  LATE_SECONDS,
  lagOf,
  minuteOf,
  type StoreSnapshot,
  waitingSince,
} from './store-snapshot.ts';

/** Of a store whose box Load When Told is checked. */
const WAITS =
  'Nothing is written yet, since Load When Told is checked. Look and match, then give the command Backfill, or uncheck it (Setup › Custom Metadata Types › Woo Store). Changes are kept until then.';
const UNTOLD =
  'Edits in bulk go slowly, since the shop does not tell of what it was sent. Look at its webhooks (WooCommerce › Settings › Advanced) and its cron.';
/** What keeps all work waiting, though the org answers. */
const HOLDING = new Set(['SF_RESERVE_REACHED', 'SF_BUDGET_REACHED']);

interface State {
  readonly state: 'healthy' | 'attention' | 'late' | 'paused' | 'unreachable';
  readonly message: string | null;
}

/** How a store is doing, and what is to be said of it. */
export function stateOf(snapshot: StoreSnapshot): State {
  const { orgOut, callsLeft, storeOut } = snapshot;
  if (orgOut) return { state: 'paused', message: saying(orgOut) };
  if (callsLeft !== null && HOLDING.has(callsLeft.code))
    return { state: 'paused', message: saying(callsLeft) };
  if (storeOut) {
    const passes = classOf(storeOut.code) === 'retry';
    return { state: passes ? 'unreachable' : 'paused', message: saying(storeOut) };
  }
  const waits = waitsText(snapshot.loading);
  if (waits !== null) return { state: 'paused', message: waits };
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

/** Of a store of which nothing is written until something else has happened. */
function waitsText(loading: StoreSnapshot['loading']): string | null {
  if (loading === 'waits') return WAITS;
  const waiting = storeWaitedFor(loading);
  if (waiting?.isFirst !== true) return null;
  const name = cut(waiting.waitsFor, NAMES_LENGTH);
  return `Nothing is written yet: what both shops have belongs to ${name}, which was set up before and is not loaded (see its status). To load this one first, give the command Backfill with its key in Store.`;
}

/** What goes on, and needs a person all the same. */
function attentionText(snapshot: StoreSnapshot): string | null {
  const { held, lists, callsLeft, salesMixed, causes, mappings } = snapshot;
  const { oldestBulk, tellsNothing } = snapshot;
  const texts = [
    ...heldText(held),
    ...goneBackText(causes),
    ...refusedText(causes, mappings),
    ...listsText(lists),
    ...[callsLeft, salesMixed].flatMap((one) => (one === null ? [] : [saying(one)])),
    ...fewCallsText(snapshot),
    ...untoldText(snapshot.webhooks),
    ...(oldestBulk !== null && tellsNothing ? [UNTOLD] : []),
  ];
  return texts.length === 0 ? null : texts.join(' ');
}

function heldText(held: StoreSnapshot['held']): readonly string[] {
  if (held.length === 0) return [];
  const named = held.map(({ label, problems }) => `${label} (${problems[0]?.code ?? ''})`);
  return [`Held, so not synced: ${cut(named.join(', '), NAMES_LENGTH)}. See the open issues.`];
}

/** Webhooks that the last check found off, and could not make anew; what a person has paused is meant so. */
function untoldText(webhooks: StoreSnapshot['webhooks']): readonly string[] {
  if (webhooks === null || webhooks === 'not used') return [];
  const off = webhooks.filter(({ status }) => status === 'disabled' || status === 'missing');
  if (off.length === 0) return [];
  const named = off.map(({ topic, status }) => `${topic} (${status})`);
  return [
    `The shop does not tell of ${cut(named.join(', '), NAMES_LENGTH)}: such changes are found by sweeps, so they come later. Its webhooks are tried again every five minutes.`,
  ];
}

/** What may pass by itself is said when it comes again. */
function listsText(lists: StoreSnapshot['lists']): readonly string[] {
  const shown = lists.filter(({ code, times }) => needsPerson(code) || times > 1);
  if (shown.length === 0) return [];
  const named = shown.map(({ list, code }) => `${list} (${code})`);
  const cures = new Set(shown.map(({ cure }) => cure));
  return [`Not read: ${cut(named.join(', '), NAMES_LENGTH)}. ${pageText([...cures].join(' '))}`];
}

function lateText(snapshot: StoreSnapshot): string | null {
  const { loading, backlog, oldest } = snapshot;
  if (loading !== null && loading !== 'waits')
    return loadingText(loading, snapshot.budget.backfillWaits);
  if (oldest === null || lagOf(snapshot) < LATE_SECONDS) return null;
  return `${waitingSince(backlog, oldest)} They are worked on in turn; where the number does not fall, see the open issues and the log of the sidecar.`;
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
  const waiting = storeWaitedFor(loading);
  if (waiting !== null)
    return `The backfill for a mapping that was mended waits for that of the store ${cut(waiting.waitsFor, NAMES_LENGTH)}. Changes go on.`;
  const progress =
    loading === 'begins' || !('read' in loading)
      ? ''
      : `: ${loading.read} of ${loading.total} ${loading.list} read`;
  if (waits)
    return `The first backfill waits until 00:00 UTC for API calls of the day${progress}. Changes go on.`;
  return `The first backfill is under way${progress}. Changes are kept, and follow when it is done; what customers ordered counts from then on.`;
}
