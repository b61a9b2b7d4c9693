import { describe, expect, it } from 'vitest';
import { TwoSides } from '../merge/two-sides.ts';
import { ORDERS } from './order-sides.ts';

/** An order that was completed in Salesforce while the shop had it in the trash. */
async function completedInTrash(): Promise<TwoSides> {
  const sides = new TwoSides('woo_wins', ORDERS);
  await sides.begin(1);
  sides.shop.change(1, { status: 'trash' });
  await sides.settle();
  sides.editSalesforce(1, { Status__c: 'completed' });
  await sides.tell(1);
  await sides.settle();
  return sides;
}

it('is edited in Salesforce while the shop has it in the trash: a product, of which no status is read', async () => {
  const sides = new TwoSides('woo_wins');
  await sides.begin(1);
  sides.shop.change(1, { status: 'trash' });
  await sides.settle();
  sides.editSalesforce(1, { Price__c: 12 });
  await sides.tell(1);
  await sides.settle();
  expect(sides.shop.sent).toEqual([]);
  sides.shop.change(1, { status: 'publish' });
  await sides.settle();
  expect(sides.shop.products.get(1)).toMatchObject({ regular_price: '12' });
  expect(sides.record(1)).toMatchObject({ Price__c: 12 });
});

describe('an order that is edited in Salesforce while the shop has it in the trash', () => {
  it('is completed in the shop once it is back', async () => {
    const sides = await completedInTrash();
    expect(sides.shop.sent).toEqual([]);
    sides.shop.change(1, { status: 'processing' });
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ status: 'completed' });
    expect(sides.record(1)).toMatchObject({ Status__c: 'completed' });
    expect(sides.failures).toEqual([]);
  });

  it('goes by the rule where it comes back in another status', async () => {
    const sides = await completedInTrash();
    sides.shop.change(1, { status: 'on-hold' });
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ status: 'on-hold' });
    expect(sides.record(1)).toMatchObject({ Status__c: 'on-hold' });
  });
});
