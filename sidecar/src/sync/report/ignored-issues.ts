import type { State } from '../../ports/state.ts';
import { EVERY_STORE } from './issue-key.ts';

/** Keys of the issues that people ignored in Salesforce when it was asked last. */
const CURSOR = 'issues:ignored';

/** Keys of issues that need nobody, since a person has said so. */
export async function ignoredIssues(state: Pick<State, 'cursor'>): Promise<readonly string[]> {
  const saved = await state.cursor(EVERY_STORE, CURSOR);
  return Array.isArray(saved) ? saved.map(String) : [];
}

/** Kept over a restart, so that what is ignored is not told anew. */
export async function saveIgnored(
  state: Pick<State, 'cursor' | 'saveCursor'>,
  keys: readonly string[],
): Promise<void> {
  const now = keys.toSorted();
  if (now.join('\n') === (await ignoredIssues(state)).join('\n')) return;
  await state.saveCursor(EVERY_STORE, CURSOR, now);
}
