import { variables } from '../../../sidecar/src/config/variables.ts';
import { SHOP_ADDRESS, shopAddress } from '../../lib/install/install.ts';
import {
  CONSUMER_KEY,
  CONSUMER_SECRET,
  consumerKeyOf,
  consumerSecretOf,
} from '../../lib/install/store-keys.ts';
import type { Asked } from './ask-valid.ts';
import { choiceOf } from './choice.ts';
import { parseSince } from './since.ts';

/** When an order comes to Salesforce, by the statuses that it must have had once. */
export type OrdersWhen = 'completed' | 'processing' | 'every';
/** What a customer of the shop becomes. */
export type CustomersAs = 'accounts' | 'persons' | 'contacts';

/** What the configuration that is deployed is made of. */
export interface MappingAnswers {
  readonly orders: OrdersWhen;
  readonly customers: CustomersAs;
  /** The first day whose orders are wanted, such as 2026-01-01; null for all. */
  readonly since: string | null;
}

export const ADDRESS: Asked<string> = { ...SHOP_ADDRESS, parse: shopAddress };
export const KEY: Asked<string> = { ...CONSUMER_KEY, parse: consumerKeyOf };
export const SECRET: Asked<string> = { ...CONSUMER_SECRET, parse: consumerSecretOf };

export const ORDERS = choiceOf<OrdersWhen>({
  variable: 'WOO_ORDERS',
  text: 'When do orders arrive in Salesforce?',
  options: {
    completed: 'once they are completed',
    processing: 'once they are paid: processing or completed',
    every: 'at once, but for drafts of the checkout',
  },
});

const CUSTOMER_CHOICE = {
  variable: 'WOO_CUSTOMERS',
  text: 'What does a customer become?',
  options: {
    accounts: 'a contact with an account of its own',
    persons: 'a person account',
    contacts: 'a contact without an account',
  },
};

/** @param hasPersons whether the org has Person Accounts */
export function customersIn(hasPersons: boolean): Asked<CustomersAs> {
  const choice = choiceOf<CustomersAs>(CUSTOMER_CHOICE);
  return {
    ...choice,
    parse: (text) => {
      const customers = choice.parse(text);
      if (customers !== 'persons' || hasPersons) return customers;
      throw new Error(
        'The org has no Person Accounts: turn them on (Setup › Person Accounts), or choose accounts or contacts.',
      );
    },
  };
}

export const PUBLIC_ADDRESS: Asked<string | null> = {
  variable: 'PUBLIC_URL',
  text: 'Address under which the shop reaches the service, https://…; Enter for none: it asks the shop every minute',
  optional: true,
  fallback: '',
  parse: (text) => {
    if (text === '') return null;
    const read = variables.shape.PUBLIC_URL.safeParse(text);
    if (read.success) return read.data ?? null;
    throw new Error(`PUBLIC_URL ${read.error.issues[0]?.message ?? 'is no address'}`);
  },
};

/** @param now for "how many days back" */
export const since = (now: Date): Asked<string | null> => ({
  variable: 'WOO_SINCE',
  text: 'How far back do orders go? all, a number of days, or a day such as 2026-01-01',
  fallback: 'all',
  parse: (text) => parseSince(text, now),
});

/** The last one, after the dry run. Without a terminal nothing is loaded that was not asked for. */
export const firstLoad = (isTerminal: boolean): Asked<boolean> => ({
  variable: 'WOO_FIRST_LOAD',
  text: 'Load this into the org now? yes or no',
  fallback: isTerminal ? 'yes' : 'no',
  parse: (text) => {
    if (/^(?:yes|y|no|n)$/i.test(text)) return /^y/i.test(text);
    throw new Error(`"${text}" is no answer: give yes or no.`);
  },
});
