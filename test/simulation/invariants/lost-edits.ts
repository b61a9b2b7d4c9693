import type { Edit } from '../actions/edits.ts';
import type { Simulation } from '../world/simulation.ts';
import type { StoreKey } from '../world/places.ts';
import { type OrgSide, plain, tracking } from './sides.ts';

/** An issue about a conflict is said of an edit up to so long before it, in milliseconds: the other side's may be old. */
const TOLD_WITHIN = 36 * 3_600_000;

/** Of the org, by what is edited. */
export const COLUMN = {
  name: 'Name',
  price: 'Woo_Regular_Price__c',
  status: 'Status__c',
  tracking: 'Tracking_Number__c',
};

/** What is known of a run when its edits are looked for. */
export type Judged = Pick<Simulation, 'edits' | 'traffic' | 'stores' | 'unseen'>;

/** Edits that both sides have lost, although no later one came and nobody was told of a conflict. */
export function lostEdits(simulation: Judged, { rows, issues }: OrgSide): readonly string[] {
  const { edits, traffic } = simulation;
  const lines: string[] = [];
  for (const [place, made] of Map.groupBy(
    edits.made,
    ({ record, field }) => `${record} ${field}`,
  )) {
    const last = made.at(-1);
    if (!last) continue;
    const { record, field } = last;
    const [resource, key] = record.split(' ');
    const object = resource === 'product' ? 'Product2' : 'Woo_Order__c';
    const row = rows[object].find((one) => one['Woo_Key__c'] === key);
    if (!row || row['IsActive'] === false || row['Deleted_In_Woo__c'] === true) continue;
    const held = row[COLUMN[field]];
    if (isSame(last, held)) continue;
    const isTold = issues.some(
      (issue) =>
        /CONFLICT|TO_WOO|SHOP_REFUSED|EDIT_NOT_(?:SENT|IN_SHOP)/.test(String(issue['Code__c'])) &&
        key?.endsWith(`:${String(issue['Woo_Id__c'])}`) === true &&
        Date.parse(String(issue['Last_Seen__c'])) >= last.at - TOLD_WITHIN,
    );
    if (isTold || waitsInShop(simulation, last, issues)) continue;
    if (last.side === 'shop' && traffic.wroteUnseen(record, last.at)) {
      simulation.unseen += 1;
      continue;
    }
    const history = made.map(({ side, value, at }) => `${side} ${value} at ${at}`).join(', ');
    lines.push(`${place}: the last edit is gone, and it is ${String(held)}: ${history}`);
  }
  return lines;
}

/**
 * Whether the shop still has what was typed there, and an open issue says that it waits, such as one of a record that
 * went back: nothing is lost, and that the sides differ is looked at elsewhere.
 */
function waitsInShop({ stores }: Judged, edit: Edit, issues: OrgSide['issues']): boolean {
  const { side, record, field } = edit;
  if (side !== 'shop' || !isSame(edit, inShop(stores, edit))) return false;
  return issues.some(
    (issue) =>
      issue['State__c'] === 'open' &&
      record ===
        `${String(issue['Resource__c'])} ${String(issue['Store__c'])}:${String(issue['Woo_Id__c'])}` &&
      [null, COLUMN[field]].includes(issue['Field__c'] as string | null),
  );
}

/** What the shop has in the field now; undefined where the record is not there. */
function inShop(stores: Judged['stores'], { record, field }: Edit): unknown {
  const [resource, key = ''] = record.split(' ');
  const [store, id] = key.split(':');
  const shop = stores.get(store as StoreKey)?.shop;
  if (resource === 'product') {
    const product = shop?.products.get(Number(id))?.read();
    return product && (field === 'price' ? product.regular_price : plain(product.name));
  }
  const order = shop?.orders.get(Number(id))?.read();
  return order && (field === 'status' ? order.status : tracking(order));
}

function isSame({ field, value }: Edit, held: unknown): boolean {
  return field === 'price' ? Number(value) === Number(held) : value === held;
}
