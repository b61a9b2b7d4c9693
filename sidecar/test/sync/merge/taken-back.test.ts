import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { TwoSides } from './two-sides.ts';

const ISSUE = 'product:Product2:main:1#shop';
const REFUSED = 'product_invalid_sku';

/** An edit that did not get into the shop, and the open issue of it. */
async function refused(rule: ConflictRule, edit: object, isRefused = true): Promise<TwoSides> {
  const sides = new TwoSides(rule);
  await sides.begin(1);
  if (isRefused) sides.shop.refuses.set(1, REFUSED);
  sides.editSalesforce(1, edit as Record<string, unknown>);
  await sides.tell(1);
  await sides.settle();
  expect(new Set(sides.failures.splice(0).map(({ key }) => key))).toEqual(new Set([ISSUE]));
  sides.openIssues.set(ISSUE, ISSUE);
  return sides;
}

/** A person chooses what is to become of it, which has the record looked at again. */
async function decide(sides: TwoSides, Resolution__c: string, issue = ISSUE): Promise<void> {
  sides.org.add('Woo_Sync_Issue__c', { Issue_Key__c: issue, State__c: 'open', Resolution__c });
  await sides.tell(1);
  await sides.settle();
}

describe('of an edit that did not get into the shop', () => {
  it.each(['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const)(
    'the Woo value comes back once it is taken, and nothing is sent any more: %s',
    async (rule) => {
      const sides = await refused(rule, { Price__c: 12, Name: 'Coffee' });
      const sent = sides.shop.sent.length;
      await decide(sides, 'take_woo');
      expect(sides.record(1)).toMatchObject({ Price__c: 10, Name: 'Tea 1' });
      expect(sides.failures).toEqual([]);
      expect(sides.shop.sent).toHaveLength(sent);
      expect(sides.state.twoWay.edits.size).toBe(0);
      sides.openIssues.clear();
      sides.shop.refuses.clear();
      sides.editSalesforce(1, { Price__c: 11 });
      await sides.tell(1);
      await sides.settle();
      expect(sides.shop.products.get(1)).toMatchObject({ regular_price: '11' });
    },
  );

  it('the Woo value comes back where many such issues are one, which the decision is on', async () => {
    const sides = await refused('woo_wins', { Price__c: 12 });
    sides.openIssues.set(ISSUE, 'group:1');
    await decide(sides, 'take_woo', 'group:1');
    expect(sides.record(1)).toMatchObject({ Price__c: 10 });
    expect(sides.failures).toEqual([]);
  });

  it('the Woo value comes back where the shop was not asked, since it would not take the value as it is', async () => {
    const sides = await refused('woo_wins', { Price__c: -1, Name: 'Coffee' }, false);
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Coffee' });
    await decide(sides, 'take_woo');
    expect(sides.record(1)).toMatchObject({ Price__c: 10, Name: 'Coffee' });
    expect(sides.failures).toEqual([]);
  });

  it.each(['take_salesforce', 'retry'])('it is tried again: %s', async (resolution) => {
    const sides = await refused('woo_wins', { Price__c: 12 });
    await decide(sides, resolution);
    expect(sides.failures).toMatchObject([{ key: ISSUE, code: 'SHOP_REFUSED' }]);
    expect(sides.record(1)).toMatchObject({ Price__c: 12 });
  });

  it('a field that only goes to the shop is tried again, for the shop has no value for it', async () => {
    const sides = await refused('woo_wins', { Note__c: 'For you' });
    await decide(sides, 'take_woo');
    expect(sides.failures).toMatchObject([{ key: ISSUE, code: 'SHOP_REFUSED' }]);
    expect(sides.record(1)).toMatchObject({ Note__c: 'For you' });
  });

  it('what was decided of an issue that is over says nothing of the next edit', async () => {
    const sides = await refused('woo_wins', { Price__c: 12 });
    sides.openIssues.clear();
    sides.shop.refuses.clear();
    await decide(sides, 'take_woo');
    expect(sides.shop.products.get(1)).toMatchObject({ regular_price: '12' });
  });

  it('Salesforce is not asked for decisions where no such issue is open', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Price__c: 12 });
    await sides.tell(1);
    await sides.settle();
    expect(sides.org.queried.filter((soql) => soql.includes('Woo_Sync_Issue__c'))).toEqual([]);
  });
});
