import { z } from 'zod';

import { createStore } from '../../local/store/store.ts';
import { expectedOf } from '../lib/demo/expected.ts';
import type { AdminSession } from '../lib/install/admin-session.ts';

/** What Salesforce counts for a record of nearly every object. */
const KILOBYTES_OF_A_RECORD = 2;

const limits = z.object({ DataStorageMB: z.object({ Remaining: z.number() }) });

/** Megabytes of data storage that a shop with so many orders takes; a customer is a contact, and often an account. */
export function megabytesOf(orders: number): number {
  const { customer = 0, ...others } = expectedOf(createStore({ orders }).shop).inStore;
  const records = 2 * customer + Object.values(others).reduce((sum, one) => sum + one, 0);
  return Math.ceil((records * KILOBYTES_OF_A_RECORD) / 1000);
}

/**
 * An org that is full refuses records in the middle of a journey.
 * @param orders of the largest shop that is loaded
 * @throws Error where less is left than the journeys take; an org that says nothing of it is taken
 */
export async function mustHaveRoom(
  session: Pick<AdminSession, 'request'>,
  orders: number,
): Promise<void> {
  const { body } = await session.request('GET', '/services/data/v66.0/limits');
  const left = limits.safeParse(body).data?.DataStorageMB.Remaining;
  const needed = megabytesOf(orders);
  if (left === undefined || left >= needed) return;
  throw new Error(
    `The org has ${left} MB of data storage left, and these journeys take ${needed} for the time being. Nothing was done. Make room, or give --small, which leaves out those of a large shop.`,
  );
}
