import type { CustomersAs, MappingAnswers, OrdersWhen } from '../answers/questions.ts';
import { withValues, type Values } from './record-file.ts';

/** Files that are other than in the project, by their path in it. */
export type Edits = ReadonlyMap<string, string>;

/** The text of a file of the project, by its path in it. */
type ReadFile = (path: string) => string;

const RECORDS = 'config/org/main/default/customMetadata';
const PERSONS = 'config/recipes/person-accounts/customMetadata';

const recordAt = (name: string): string => `${RECORDS}/${name}.md-meta.xml`;

/** The condition that decides which orders come, for each answer. The default is as it is shipped. */
const STATUSES: Readonly<
  Record<Exclude<OrdersWhen, 'completed'>, { label: string; values: Values }>
> = {
  processing: {
    label: 'Only paid orders',
    values: { Operator__c: 'in', Value__c: 'processing;completed' },
  },
  every: {
    // The drafts are carts of the checkout, which nobody has ordered yet.
    label: 'All but drafts of the checkout',
    values: { Operator__c: 'not_equals', Value__c: 'checkout-draft' },
  },
};

/** Lookups that lead nowhere where a customer has no account, or no contact. */
const NO_ACCOUNT = [
  'Woo_Field_Mapping.Customer_Contact_AccountId',
  'Woo_Field_Mapping.Order_Account',
];
const NO_CONTACT = ['Woo_Field_Mapping.Order_Contact'];

/**
 * What the answers change in the configuration that is deployed. Nothing where they are the defaults.
 * @param persons names of the files of the recipe of Person Accounts
 */
export function editsOf(
  { orders, customers, since }: MappingAnswers,
  read: ReadFile,
  persons: readonly string[],
): Edits {
  const condition = recordAt('Woo_Condition.Order_Completed');
  const edits = new Map(customerEdits(customers, read, persons));
  if (orders !== 'completed') {
    const { label, values } = STATUSES[orders];
    edits.set(condition, withValues(read(condition), values, label));
  }
  if (since !== null) {
    const values = {
      Woo_Attribute__c: 'date_created',
      Operator__c: 'at_least',
      Value__c: since,
      Position__c: 2,
    };
    const file = recordAt('Woo_Condition.Order_Since');
    edits.set(file, withValues(read(condition), values, `Ordered since ${since}`));
  }
  return edits;
}

function customerEdits(
  customers: CustomersAs,
  read: ReadFile,
  persons: readonly string[],
): readonly (readonly [string, string])[] {
  const off = (...names: readonly string[]) =>
    names.map((name) => {
      const path = recordAt(name);
      return [path, withValues(read(path), { Active__c: false })] as const;
    });
  switch (customers) {
    case 'accounts':
      return [];
    case 'contacts':
      return off('Woo_Mapping.Customer_Account', ...NO_ACCOUNT);
    case 'persons':
      return [
        ...persons.map((file) => [`${RECORDS}/${file}`, read(`${PERSONS}/${file}`)] as const),
        ...off(...NO_CONTACT),
      ];
  }
}
