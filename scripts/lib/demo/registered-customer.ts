import { Connection } from 'jsforce';

import type { Pair } from './pair.ts';
import { inStore } from './real-time.ts';
import { until } from '../until.ts';

const NAME = { first_name: 'Grace', last_name: 'Hopper' };
/** Long enough for a machine that is busy with other things. */
const SECONDS = 30;

/**
 * Gives a customer who registered with an e-mail address alone a name and an address, as a first checkout does, and
 * prints when Salesforce shows them instead of the name that was made of the address.
 * @throws Error where they do not arrive, or nobody registered so
 */
export async function showRegisteredCustomer(
  { org, orgUrl, store: { shop }, storeUrl }: Pair,
  stopped: AbortSignal,
): Promise<void> {
  const customer = shop.customers
    .all()
    .map((entry) => entry.read())
    .find((one) => one.role === 'customer' && one.last_name + one.billing.last_name === '');
  if (!customer) throw new Error('No customer of the store registered without a name.');
  const salesforce = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const soql = `SELECT FirstName, LastName, MailingCity, Account.Name FROM Contact WHERE Woo_Key__c = 'main:${customer.id}'`;
  const contact = async () => (await salesforce.query<Shown>(soql)).records[0];
  const before = await contact();
  const [made] = customer.email.split('@');
  if (before === undefined || before.LastName !== made || before.FirstName !== null) {
    throw new Error(`${customer.email} is not in Salesforce by what precedes the @.`);
  }
  const saved = performance.now();
  await inStore('PATCH', `${storeUrl}/local/customers/${customer.id}`, {
    ...NAME,
    billing: { ...NAME, address_1: '1 Navy Way', city: 'Arlington', country: 'US' },
  });
  const isNamed = async () => {
    const now = await contact();
    return now?.FirstName === NAME.first_name &&
      now.LastName === NAME.last_name &&
      now.MailingCity === 'Arlington' &&
      now.Account?.Name === 'Grace Hopper'
      ? true
      : undefined;
  };
  await until(isNamed, { what: 'Grace Hopper in Salesforce', seconds: SECONDS, stopped });
  const took = Math.round(performance.now() - saved);
  console.log(
    `\n${before.LastName} registered with an e-mail address alone, and gives a name and an address in the store: Grace Hopper of Arlington in Salesforce after ${took} ms`,
  );
}

interface Shown {
  readonly FirstName: string | null;
  readonly LastName: string;
  readonly MailingCity: string | null;
  readonly Account: { readonly Name: string } | null;
}
