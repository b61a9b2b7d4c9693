import { AsyncLocalStorage } from 'node:async_hooks';

interface Work {
  readonly purpose: string;
  readonly spend: () => void;
}

const current = new AsyncLocalStorage<Work>();

/**
 * Runs work whose API calls are counted under this name.
 * @param spend is called before each of them; what it throws keeps the call from being made
 */
export function forPurpose<T>(
  purpose: string,
  work: () => Promise<T>,
  spend: () => void = () => undefined,
): Promise<T> {
  return current.run({ purpose, spend }, work);
}

/** What the caller works for. */
export function purpose(): string {
  return current.getStore()?.purpose ?? 'other';
}

/** An API call is about to be made. @throws where the work may make none */
export function spendCall(): void {
  current.getStore()?.spend();
}
