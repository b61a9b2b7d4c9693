import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../sidecar/src/errors/coded-error.ts';
import { Transient } from '../../../sidecar/src/lib/retry.ts';
import { openSession, type SignIn } from '../../../sidecar/src/salesforce/rest/sign-in.ts';

export interface Patience {
  /** How long to go on; ten minutes when left out. */
  readonly seconds?: number;
  readonly stopped?: AbortSignal;
  /** Is told why it was refused, each time before it waits. */
  readonly onWait?: (reason: string) => void;
  /** Milliseconds of a clock, for tests. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, stopped?: AbortSignal) => Promise<unknown>;
}

const BETWEEN_MS = 15_000;
const DEADLINE_MS = 30_000;

/** Refusals that do not pass by themselves, however new the app is. */
const LASTING = /: (?:inactive_user|inactive_org|unsupported_grant_type)\b|\baudience\b/;

/**
 * Signs in once, as the sidecar will. A new app takes some minutes until Salesforce knows it everywhere, so that
 * what may pass is tried again, every 15 seconds.
 * @throws CodedError that names what is wrong, the reason of `stopped` where that aborts
 */
export async function trySignIn(signIn: SignIn, patience: Patience = {}): Promise<void> {
  const { seconds = 600, stopped, onWait, now = Date.now, sleep = pause } = patience;
  const end = now() + seconds * 1000;
  for (;;) {
    stopped?.throwIfAborted();
    try {
      await openSession(signIn, DEADLINE_MS);
      return;
    } catch (error) {
      const reason = error instanceof Transient ? error.outcome : error;
      if (!mayPass(error) || now() + BETWEEN_MS > end) throw reason;
      onWait?.(error.message);
    }
    await sleep(BETWEEN_MS, stopped);
  }
}

function mayPass(error: unknown): error is Error {
  if (error instanceof Transient) return true;
  if (!(error instanceof CodedError) || error.code !== 'SF_SIGN_IN_REFUSED') return false;
  return !LASTING.test(error.message);
}

const pause = (ms: number, stopped?: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, stopped ? { signal: stopped } : {}).catch(() => stopped?.throwIfAborted());
