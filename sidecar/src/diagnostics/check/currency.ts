import type { FieldMappingRow, MappingRow } from '../../mapping/model/config-rows.ts';
import { lower, resourceOf } from '../../mapping/model/resource-of.ts';
import { findField, type ObjectSchema } from '../../mapping/model/schema.ts';
import { type Finding, warning } from './finding.ts';

/** On every object of an org with several currencies, and of no other. */
const CURRENCY = 'CurrencyIsoCode';

/** Amounts without the currency that they are in: the org takes them for ones in that of the integration user. */
export function checkCurrency(
  row: MappingRow,
  rows: readonly FieldMappingRow[],
  schema: ObjectSchema,
): Finding[] {
  const currency = findField(schema, CURRENCY);
  // A detail such as an order product has that of its master, and nobody may write it.
  if (currency === undefined || !(currency.createable || currency.updateable)) return [];
  const written = rows.filter(
    ({ direction }) => (lower(direction) || lower(row.direction)) !== 'to_woo',
  );
  const targets = written.flatMap(({ field }) => findField(schema, field ?? '') ?? []);
  const amounts = targets.filter(({ type }) => type === 'currency').map(({ name }) => name);
  if (amounts.length === 0 || targets.some(({ name }) => name === CURRENCY)) return [];
  const source = resourceOf(row).includes('order')
    ? 'the attribute currency'
    : 'a static value, the ISO code of the currency of the shop such as EUR,';
  return [
    warning({
      code: 'CHECK_CURRENCY_UNMAPPED',
      place: row.name,
      message: `${row.name} writes amounts to ${amounts.join(', ')} of ${schema.name} without their currency. The org has several currencies and takes them for amounts in that of the integration user: 30 USD become 30 EUR.`,
      cure: `Add a field mapping of ${source} to ${CURRENCY} to ${row.name}, and see that each currency of the shop is active in Setup › Manage Currencies.`,
    }),
  ];
}
