import { existsSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import type { StateLocation } from '../state/db/types.ts';
import { type DurableState, openState } from '../state/state.ts';

/**
 * The state of a command that only looks at it.
 * @returns null where nothing was written yet; why not, where it cannot be opened: a running service has it
 * @throws CodedError `STATE_TOO_NEW` when it was written by a newer version
 */
export async function lookAtState(
  location: StateLocation,
): Promise<DurableState | CodedError | null> {
  if (location.kind === 'directory' && !existsSync(location.path)) return null;
  try {
    return await openState(location);
  } catch (error) {
    const isOutOfReach = error instanceof CodedError && error.code.startsWith('STATE_');
    if (isOutOfReach && error.code !== 'STATE_TOO_NEW') return error;
    throw error;
  }
}
