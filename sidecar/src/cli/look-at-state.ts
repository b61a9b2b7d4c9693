import { existsSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import type { State } from '../ports/state.ts';
import type { StateLocation } from '../state/db/types.ts';
import { openState } from '../state/state.ts';

/** Null where nothing was written yet, or a running sidecar has it: what is said then tells so. */
export async function lookAtState(location: StateLocation): Promise<State | null> {
  if (location.kind === 'directory' && !existsSync(location.path)) return null;
  try {
    return await openState(location);
  } catch (error) {
    if (error instanceof CodedError && error.code.startsWith('STATE_')) return null;
    throw error;
  }
}
