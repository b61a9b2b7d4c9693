import type { OrderRecord } from '../../local/store/core/records.ts';
import { askShop, type Fields, notesOf } from './orders-back-world.ts';
import type { World } from './support.ts';

/** One field of an order of which the two sides hold something else. */
interface Difference {
  readonly order: number;
  readonly field: string;
  readonly org: unknown;
  readonly shop: unknown;
}

/** What a person has written to an order, by the order's id in the shop. */
export interface Written {
  /** Notes of the shop's own staff. */
  readonly inShop: ReadonlyMap<number, readonly string[]>;
  /** Notes that a rep has saved, oldest first, by the field that holds them. */
  readonly inOrg: ReadonlyMap<number, ReadonlyMap<string, readonly string[]>>;
}

/** Fields of an order that both sides hold, as they are compared. */
const COMPARED: Readonly<
  Record<
    string,
    { readonly org: (value: unknown) => unknown; readonly shop: (order: OrderRecord) => unknown }
  >
> = {
  Status__c: { org: String, shop: ({ status }) => status },
  Total__c: { org: centsOf, shop: ({ total }) => centsOf(total) },
  Tax_Total__c: { org: centsOf, shop: (order) => centsOf(order.total_tax) },
  Refunded_Total__c: {
    org: centsOf,
    shop: ({ refunds }) => refunds.reduce((sum, { total }) => sum - centsOf(total), 0),
  },
  Billing_City__c: { org: (value) => value ?? '', shop: ({ billing }) => billing.city },
  Tracking_Number__c: { org: (value) => value ?? '', shop: trackingOf },
};

function centsOf(value: unknown): number {
  return Math.round(Number(value ?? 0) * 100);
}

/** The tracking number that the shop holds; empty where it has none. */
export function trackingOf({ meta_data }: OrderRecord): string {
  const value = meta_data.find(({ key }) => key === 'tracking_number')?.value ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every order of the shop, by id; those of the trash too. */
export function shopOrders({ store }: World): ReadonlyMap<number, OrderRecord> {
  return new Map(store.shop.orders.all().map((entry) => [entry.id, entry.read()]));
}

/** Every order of the org, by the id that its key names. @throws Error for two of one key, and one without */
export async function orgOrders({ admin }: World): Promise<ReadonlyMap<number, Fields>> {
  const names = Object.keys(COMPARED).join(', ');
  const rows = await allOf(
    admin.query(`SELECT Id, Woo_Key__c, Deleted_In_Woo__c, ${names} FROM Woo_Order__c`),
  );
  const found = new Map<number, Fields>();
  for (const row of rows) {
    const [, id] = /^main:(\d+)$/.exec(String(row['Woo_Key__c'])) ?? [];
    if (id === undefined || found.has(Number(id)))
      throw new Error(`order ${String(row['Woo_Key__c'])} is doubled, or has no key`);
    found.set(Number(id), row);
  }
  return found;
}

async function allOf(query: PromiseLike<{ records: object[]; totalSize: number }>) {
  const { records, totalSize } = await query;
  if (records.length !== totalSize) throw new Error(`${records.length} of ${totalSize} rows came`);
  return records as Fields[];
}

/** What differs between the two sides and is named by no open issue. */
export async function differences(world: World, written: Written): Promise<readonly Difference[]> {
  const [inOrg, inShop] = [await orgOrders(world), shopOrders(world)];
  const refunded = await refundsInOrg(world);
  const found: Difference[] = [];
  for (const id of new Set([...inOrg.keys(), ...inShop.keys()])) {
    const [row, order] = [inOrg.get(id), inShop.get(id)];
    const differs = (field: string, org: unknown, shop: unknown): void => {
      if (JSON.stringify(org) !== JSON.stringify(shop)) found.push({ order: id, field, org, shop });
    };
    const isThere = order !== undefined && order.status !== 'trash';
    if (row === undefined) {
      if (isThere && order.status !== 'checkout-draft') differs('Id', undefined, id);
      continue;
    }
    differs('Deleted_In_Woo__c', row['Deleted_In_Woo__c'], !isThere);
    if (!isThere) continue;
    for (const [field, { org, shop }] of Object.entries(COMPARED))
      differs(field, org(row[field]), shop(order));
    const refunds = order.refunds.map(({ total }) => -centsOf(total)).toSorted();
    differs('refunds', (refunded.get(id) ?? []).toSorted(), refunds);
    for (const [text, times] of await wrongNotes(world, id, written)) differs(text, times, 1);
  }
  const named = await openIssues(world);
  return found.filter(({ order, field }) => !named.has(`${order} ${field}`));
}

/** Cents of the refunds of each order. */
async function refundsInOrg({ admin }: World): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await allOf(
    admin.query("SELECT Amount__c, Order__r.Woo_Key__c FROM Woo_Refund__c WHERE Order__c != ''"),
  );
  const found = new Map<number, readonly number[]>();
  for (const row of rows) {
    const id = Number((row['Order__r'] as { Woo_Key__c: string }).Woo_Key__c.replace('main:', ''));
    found.set(id, [...(found.get(id) ?? []), centsOf(row['Amount__c'])]);
  }
  return found;
}

/**
 * Notes that the shop does not have once. A note that was replaced before it was sent may be missing; the last one of
 * a field may not.
 */
async function wrongNotes(
  world: World,
  id: number,
  { inShop, inOrg }: Written,
): Promise<readonly (readonly [text: string, times: number])[]> {
  const fields = [...(inOrg.get(id)?.values() ?? [])];
  const last = fields.flatMap((texts) => texts.slice(-1));
  const must = [...(inShop.get(id) ?? []), ...last];
  const may = fields.flatMap((texts) => texts.slice(0, -1));
  if (must.length + may.length === 0) return [];
  const held = (await notesOf(world, id)).map(({ note }) => String(note));
  const times = (text: string) => held.filter((note) => note === text).length;
  return [
    ...must.filter((text) => times(text) !== 1),
    ...may.filter((text) => times(text) > 1),
  ].map((text) => [text, times(text)] as const);
}

/** Fields of orders that an open issue names, as `<id> <field>`. */
export async function openIssues({ admin }: World): Promise<ReadonlySet<string>> {
  const rows = await allOf(
    admin.query("SELECT Woo_Id__c, Field__c FROM Woo_Sync_Issue__c WHERE State__c = 'open'"),
  );
  return new Set(rows.map((row) => `${String(row['Woo_Id__c'])} ${String(row['Field__c'])}`));
}

/** The shop's staff adds a note. */
export async function addNote(world: World, id: number, note: string): Promise<void> {
  await askShop(world, 'POST', `orders/${id}/notes`, { note });
}
