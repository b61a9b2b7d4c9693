import type { State } from './ports.ts';
import type { WebhookStanding } from './webhooks.ts';

/** What is known of how a store is doing, whichever process found out. */
export interface Standing {
  readonly lastEvent: Date | null;
  readonly lastSweep: Date | null;
  /** Null before they were looked at. */
  readonly webhooks: readonly WebhookStanding[] | null;
}

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

const EVENT = 'standing:event';
const SWEEP = 'standing:sweep';
const WEBHOOKS = 'standing:webhooks';

export async function readStanding(state: Notes, store: string): Promise<Standing> {
  const [event, sweep, webhooks] = await Promise.all(
    [EVENT, SWEEP, WEBHOOKS].map((name) => state.cursor(store, name)),
  );
  return {
    lastEvent: dateOf(event),
    lastSweep: dateOf(sweep),
    webhooks: (webhooks ?? null) as Standing['webhooks'],
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

function dateOf(saved: unknown): Date | null {
  return typeof saved === 'string' ? new Date(saved) : null;
}
