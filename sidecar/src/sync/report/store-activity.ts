import type { State } from '../../ports/state.ts';
import type { WebhookProblem, WebhookState } from '../../ports/store.ts';

/** What is known of how a store is doing, whichever process found out. */
export interface StoreActivity {
  readonly lastEvent: Date | null;
  readonly lastSweep: Date | null;
  /** Null before they were looked at. */
  readonly webhooks: readonly WebhookState[] | null;
  /** Why they cannot be kept until a person does something; null where they can. */
  readonly webhookProblem: WebhookProblem | null;
  /** When shop and Salesforce were compared last, and what came of it. */
  readonly reconciled: Reconciled | null;
}

interface Reconciled {
  readonly at: string;
  readonly text: string;
}

/** As it is saved. */
interface Noted {
  readonly problem: WebhookProblem | null;
}

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

const EVENT = 'standing:event';
const SWEEP = 'standing:sweep';
const WEBHOOKS = 'standing:webhooks';
const WEBHOOK_PROBLEM = 'standing:webhook problem';
const RECONCILED = 'standing:reconciled';

export async function readActivity(state: Notes, store: string): Promise<StoreActivity> {
  const [event, sweep, webhooks, reconciled, problem] = await Promise.all(
    [EVENT, SWEEP, WEBHOOKS, RECONCILED, WEBHOOK_PROBLEM].map((name) => state.cursor(store, name)),
  );
  return {
    lastEvent: dateOf(event),
    lastSweep: dateOf(sweep),
    webhooks: (webhooks ?? null) as StoreActivity['webhooks'],
    webhookProblem: (problem as Noted | null)?.problem ?? null,
    reconciled: (reconciled ?? null) as StoreActivity['reconciled'],
  };
}

export function noteEvent(state: Notes, store: string, at: Date): Promise<void> {
  return state.saveCursor(store, EVENT, at.toISOString());
}

export function noteSweep(state: Notes, store: string, at: Date): Promise<void> {
  return state.saveCursor(store, SWEEP, at.toISOString());
}

/** @param problem for which a person is needed; null for none */
export async function noteWebhooks(
  state: Notes,
  store: string,
  webhooks: readonly WebhookState[],
  problem: WebhookProblem | null,
): Promise<void> {
  await state.saveCursor(store, WEBHOOKS, webhooks);
  await state.saveCursor(store, WEBHOOK_PROBLEM, { problem } satisfies Noted);
}

export function noteReconcile(state: Notes, store: string, reconciled: Reconciled): Promise<void> {
  return state.saveCursor(store, RECONCILED, reconciled);
}

function dateOf(saved: unknown): Date | null {
  return typeof saved === 'string' ? new Date(saved) : null;
}
