import { z } from 'zod';

import { createStore } from '../../local/store/store.ts';
import { expectedOf } from '../lib/demo/expected.ts';
import type { AdminSession } from '../lib/install/admin-session.ts';
import { mustHaveProject } from '../lib/install/install.ts';
import { isProduction } from '../lib/install/production.ts';
import { quoted, rowsOf } from '../lib/install/query.ts';
import { recordsOfStore, STORE } from './store-records.ts';

/** Orders of the largest shop that a journey loads. */
export const MOST_ORDERS = 2400;
/** Values of one query, whose address must stay below 16 KB. */
const AT_ONCE = 150;

const OTHER_ORG =
  'Take a scratch org (npm run scratch-org -- --without-data) or another org for tests.';

type Asked = Pick<AdminSession, 'request'>;

const stores = z.object({ Key__c: z.string(), Active__c: z.boolean() });

/**
 * The journeys make, change and delete records of the store, and change its configuration: an org in which anything
 * of it is somebody's is refused. Nothing is written.
 * @param orders of the largest shop that is loaded
 * @throws Error with a sentence that says why, and what to do
 */
export async function mustBeFree(
  session: Asked,
  production: boolean,
  orders = MOST_ORDERS,
): Promise<void> {
  if (!production && (await isProduction(session))) {
    throw new Error(
      `This is a production org. Nothing was done. ${OTHER_ORG} With --production it is taken all the same: records are made and deleted, and stay in the recycle bin.`,
    );
  }
  await mustHaveProject(session);
  await refuseOtherStores(session);
  const records = await recordsOfStore(session);
  if (records.length > 0) {
    throw new Error(
      `The org has records of the store ${STORE} already (${records.join(', ')}), which the journeys would change and delete. ${OTHER_ORG}`,
    );
  }
  await refuseMatches(session, orders);
}

/** A service that runs the journeys would sync those too. */
async function refuseOtherStores(session: Asked): Promise<void> {
  const soql = 'SELECT Key__c, Active__c FROM Woo_Store__mdt';
  const all = await rowsOf(session, soql, stores);
  const others = all.flatMap(({ Key__c, Active__c }) =>
    Active__c && Key__c !== STORE ? [Key__c] : [],
  );
  if (others.length > 0) {
    throw new Error(
      `The org has other active stores (${others.join(', ')}), which the service of the journeys would sync. ${OTHER_ORG}`,
    );
  }
  if (all.some(({ Key__c }) => Key__c === STORE)) return;
  throw new Error(
    `The org has no store with the key ${STORE}, which the journeys use. ${OTHER_ORG}`,
  );
}

/** Records that the service would take for those of the shop, by e-mail address or SKU, and write to. */
async function refuseMatches(session: Asked, orders: number): Promise<void> {
  const { known } = expectedOf(createStore({ orders }).shop);
  const places = [
    ['Contact', 'Email', known.customer],
    ['Product2', 'StockKeepingUnit', known.product],
  ] as const;
  for (const [object, field, all] of places) {
    const values = [...new Set(all.filter((value) => value !== ''))];
    for (let at = 0; at < values.length; at += AT_ONCE) {
      const some = values
        .slice(at, at + AT_ONCE)
        .map(quoted)
        .join(',');
      const soql = `SELECT Id FROM ${object} WHERE ${field} IN (${some}) LIMIT 1`;
      const [found] = await rowsOf(session, soql, z.object({ Id: z.string() }));
      if (found === undefined) continue;
      throw new Error(
        `The org has a record with a value that the shop of the journeys has too (${object} ${found.Id}, ${field}): the service would write to it. ${OTHER_ORG}`,
      );
    }
  }
}
