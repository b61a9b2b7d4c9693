import { CodedError } from '../errors.ts';
import type { Org, Room } from './ports.ts';

/** The share of the org's API calls that is left to others. */
const RESERVE = 0.05;

/**
 * Leaves the last API calls of the org to its other users. Costs a call only where they seem to be reached.
 * @throws CodedError `SF_RESERVE_REACHED`
 */
export async function keepReserve(org: Pick<Org, 'usage' | 'limits'>): Promise<void> {
  if (isEnough(org.usage)) return;
  const { apiCalls } = await org.limits();
  if (apiCalls === null || isEnough(apiCalls)) return;
  throw new CodedError(
    'SF_RESERVE_REACHED',
    `The org has ${apiCalls.left} of its ${apiCalls.most} API calls of 24 hours left; the last ${RESERVE * 100} % are left to others.`,
    'Wait: changes are kept, and are synced when calls are free again. Setup › System Overview shows who uses them.',
  );
}

function isEnough(room: Room | null): boolean {
  return room === null || room.left >= room.most * RESERVE;
}
