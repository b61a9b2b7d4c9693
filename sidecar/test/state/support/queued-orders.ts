import type { BatchResult } from '../../../src/ports/change-queue.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const order = (key: string): ChangeEvent => ({ resource: 'order', key });
export const lane = (store: string) => ({ store, resource: 'order' }) as const;
export const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);
export const lookedAt = [{ resource: 'order', object: 'Woo_Order__c' }] as const;
/** What a batch of orders ends with in which nothing has happened. */
export const nothing: BatchResult = { jobs: [], failures: [], seen: [], followUps: [], lookedAt };

export function failure(recordKey: string, over: Partial<IssueSeen> = {}): IssueSeen {
  return {
    key: `Woo_Order__c ${recordKey}`,
    kind: 'failed',
    resource: 'order',
    recordKey,
    store: recordKey.slice(0, recordKey.indexOf(':')),
    object: 'Woo_Order__c',
    recordId: null,
    code: 'REQUIRED_FIELD_MISSING',
    reason: 'Name is missing.',
    wooValue: null,
    salesforceValue: null,
    cure: 'Map it.',
    field: 'Name',
    change: order(recordKey),
    retry: 'backoff',
    ...over,
  };
}
