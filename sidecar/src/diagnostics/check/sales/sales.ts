import { isSale, paidStatuses } from '../../../mapping/attributes/customer-totals.ts';
import type { MappingRow, MappingSource, StoreRow } from '../../../mapping/model/config-rows.ts';
import { lower, resourceOf } from '../../../mapping/model/resource-of.ts';
import { type Finding, warning } from '../finding.ts';

const OBJECT = 'woo_order__c';
const FIELD = 'counts_as_sale__c';

/** Stores whose paid statuses charts and reports do not know, since no mapping of their orders brings them. */
export function checkSales(row: MappingRow, source: MappingSource): Finding[] {
  if (!bringsOrders(row)) return [];
  const orders = source.mappings.filter(bringsOrders);
  const isUncounted = (store: StoreRow) => {
    const used = goneBy(store, orders);
    return used.includes(row) && !used.some((one) => bringsSales(one, source));
  };
  return source.stores
    .filter((store) => store.active && !isUsual(store) && isUncounted(store))
    .map(({ name, paidStatuses: listed }) =>
      warning({
        code: 'CHECK_SALES_UNMAPPED',
        place: row.name,
        message: `Paid Statuses of ${name} are ${paidStatuses(listed).join(', ')}, but ${row.name} does not bring them to Salesforce: charts, reports and the dashboard count processing and completed, while the numbers of customers go by the setting.`,
        cure: `Add a field mapping from is_sale to Counts_As_Sale__c to ${row.name}, and give the command Backfill once it is read.`,
      }),
    );
}

function bringsOrders(row: MappingRow): boolean {
  return (
    row.active &&
    resourceOf(row).includes('order') &&
    lower(row.object) === OBJECT &&
    lower(row.direction) !== 'to_woo'
  );
}

function bringsSales({ name }: MappingRow, { fields }: MappingSource): boolean {
  return fields.some(
    ({ mapping, field, direction }) =>
      lower(mapping) === lower(name) && lower(field) === FIELD && lower(direction) !== 'to_woo',
  );
}

/** The mappings by which a store goes: its own, which take the place of the common ones. */
function goneBy({ key }: StoreRow, orders: readonly MappingRow[]): readonly MappingRow[] {
  const own = orders.filter(({ store }) => store && lower(store) === lower(key));
  return own.length > 0 ? own : orders.filter(({ store }) => !store);
}

/** Whether the statuses that count are those that count where nobody says so of an order. */
function isUsual({ paidStatuses: listed }: StoreRow): boolean {
  const paid = paidStatuses(listed);
  const usual = paidStatuses(null);
  return [...paid, ...usual].every((one) => isSale(one, paid) && isSale(one, usual));
}
