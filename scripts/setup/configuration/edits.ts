import type { CustomersAs, MappingAnswers, OrdersWhen } from '../answers/questions.ts';
import { withValues, type Values } from './record-file.ts';

/** A file of the configuration, below its folder of records; null where there is none. */
export type ReadRecord = (path: string) => string;

/** Files that are other than in the project, by their path in it; null for one that is left out. */
export type Edits = ReadonlyMap<string, string | null>;

const RECORDS = 'config/org/main/default/customMetadata';
const PERSONS = 'config/recipes/person-accounts/customMetadata';

const recordAt = (name: string, folder = RECORDS): string => `${folder}/${name}.md-meta.xml`;

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
const NO_ACCOUNT = ['Customer_Contact_AccountId', 'Order_Account'];
const NO_CONTACT = ['Order_Contact'];

/**
 * What the answers change in the configuration that is deployed. Nothing where they are the defaults.
 * @param read a file of the project, by its path in it
 * @param persons names of the files of the recipe of Person Accounts
 */
export function editsOf(
  { orders, customers, since }: MappingAnswers,
  read: ReadRecord,
  persons: readonly string[],
): Edits {
  const condition = recordAt('Woo_Condition.Order_Completed');
  const edits = new Map<string, string | null>(customerEdits(customers, read, persons));
  if (orders !== 'completed') {
    const { label, values } = STATUSES[orders];
    edits.set(condition, withValues(read(condition), values, label));
  }
  if (since !== null) {
    const values = {
      ...{ Woo_Attribute__c: 'date_created', Operator__c: 'at_least' },
      ...{ Value__c: since, Position__c: 2 },
    };
    const file = recordAt('Woo_Condition.Order_Since');
    edits.set(file, withValues(read(condition), values, `Ordered since ${since}`));
  }
  return edits;
}

function customerEdits(
  customers: CustomersAs,
  read: ReadRecord,
  persons: readonly string[],
): readonly (readonly [string, string | null])[] {
  const leaveOut = (names: readonly string[]) =>
    names.map((name) => [recordAt(`Woo_Field_Mapping.${name}`), null] as const);
  switch (customers) {
    case 'accounts':
      return [];
    case 'contacts': {
      const account = recordAt('Woo_Mapping.Customer_Account');
      return [[account, withValues(read(account), { Active__c: false })], ...leaveOut(NO_ACCOUNT)];
    }
    case 'persons':
      return [
        ...persons.map((file) => [`${RECORDS}/${file}`, read(`${PERSONS}/${file}`)] as const),
        ...leaveOut(NO_CONTACT),
      ];
  }
}
