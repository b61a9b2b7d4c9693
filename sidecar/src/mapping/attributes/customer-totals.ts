import { text } from '../model/json-shape.ts';
import type { ObjectSchema } from '../model/schema.ts';

/** The objects that are customers at a glance, with the object that holds their other currencies. */
const OBJECTS = {
  Account: { child: 'Woo_Account_Currency__c', parent: 'Account__c' },
  Contact: { child: 'Woo_Contact_Currency__c', parent: 'Contact__c' },
} as const;

/** Fields of a customer that the sync counts itself. */
export const TOTALS_FIELDS = [
  'Woo_Orders__c',
  'Woo_Spent__c',
  'Woo_Refunded__c',
  'Woo_Average_Order__c',
  'Woo_Currency__c',
  'Woo_First_Order__c',
  'Woo_Last_Order__c',
  'Woo_More_Currencies__c',
  'Woo_Guest_Orders__c',
] as const;

/** Those of a record for one more currency. */
export const CURRENCY_FIELDS = [
  'Orders__c',
  'Spent__c',
  'Refunded__c',
  'Average_Order__c',
  'First_Order__c',
  'Last_Order__c',
] as const;

/** What WooCommerce itself takes for paid. */
const PAID: readonly string[] = ['processing', 'completed'];

/**
 * Whether an order counts as sold, everywhere: in charts, reports and for its customer. A store that keeps no count of
 * customers has sales all the same.
 * @param paid the store's paid statuses
 */
export function isSale(status: unknown, paid: readonly string[] = []): boolean {
  return (paid.length > 0 ? paid : PAID).includes(text(status).toLowerCase());
}

/** The object and field of a customer's other currencies; null for an object that is no customer at a glance. */
export function currencyObject(
  object: string,
): { readonly child: string; readonly parent: string } | null {
  return object === 'Account' || object === 'Contact' ? OBJECTS[object] : null;
}

/** The fields for totals that the org does not have, or that we may not write; none of other objects. */
export function lackingTotals(
  schema: ObjectSchema,
  schemas: ReadonlyMap<string, ObjectSchema>,
): readonly string[] {
  const object = currencyObject(schema.name);
  if (object === null) return [];
  const { child, parent } = object;
  return [
    ...lacking(schema.name, schema, TOTALS_FIELDS),
    ...lacking(child, schemas.get(child), ['Woo_Key__c', parent, ...CURRENCY_FIELDS]),
  ];
}

function lacking(
  object: string,
  schema: ObjectSchema | undefined,
  fields: readonly string[],
): readonly string[] {
  const may = (field: string) => {
    const found = schema?.fields.get(field.toLowerCase());
    return found?.createable === true && found.updateable;
  };
  return fields.filter((field) => !may(field)).map((field) => `${object}.${field}`);
}

/** Whether customers in the object have fields for what they ordered. */
export function keepsTotals(
  schema: ObjectSchema,
  schemas: ReadonlyMap<string, ObjectSchema>,
): boolean {
  return currencyObject(schema.name) !== null && lackingTotals(schema, schemas).length === 0;
}

/** Objects beside those that mappings write to, of which the org is asked too. */
export function currencyObjects(objects: readonly string[]): readonly string[] {
  return objects.flatMap((object) => currencyObject(object)?.child ?? []);
}

/** The statuses in which orders of a store count, as `Paid Statuses` lists them. */
export function paidStatuses(listed: string | null): readonly string[] {
  const statuses = (listed ?? '')
    .split(/[;,\s]+/)
    .map((status) => status.trim().toLowerCase().replace(/^wc-/, ''))
    .filter((status) => status !== '');
  if (statuses.length === 0) return PAID;
  return statuses.includes('none') ? [] : statuses;
}
