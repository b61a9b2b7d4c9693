import { isSale, paidStatuses } from '../../../mapping/attributes/customer-totals.ts';
import type { MappingRow, MappingSource, StoreRow } from '../../../mapping/model/config-rows.ts';
import { lower, resourceOf } from '../../../mapping/model/resource-of.ts';
import { type Finding, warning } from '../finding.ts';

const OBJECT = 'woo_order__c';
const FIELD = 'counts_as_sale__c';

/** Stores whose paid statuses charts and reports do not know, since no mapping of their orders brings them. */
export function checkSales(row: MappingRow, source: MappingSource): Finding[] {
  if (!bringsOrders(row)) return [];
  const bringing = source.mappings.filter((one) => bringsOrders(one) && bringsSales(one, source));
  const isCounted = (store: StoreRow) => bringing.some((one) => isFor(one, store));
  return source.stores
    .filter((store) => store.active && isFor(row, store) && !isUsual(store) && !isCounted(store))
    .map(({ name, paidStatuses: listed }) =>
      warning({
        ...{ code: 'CHECK_SALES_UNMAPPED', place: row.name },
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

const isFor = ({ store }: MappingRow, { key }: StoreRow) => !store || lower(store) === lower(key);

/** Whether the statuses that count are those that count where nobody says so of an order. */
function isUsual({ paidStatuses: listed }: StoreRow): boolean {
  const paid = paidStatuses(listed);
  const usual = paidStatuses(null);
  return [...paid, ...usual].every((one) => isSale(one, paid) && isSale(one, usual));
}
