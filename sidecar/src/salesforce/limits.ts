import { z } from 'zod';
import type { OrgLimits, Quota } from '../ports/org.ts';
import { unexpected } from './rest/transport.ts';

const roomSchema = z
  .object({ Max: z.number(), Remaining: z.number() })
  .transform(({ Max, Remaining }): Quota => ({ limit: Max, remaining: Remaining }));

const limitsSchema = z.object({ DailyApiRequests: roomSchema, DataStorageMB: roomSchema });

/** What we need of the answer of `/limits`. */
export function toLimits(answer: unknown): OrgLimits {
  const limits = limitsSchema.safeParse(answer).data;
  if (limits === undefined)
    throw unexpected('Salesforce', 'limits without API requests and data storage');
  return { apiCalls: limits.DailyApiRequests, storageMb: limits.DataStorageMB };
}
