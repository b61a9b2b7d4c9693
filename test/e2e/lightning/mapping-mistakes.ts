import { type Edit, type File, flag, record, set } from '../metadata.ts';

/** Of the mapping, which is off: only the editor looks at it. */
const NAME = 'Mistakes';

type Values = Readonly<Record<string, string>>;

interface Mistake {
  /** Label of the field that its row fills. */
  readonly field: string;
  /** What the row must say. */
  readonly says: string;
  readonly values: Values;
}

const nameOf = (field: string): string => field.replaceAll(' ', '_').replace('_in_', '_In_');

const row = (field: string, says: string, values: Values): Mistake => ({
  field,
  says,
  values: { Salesforce_Field__c: `${nameOf(field)}__c`, ...values },
});
const read = (Woo_Path__c: string, more: Values = {}): Values => ({ Woo_Path__c, ...more });
const table = (path: string, Value_Table__c: string): Values =>
  read(path, { Kind__c: 'translation', Value_Table__c });

/** What admins do wrong in rows of a mapping of orders, each row with another mistake. */
export const MISTAKES: readonly Mistake[] = [
  row('Status', 'no order has an attribute "statuss"', read('statuss')),
  row('Billing City', '"billing..city"', read('billing..city')),
  row('Billing Company', 'does not say which WooCommerce attribute', {}),
  row('Deleted in Woo', 'The static value of', { Kind__c: 'static', Static_Value__c: 'maybe' }),
  row('Store', 'Store__c is not a lookup', read('customer', { Kind__c: 'lookup' })),
  row('Contact', 'status is no Salesforce id', read('status')),
  row('Account', 'which is no id of a record', read('payment_method', { Kind__c: 'lookup' })),
  row('Billing Country', 'The value table of', table('billing.country', 'DE')),
  row('Shipping Country', 'The value table of', table('shipping.country', 'DE = A\nDE = B')),
  row('Total', 'The default value of', read('total', { Default_Value__c: 'a lot' })),
  row('Currency Code', 'which is not an address', read('currency', { Transform__c: 'street' })),
  row(
    'Ordered',
    'writes line_items to Created_In_Woo__c',
    read('line_items', { Salesforce_Field__c: 'Created_In_Woo__c' }),
  ),
  row('Billing Phone', 'the transform slice', read('billing.phone', { Transform__c: 'slice' })),
];
/** Of its only condition, and of the logic that joins conditions. */
export const CONDITION = 'which is neither a number nor a date';
export const LOGIC = 'the condition logic "1 AND" ends';

const NOTHING: Edit = [
  /(<field>Woo_Attribute__c<\/field>\s*)<value[^>]*>[^<]*<\/value>/,
  '$1<value xsi:nil="true"/>',
];

function fieldRow({ field, values }: Mistake): File {
  const edits = Object.entries({ Mapping__c: NAME, ...values });
  const sets = edits.map(([name, value]) => set(name, value));
  const [, xml] = record('Woo_Field_Mapping.Order_Status', NOTHING, ...sets);
  return [`customMetadata/Woo_Field_Mapping.${NAME}_${nameOf(field)}.md`, xml];
}

/** The mapping with all of them, and a condition that compares with no number, by a logic that ends too early. */
export function mistakenMapping(): readonly File[] {
  const [, mapping] = record(
    'Woo_Mapping.Order',
    [/<label>Orders</, '<label>With mistakes<'],
    flag('Active__c', false),
    set('Condition_Logic__c', '1 AND'),
  );
  const [, condition] = record(
    'Woo_Condition.Order_Completed',
    set('Mapping__c', NAME),
    set('Operator__c', 'greater_than'),
    set('Value__c', 'many'),
  );
  return [
    [`customMetadata/Woo_Mapping.${NAME}.md`, mapping],
    [`customMetadata/Woo_Condition.${NAME}_1.md`, condition],
    ...MISTAKES.map(fieldRow),
  ];
}
