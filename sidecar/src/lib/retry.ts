import { setTimeout as sleep } from 'node:timers/promises';
import type { CodedError } from '../errors/coded-error.ts';

export interface RetryPolicy {
  /** How often a call is made at most, the first time included. */
  readonly attempts: number;
  /** Longest wait before the second attempt; doubles from there. By jitter half of it at least. */
  readonly firstWaitMs: number;
  /** No wait is longer, whatever the other side asks for. */
  readonly longestWaitMs: number;
}

/** A failure that may pass: worth another attempt. `outcome` is what the caller gets when there is none left. */
export class Transient extends Error {
  readonly outcome: CodedError;
  /** What the other side asked for; null = our own backoff. */
  readonly waitMs: number | null;

  constructor(outcome: CodedError, waitMs: number | null = null) {
    super(outcome.message);
    this.name = 'Transient';
    this.outcome = outcome;
    this.waitMs = waitMs;
  }
}

/**
 * Calls `once` until it answers, fails with anything but a Transient, or the attempts are used up.
 * Waits grow and carry jitter, so that many callers do not come back together.
 */
export async function withRetry<T>(policy: RetryPolicy, once: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (attempt >= policy.attempts) throw error.outcome;
      const backoff = policy.firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
      await sleep(Math.min(error.waitMs ?? backoff, policy.longestWaitMs));
    }
  }
}

/** A Retry-After header (seconds or a date) in milliseconds from `now`; null when there is none that can be read. */
export function retryAfterMs(header: string | null, now: Date = new Date()): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now.getTime() : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
