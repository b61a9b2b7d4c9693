import type { BatchResult } from '../../../src/ports/change-queue.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { SavedLink } from '../../../src/ports/link.ts';
import { mappingTo } from '../../support/rows.ts';
import { orders, products, world, type WorldOptions } from './world.ts';
import { verified } from '../../support/links.ts';

export const ORDER = 'a01000000000007AAA';

export const PRODUCT = '01t000000000007AAA';

const items = mappingTo('Woo_Order_Item__c', { resource: 'order_item' });

const contacts = mappingTo('Contact', { resource: 'customer' });

export function link(object: string, key: string, recordId: string, over: Partial<SavedLink> = {}) {
  const known = { ...verified('what it held'), parentKey: null, byId: false, readNumber: 0 };
  return [`${object} ${key}`, { object, key, recordId, ...known, ...over }] as const;
}

export function failure(key: string, over: Partial<IssueSeen> = {}): IssueSeen {
  return {
    key: `order:Woo_Order__c:${key}`,
    kind: 'failed',
    store: 'main',
    resource: 'order',
    recordKey: key,
    object: 'Woo_Order__c',
    recordId: null,
    code: 'STRING_TOO_LONG',
    reason: 'Name is too long.',
    cure: 'Shorten it.',
    field: 'Name',
    retry: 'never',
    wooValue: null,
    salesforceValue: null,
    change: { resource: 'order', key },
    ...over,
  };
}

/** Links are known, and their records are there; `found` is what the worker finds. */
export function scene(
  links: readonly ReturnType<typeof link>[] = [],
  found: (key: string) => Partial<BatchResult> = () => ({}),
  options: WorldOptions = {},
) {
  const all = world({ mappings: [orders, items, contacts, products], ...options });
  for (const [name, one] of links) {
    all.state.saved.set(name, one);
    all.org.of(one.object).push({ Id: one.recordId, Woo_Key__c: one.key });
  }
  const looked: string[] = [];
  all.worksBy((key) => {
    looked.push(key);
    const rewritten = links.filter(([, one]) => one.key === key);
    for (const [name, one] of rewritten) all.state.saved.set(name, { ...one, hash: 'new' });
    return found(key);
  });
  return { ...all, looked };
}

/** The links whose hashes were forgotten before anything was looked at. */
export function forgottenIn({ state }: Pick<ReturnType<typeof scene>, 'state'>): readonly string[] {
  const forgotten: string[] = [];
  const clearHashes = state.clearHashes.bind(state);
  state.clearHashes = async (keys, objects) => {
    await clearHashes(keys, objects);
    // The queue has nothing to forget, and says so each time.
    if (keys.length === 0) return;
    const cleared = [...state.saved].filter(([, { hash }]) => hash === null);
    forgotten.push(...cleared.map(([name]) => name));
  };
  return forgotten;
}
