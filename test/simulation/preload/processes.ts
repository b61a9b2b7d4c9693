import { AsyncLocalStorage } from 'node:async_hooks';

/** Which simulated process code belongs to: all that it starts belongs to the same. */
const current = new AsyncLocalStorage<number>();
const alive = new Set<number>();
let started = 0;

/** The simulated process that runs now; null for the world outside of the service. */
export function processId(): number | null {
  return current.getStore() ?? null;
}

/** Nothing of a process that was killed ever goes on: its timers, requests and statements are never answered. */
export function isAlive(id: number | null): boolean {
  return id === null || alive.has(id);
}

/** Begins a simulated process. @returns its id */
export function startProcess(): number {
  started += 1;
  alive.add(started);
  return started;
}

export function inProcess<T>(id: number, work: () => T): T {
  return current.run(id, work);
}

/** Runs something for the world outside, whoever asks for it. */
export function outside<T>(work: () => T): T {
  return current.exit(work);
}

/** Ends a simulated process in the middle of whatever it does. */
export function killProcess(id: number): void {
  alive.delete(id);
}

export function killAllProcesses(): void {
  alive.clear();
}
