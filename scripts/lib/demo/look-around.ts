import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Store } from '../../../local/store/store.ts';
import { ORG_ALIAS } from '../install/deploy.ts';
import { outboundEnv } from '../install/install.ts';
import type { Pages } from '../lightning.ts';
import { endpointOf } from '../install/outbound.ts';
import type { Pair } from './pair.ts';
import { SECOND_STORE } from './second-store.ts';
import { quietSf } from '../sf.ts';

export interface Shown extends Pick<Pair, 'org' | 'orgUrl' | 'store' | 'storeUrl'> {
  readonly second: Store | undefined;
  /** The folder of the demo, where the Salesforce CLI keeps its sign-in too. */
  readonly home: string;
  /** What the service was given. */
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly logFile: string;
  /** Id of a product to buy. */
  readonly product: number;
  /** What a browser shows to the administrator. */
  readonly pages: Pages;
  /** Where the sales rep sees the same. */
  readonly repPages: string;
}

/** Of a product that both stores sell there are two prices. */
const PRICES = `The price of each store, in a field of its own:

  npx sf data query -o ${ORG_ALIAS} -q "SELECT Name, Woo_Regular_Price__c, Outlet_Price__c FROM Product2 WHERE Woo_Key__c LIKE 'main:%' AND Outlet_Price__c != null LIMIT 5"

`;

/** Writes the variables that a second terminal needs into a file of the folder, and says what to try there. */
export function lookAround({ orgUrl, storeUrl, second, home, env, pid, ...rest }: Shown): string {
  const { org, store, logFile, product, pages, repPages } = rest;
  const outbound = outboundEnv({ endpoint: endpointOf(env), username: org.integrationUsername });
  const keys = { STORE_KEY: store.consumerKey, STORE_SECRET: store.consumerSecret };
  const secondKeys = second && {
    SECOND_STORE_KEY: second.consumerKey,
    SECOND_STORE_SECRET: second.consumerSecret,
    [SECOND_STORE.addressVariable]: second.url,
  };
  const variables = {
    ...keys,
    ...secondKeys,
    WOO_STORE_URL: storeUrl,
    ...outbound,
    ...quietSf,
    ...env,
  };
  const file = join(home, 'env');
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  // The CLI keeps its sign-in in HOME. The terminal's own stays: the folder is gone when the demo ends.
  const npx = `npx() { HOME='${home}' command npx "$@"; }\n`;
  writeFileSync(file, [...exports, npx].join(''), { mode: 0o600 });
  const buyer = { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com', country: 'US' };
  const bought = JSON.stringify({ quantity: 2, billing: buyer });
  const json = `-H 'content-type: application/json'`;
  return `
All keep running; Ctrl-C stops them. In a browser, what the administrator sees in Lightning:

  home, with how the sync does:       ${pages.home}
  a customer, with all orders:        ${pages.contact}
  an order of the bean bag:           ${pages.order}
  the bean bag and its images:        ${pages.product}

The same as a sales rep, who may read and give no commands: ${repPages}

Look around from a second terminal, in this folder:

  . ${file}
  npx sf data query -o ${ORG_ALIAS} -q "SELECT Name, Status__c, Total__c, Currency_Code__c, Contact__r.Name FROM Woo_Order__c LIMIT 5"
  npx sf project deploy start -o ${ORG_ALIAS} -d force-app -d config/org

Buy, complete the order by the id that it gets, and see both arrive:

  curl -s ${json} -d '${bought}' ${storeUrl}/local/products/${product}/buy
  npx sf data query -o ${ORG_ALIAS} -q "SELECT Name, Woo_Stock__c FROM Product2 WHERE Woo_Key__c = 'main:${product}'"
  curl -s ${json} -X PATCH -d '{"status": "completed"}' ${storeUrl}/local/orders/ID
  npx sf data query -o ${ORG_ALIAS} -q "SELECT Name, Total__c FROM Woo_Order__c WHERE Woo_Key__c = 'main:ID'"

Edit a product in Salesforce, and see it in the store:

  npx sf data update record -o ${ORG_ALIAS} -s Product2 -w "Woo_Key__c='main:${product}'" -v "Name='Bean Bag, blue' Woo_Regular_Price__c=49.5"
  curl -s -u $STORE_KEY:$STORE_SECRET -H 'x-forwarded-proto: https' ${storeUrl}/wp-json/wc/v3/products/${product}?_fields=name,regular_price,images

${second ? PRICES : ''}Images: upload files to it and put their ids (069…) into Woo Featured Image and Woo Gallery Images:

  npx sf data create file -o ${ORG_ALIAS} -f image.png -i "$(npx sf data query -o ${ORG_ALIAS} -q "SELECT Id FROM Product2 WHERE Woo_Key__c = 'main:${product}'" --json | node -p 'JSON.parse(require("fs").readFileSync(0)).result.records[0].Id')"
  npx sf data update record -o ${ORG_ALIAS} -s Product2 -w "Woo_Key__c='main:${product}'" -v "Woo_Featured_Image__c=069…"

Kill the service, buy while it is down, and start it again: what it missed arrives.

  kill -9 ${pid}
  npx --no -- woo-salesforce start

How the service does:         curl -s ${env['PUBLIC_URL']}/readyz; curl -s ${env['PUBLIC_URL']}/metrics | grep ^woo
Its log:                      tail -f ${logFile}
The store's side of it:       curl -s ${storeUrl}/local/totals${second ? `\n  and the second store's:     curl -s ${second.url}/local/totals` : ''}
API calls the org counted:    curl -s ${orgUrl}/local/requests
`;
}
