import type { OrderRecord } from '../../local/store/core/records.ts';
import type { World } from './support.ts';

export function ordersOf(
  { store }: World,
  fits: (order: OrderRecord) => boolean,
): readonly OrderRecord[] {
  const orders = store.shop.orders.all().map((entry) => entry.read());
  return orders.filter(fits);
}

/** Orders that are in Salesforce. */
export function completed(
  world: World,
  most: number,
  fits: (order: OrderRecord) => boolean = () => true,
): readonly OrderRecord[] {
  return ordersOf(world, (order) => order.status === 'completed' && fits(order)).slice(0, most);
}

/** The buyer moves to another city. */
export function move({ store }: World, order: OrderRecord | undefined, city: string): void {
  store.edits.updateOrder(order?.id ?? 0, { billing: { city } });
}

/** Where the org thinks that the buyer lives. */
export async function cityOf(world: World, order: OrderRecord | undefined): Promise<unknown> {
  const key = `main:${order?.id ?? 0}`;
  const soql = `SELECT Billing_City__c FROM Woo_Order__c WHERE Woo_Key__c = '${key}'`;
  return (await world.orgRow(soql))?.['Billing_City__c'];
}
