import { Connection } from 'jsforce';

import { createHost, type Host } from '../../local/lightning/host.ts';
import type { Org } from '../../local/org/org.ts';
import type { Pair } from './demo/pair.ts';

/** Pages that are worth a look, by what they show. */
export interface Pages {
  readonly home: string;
  readonly contact: string;
  readonly order: string;
  readonly product: string;
}

/** Tokens of those who look at the pages. */
type Tokens = Pick<Org, 'adminToken' | 'repToken'>;

/** Where the pages are. */
export interface PageAddresses {
  readonly admin: string;
  readonly rep: string;
}

/** The Lightning pages of an org, as its administrator sees them and as its sales rep does, each at an address. */
export class PagesOfTwo {
  readonly #admin: Host;
  readonly #rep: Host;

  constructor(org: string, { adminToken, repToken }: Tokens, report: (line: string) => void) {
    this.#admin = createHost({ org, token: adminToken, report });
    this.#rep = createHost({ org, token: repToken, report });
  }

  /** @throws Error as a host does */
  async listen(ports: { readonly admin: number; readonly rep: number }): Promise<PageAddresses> {
    const admin = await this.#admin.listen(ports.admin);
    // Finds built what the first has built.
    return { admin, rep: await this.#rep.listen(ports.rep) };
  }

  async close(): Promise<void> {
    await Promise.all([this.#admin.close(), this.#rep.close()]);
  }
}

/**
 * @param host its address
 * @param product id in the store of the product to show
 * @throws Error where the org has no such record
 */
export async function pagesOf(
  { org, orgUrl }: Pair,
  host: string,
  product: number,
): Promise<Pages> {
  const salesforce = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const first = async (soql: string): Promise<string> => {
    const id = (await salesforce.query(soql)).records[0]?.['Id'];
    if (typeof id !== 'string') throw new Error(`The org has no record for: ${soql}`);
    return id;
  };
  const record = async (object: string, soql: string) =>
    `${host}/lightning/r/${object}/${await first(soql)}/view`;
  const busiest =
    'SELECT Contact__c Id FROM Woo_Order__c WHERE Contact__c != null GROUP BY Contact__c ORDER BY COUNT(Id) DESC LIMIT 1';
  return {
    home: `${host}/lightning/page/home`,
    contact: await record('Contact', busiest),
    order: await record(
      'Woo_Order__c',
      `SELECT Id FROM Woo_Order__c WHERE Id IN (SELECT Order__c FROM Woo_Order_Item__c WHERE Product__r.Woo_Key__c = 'main:${product}') ORDER BY Created_In_Woo__c DESC LIMIT 1`,
    ),
    product: await record(
      'Product2',
      `SELECT Id FROM Product2 WHERE Woo_Key__c = 'main:${product}'`,
    ),
  };
}
