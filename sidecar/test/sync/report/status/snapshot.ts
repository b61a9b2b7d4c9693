import { CodedError } from '../../../../src/errors/coded-error.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';

export const NOW = new Date('2026-11-24T12:00:00Z');

export const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

export const error = (
  code: ConstructorParameters<typeof CodedError>[0],
  message = 'It is out.',
): CodedError => new CodedError(code, message, 'Mend it.');

/** A store that is well. */
export function snapshot(over: Partial<StoreSnapshot> = {}): StoreSnapshot {
  return {
    store: 'main',
    label: 'Main shop',
    now: NOW,
    orgOut: null,
    storeOut: null,
    loading: null,
    webhookProblem: null,
    lists: [],
    backlog: 0,
    oldest: null,
    oldestBulk: null,
    tellsNothing: false,
    lastEvent: ago(10),
    lastSweep: ago(30),
    webhooks: [{ topic: 'order.updated', status: 'active' }],
    openIssues: 2,
    apiCalls: { limit: 100_000, remaining: 99_000 },
    callsLeft: null,
    held: [],
    reconciled: { at: '2026-11-24T02:00:00.000Z', text: '9 records counted.' },
    budget: { limit: null, used: 0, forecast: 0, backfillWaits: false },
    nextSeen: null,
    seenEvery: null,
    sweepsEvery: null,
    configuration: { fingerprint: 'a1b2c3d4', readAt: ago(60) },
    salesMixed: null,
    causes: [],
    tellAfterMinutes: null,
    silentMinutes: null,
    proofs: [],
    mappings: [],
    ...over,
  };
}
