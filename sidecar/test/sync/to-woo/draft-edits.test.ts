import { expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import { digest } from '../../../src/sync/model/digest.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { sentOnce, shopLed, tellEdited } from '../../../src/sync/to-woo/drafts/draft-edits.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const fields = [
  { field: 'Email__c', attribute: 'billing.email' },
  { field: 'City__c', attribute: 'shipping.city' },
  { field: 'Note__c', attribute: 'customer_note' },
  { field: 'Total__c', attribute: 'total' },
];
const mapping = mappingTo('Order', {
  fields: fields as never,
  outgoing: [{ field: 'Note__c', attribute: 'customer_note' }] as never,
});
const KEY = 'main:new:Order:801A';
const one = { object: 'Order', recordId: '801A', key: KEY, wooId: 71, mapping };
const record: WooRecord = { id: 71 };
const held: OrgRow = { Id: '801A', Email__c: 'a@b.example', City__c: 'Ghent' };
const both = (value: string) => [digest(value), digest(value)] as const;
const SENT = {
  'Email__c<billing.email': both('a@b.example'),
  'City__c<shipping.city': both('Ghent'),
};

/** What is said of a draft of which this was sent, and that holds something else since. */
async function said(now: OrgRow | null, sent: Partial<typeof SENT> = SENT) {
  const [state, org] = [new MemoryState(), new HoldingOrg()];
  if (now !== null) org.of('Order').push({ ...now, Id: '801A' });
  await state.twoWay.saveBase([{ object: 'Order', key: KEY, recordId: '801A', base: sent }]);
  const told: unknown[] = [];
  const report = { fail: (_mapping: unknown, failure: unknown) => void told.push(failure) };
  const run = { state, org: org.asOrg, report, store: { key: 'main' } } as unknown as Run;
  await tellEdited(run, { linked: [], found: [], made: [{ ...one, held, record }] });
  return { told, state, run };
}

it('knows what is sent once, and what the shop leads afterwards', () => {
  const names = (of: ReturnType<typeof shopLed>) => of.map(({ field }) => field);
  expect(names(sentOnce(mapping))).toEqual(['Email__c', 'City__c', 'Note__c']);
  expect(names(shopLed(mapping))).toEqual(['Email__c', 'City__c']);
});

it('names the field that was edited, or those that were', async () => {
  expect((await said(held)).told).toEqual([]);
  const one = await said({ ...held, City__c: 'Bruges' });
  expect(one.told).toMatchObject([{ code: 'DRAFT_CHANGED', field: 'City__c' }]);
  const { told } = await said({ ...held, City__c: 'Bruges', Email__c: 'c@d.example' });
  expect(told).toMatchObject([
    { field: null, message: expect.stringContaining('in Email__c, City__c is not') as string },
  ]);
});

it('says nothing of a field that is sent only since then, nor of a draft that was deleted', async () => {
  const { 'City__c<shipping.city': city } = SENT;
  const edited = { ...held, Email__c: 'c@d.example' };
  expect((await said(edited, { 'City__c<shipping.city': city })).told).toEqual([]);
  expect((await said(null)).told).toEqual([]);
});

it('says later what a process had found that was killed, whatever the line is called', async () => {
  const { told, state, run } = await said(held);
  const pending = { 'Mug <large><line_items': ['', ''] } as const;
  await state.twoWay.savePending([{ object: 'Order', key: KEY, recordId: '801A', pending }]);
  await tellEdited(run, { linked: [{ ...one, held }], found: [], made: [] });
  expect(told).toMatchObject([
    { message: expect.stringContaining('does not have "Mug <large>" as the draft') as string },
  ]);
});
