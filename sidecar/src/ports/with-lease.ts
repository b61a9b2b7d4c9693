import type { Clock } from '../lib/clock.ts';
import type { Leases } from './leases.ts';

const SECONDS = 60;

interface LeaseParts {
  readonly leases: Leases;
  readonly clock: Clock;
}

/** Names under which this process works: a lease tells processes apart, not what runs in one of them. */
const running = new WeakMap<Leases, Set<string>>();

/**
 * Does work that is done once at a time, in this process and in others, if it is ours to do.
 * @param work gets a signal that is aborted when another process has taken it over
 * @returns whether it was done here
 */
export async function withLease(
  parts: LeaseParts,
  name: string,
  work: (lost: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const { leases } = parts;
  const names = running.get(leases) ?? new Set();
  running.set(leases, names);
  if (names.has(name)) return false;
  names.add(name);
  try {
    if (!(await leases.acquire(name, SECONDS))) return false;
    await worked(parts, name, work);
    return true;
  } finally {
    names.delete(name);
  }
}

/** Works while the lease is extended, and releases it. */
async function worked(
  parts: LeaseParts,
  name: string,
  work: (lost: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const done = new AbortController();
  const kept = keep(parts, name, done.signal, lost);
  try {
    await work(lost.signal);
  } finally {
    done.abort();
    await kept;
    // Where it fails the lease lapses by itself.
    await parts.leases.release(name).catch(() => undefined);
  }
}

async function keep(
  { leases, clock }: LeaseParts,
  name: string,
  done: AbortSignal,
  lost: AbortController,
): Promise<void> {
  for (;;) {
    await clock.sleep((SECONDS / 3) * 1000, done);
    if (done.aborted) return;
    // Where the state does not answer it is not known to be lost.
    const isOurs = await leases.acquire(name, SECONDS).catch(() => true);
    if (isOurs) continue;
    lost.abort();
    return;
  }
}
