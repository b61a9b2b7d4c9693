import type { Edit } from '../actions/edits.ts';
import type { Simulation } from '../world/simulation.ts';
import type { OrgSide } from './sides.ts';

/** An issue about a conflict is said of an edit up to so long before it, in milliseconds: the other side's may be old. */
const TOLD_WITHIN = 36 * 3_600_000;

const COLUMN = {
  name: 'Name',
  price: 'Woo_Regular_Price__c',
  status: 'Status__c',
  tracking: 'Tracking_Number__c',
};

/** Edits that both sides have lost, although no later one came and nobody was told of a conflict. */
export function lostEdits(simulation: Simulation, { rows, issues }: OrgSide): readonly string[] {
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
    if (isTold) continue;
    if (last.side === 'shop' && traffic.wroteUnseen(record, last.at)) {
      simulation.unseen += 1;
      continue;
    }
    const history = made.map(({ side, value, at }) => `${side} ${value} at ${at}`).join(', ');
    lines.push(`${place}: the last edit is gone, and it is ${String(held)}: ${history}`);
  }
  return lines;
}

function isSame({ field, value }: Edit, held: unknown): boolean {
  return field === 'price' ? Number(value) === Number(held) : value === held;
}
