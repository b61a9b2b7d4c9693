import type { RetryPolicy } from '../../lib/retry.ts';

/** HTTP statuses of an org that pass by themselves. */
export const PASSING: ReadonlySet<number> = new Set([408, 420, 429, 500, 502, 503, 504]);

/** How calls to the org are repeated. */
export const RETRY: RetryPolicy = { attempts: 5, firstWaitMs: 500, longestWaitMs: 30_000 };
