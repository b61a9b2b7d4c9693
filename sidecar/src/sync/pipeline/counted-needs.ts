import type { BackfillResult } from './backfill.ts';
import { apiCallsFor, type Needs, storageFor } from './estimate.ts';

/** What a backfill will take, by what a dry run has read and looked up. */
export interface CountedNeeds extends Needs {
  /** Records in Salesforce that it changes or removes. */
  readonly changes: number;
}

/** @param calls API calls that the dry run took: the backfill reads and looks up the same, and then writes */
export function countedNeeds({ store, mappings }: BackfillResult, calls: number): CountedNeeds {
  let [newRecords, changes] = [0, 0];
  for (const { created, adopted, updated, removed } of mappings) {
    newRecords += created;
    changes += adopted + updated + removed;
  }
  return {
    store,
    newRecords,
    changes,
    storageMb: storageFor(newRecords),
    apiCalls: apiCallsFor(newRecords + changes, calls),
  };
}
