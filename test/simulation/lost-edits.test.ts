import { expect, it } from 'vitest';

import { createStore } from '../../local/store/store.ts';
import { trackOrder } from './actions/shop-actions.ts';
import { Edits } from './actions/edits.ts';
import { type Judged, lostEdits } from './invariants/lost-edits.ts';
import { Traffic } from './world/traffic.ts';

const store = createStore({ orders: 1 });
const [order] = store.shop.orders.all();
const id = order?.id ?? 0;

/** An order of which Salesforce had an edit, and then the shop. @param issues about it */
function edited(shopHas: string, issues: readonly object[] = []): readonly string[] {
  const edits = new Edits();
  const place = { record: `order main:${id}`, field: 'tracking' } as const;
  edits.made.push(
    { ...place, side: 'org', value: 'Org1', at: 1000 },
    { ...place, side: 'shop', value: 'Main2', at: 1000 },
  );
  trackOrder(store, id, shopHas);
  const judged: Judged = {
    edits,
    traffic: new Traffic(),
    unseen: 0,
    stores: new Map([['main', store]]),
  };
  const row = { Woo_Key__c: `main:${id}`, Tracking_Number__c: 'Org1', Deleted_In_Woo__c: false };
  const rows = {
    Product2: [],
    Woo_Order__c: [row],
    Woo_Order_Item__c: [],
    Woo_Refund__c: [],
    Contact: [],
    Account: [],
  };
  return lostEdits(judged, { rows, issues: issues.map((one) => ({ ...OPEN, ...one })) });
}

const OPEN = {
  Code__c: 'RECORD_WENT_BACK',
  State__c: 'open',
  Store__c: 'main',
  Resource__c: 'order',
  Woo_Id__c: String(id),
  Field__c: null,
  Last_Seen__c: '1970-01-01T00:00:02.000Z',
};
const LOST = [expect.stringContaining('the last edit is gone, and it is Org1')];

it('an edit that the shop still has is not gone while an issue says that the record waits', () => {
  expect(edited('Main2', [{}])).toEqual([]);
  expect(edited('Main2', [{ Field__c: 'Tracking_Number__c' }])).toEqual([]);
});

it('one that both sides have lost is gone, whatever waits', () => {
  expect(edited('Org1')).toEqual(LOST);
  expect(edited('Org1', [{}])).toEqual(LOST);
});

it('one that the shop alone has is gone where no open issue is about it', () => {
  expect(edited('Main2')).toEqual(LOST);
  expect(edited('Main2', [{ State__c: 'resolved' }])).toEqual(LOST);
  expect(edited('Main2', [{ Woo_Id__c: String(id + 1) }])).toEqual(LOST);
  expect(edited('Main2', [{ Resource__c: 'product' }])).toEqual(LOST);
  expect(edited('Main2', [{ Store__c: 'outlet' }])).toEqual(LOST);
  expect(edited('Main2', [{ Field__c: 'Billing_City__c' }])).toEqual(LOST);
});

it('one whose conflict was decided is told of', () => {
  expect(edited('Org1', [{ Code__c: 'CONFLICT_DECIDED', State__c: 'resolved' }])).toEqual([]);
});
