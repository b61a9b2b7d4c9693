import { z } from 'zod';
import { unexpected } from './transport.ts';

export interface OrgLimits {
  /** API calls of any 24 hours. */
  readonly apiCalls: Room;
  /** Megabytes of data storage. */
  readonly storageMb: Room;
}

export interface Room {
  readonly most: number;
  readonly left: number;
}

const roomSchema = z
  .object({ Max: z.number(), Remaining: z.number() })
  .transform(({ Max, Remaining }): Room => ({ most: Max, left: Remaining }));

const limitsSchema = z.object({ DailyApiRequests: roomSchema, DataStorageMB: roomSchema });

/** What we need of the answer of `/limits`. */
export function toLimits(answer: unknown): OrgLimits {
  const limits = limitsSchema.safeParse(answer).data;
  if (limits === undefined)
    throw unexpected('Salesforce', 'limits without API requests and data storage');
  return { apiCalls: limits.DailyApiRequests, storageMb: limits.DataStorageMB };
}
