import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Runs work whose API calls are counted under this name. */
export function forPurpose<T>(purpose: string, work: () => Promise<T>): Promise<T> {
  return current.run(purpose, work);
}

/** What the caller works for. */
export function purpose(): string {
  return current.getStore() ?? 'other';
}
