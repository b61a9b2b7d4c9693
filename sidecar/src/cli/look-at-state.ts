import { existsSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import type { State } from '../ports/state.ts';
import type { StateLocation } from '../state/db/types.ts';
import { openState } from '../state/state.ts';

/**
 * Null where nothing was written yet, or a running sidecar has it: what is said then tells so.
 * @throws CodedError `STATE_TOO_NEW` when it was written by a newer version
 */
export async function lookAtState(location: StateLocation): Promise<State | null> {
  if (location.kind === 'directory' && !existsSync(location.path)) return null;
  try {
    return await openState(location);
  } catch (error) {
    const isOutOfReach = error instanceof CodedError && error.code.startsWith('STATE_');
    if (isOutOfReach && error.code !== 'STATE_TOO_NEW') return null;
    throw error;
  }
}
