import { z } from 'zod';
import { unexpected } from './rest/transport.ts';
import type { Room } from './rest/api-usage.ts';

export interface OrgLimits {
  /** API calls of any 24 hours; null where the org does not say. */
  readonly apiCalls: Room | null;
  /** Megabytes of data storage; null for a user who may not know. */
  readonly storageMb: Room | null;
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
