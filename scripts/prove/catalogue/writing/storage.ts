import type { Assumption } from '../../model/assumption.ts';
import { CannotTell, verdict } from '../../model/verdict.ts';

export const STORAGE: readonly Assumption[] = [
  {
    id: 'storage-of-a-record',
    statement: 'Salesforce counts 2 KB of storage for each record of these objects',
    places: ['sidecar/src/sync/pipeline/estimate.ts'],
    person: 'Compare Setup › Storage Usage before and after the first backfill.',
  },
  {
    id: 'limits-tell-storage',
    statement: '`/limits` tells the storage for data in MB, and what is left of it',
    places: ['sidecar/src/salesforce/limits.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.call('GET', 'limits');
      if (status !== 200) throw new CannotTell(`/limits was answered with ${status}.`);
      const { DataStorageMB } = body as Record<string, { Max?: unknown; Remaining?: unknown }>;
      const { Max, Remaining } = DataStorageMB ?? {};
      const isSo = [Max, Remaining].every(Number.isInteger) && Number(Remaining) <= Number(Max);
      return verdict(isSo, DataStorageMB ?? 'no DataStorageMB');
    },
    deviation: {
      says: 'the limits lack DataStorageMB',
      change: ({ path, body }) => {
        if (path.endsWith('/limits')) delete (body as Record<string, unknown>)['DataStorageMB'];
      },
    },
  },
  {
    id: 'code-of-maintenance',
    statement:
      'An org that is read-only for maintenance refuses each write with `INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE`, for the record or for the call, and answers queries and callouts of Apex',
    places: ['sidecar/src/salesforce/read-only.ts', 'local/org/write/write.ts'],
    person:
      'Ask Salesforce support for the read-only test mode in a sandbox, and change an order: the log must say SF_READ_ONLY, and the order arrive once the mode is off.',
  },
];
