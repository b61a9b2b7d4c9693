import type { State } from '../../ports/state.ts';
import type { WebhookStanding } from '../detect/webhook-keeper.ts';

/** What is known of how a store is doing, whichever process found out. */
export interface Standing {
  readonly lastEvent: Date | null;
  readonly lastSweep: Date | null;
  /** Null before they were looked at. */
  readonly webhooks: readonly WebhookStanding[] | null;
  /** When shop and Salesforce were compared last, and what came of it. */
  readonly reconciled: Reconciled | null;
}

interface Reconciled {
  readonly at: string;
  readonly text: string;
}

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

const EVENT = 'standing:event';
const SWEEP = 'standing:sweep';
const WEBHOOKS = 'standing:webhooks';
const RECONCILED = 'standing:reconciled';

export async function readStanding(state: Notes, store: string): Promise<Standing> {
  const [event, sweep, webhooks, reconciled] = await Promise.all(
    [EVENT, SWEEP, WEBHOOKS, RECONCILED].map((name) => state.cursor(store, name)),
  );
  return {
    lastEvent: dateOf(event),
    lastSweep: dateOf(sweep),
    webhooks: (webhooks ?? null) as Standing['webhooks'],
    reconciled: (reconciled ?? null) as Standing['reconciled'],
  };
}

export function noteEvent(state: Notes, store: string, at: Date): Promise<void> {
  return state.saveCursor(store, EVENT, at.toISOString());
}

export function noteSweep(state: Notes, store: string, at: Date): Promise<void> {
  return state.saveCursor(store, SWEEP, at.toISOString());
}

export function noteWebhooks(
  state: Notes,
  store: string,
  webhooks: readonly WebhookStanding[],
): Promise<void> {
  return state.saveCursor(store, WEBHOOKS, webhooks);
}

export function noteReconcile(state: Notes, store: string, reconciled: Reconciled): Promise<void> {
  return state.saveCursor(store, RECONCILED, reconciled);
}

function dateOf(saved: unknown): Date | null {
  return typeof saved === 'string' ? new Date(saved) : null;
}
