import { existsSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import type { StateLocation } from '../state/db/types.ts';
import { type DurableState, openState } from '../state/state.ts';
import { lookAtOrg } from '../state/state-owner.ts';

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

/**
 * The state that was looked at, where it is the org's; closed, and why not, where it is another's: what it says of records
 * and shops is not so here.
 * @param organizationId null where the sign-in does not tell, then nothing is checked
 */
export async function ofOrg(
  looked: DurableState | CodedError | null,
  organizationId: string | null,
): Promise<DurableState | CodedError | null> {
  if (looked === null || looked instanceof CodedError || organizationId === null) return looked;
  try {
    await lookAtOrg(looked, organizationId);
    return looked;
  } catch (error) {
    await looked.close();
    if (error instanceof CodedError) return error;
    throw error;
  }
}
