import { Connection } from 'jsforce';

import type { OrgMoney, OrgSide } from './compare.ts';

interface MoneyRow {
  readonly currency: string;
  readonly total: number | null;
  readonly refunded: number | null;
}

/**
 * Counts and sums of what one store brought into the org, asked for with SOQL as anybody else would.
 * @param store its key, with which the keys of its records begin
 */
export async function readOrgSide(
  url: string,
  accessToken: string,
  objects: readonly string[],
  store = 'main',
): Promise<OrgSide> {
  const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
  const ofStore = `WHERE Woo_Key__c LIKE '${store}:%'`;
  const counts = new Map<string, number>();
  for (const object of new Set(objects)) {
    const { totalSize } = await connection.query(`SELECT COUNT() FROM ${object} ${ofStore}`);
    counts.set(object, totalSize);
  }
  const { records } = await connection.query(
    'SELECT Currency_Code__c currency, SUM(Total__c) total, SUM(Refunded_Total__c) refunded ' +
      `FROM Woo_Order__c ${ofStore} GROUP BY Currency_Code__c`,
  );
  const sums = await connection.query(`SELECT SUM(Woo_Stock__c) stock FROM Product2 ${ofStore}`);
  const [{ stock } = { stock: null }] = sums.records as unknown as { stock: number | null }[];
  return {
    counts,
    money: (records as unknown as MoneyRow[]).map(toMoney),
    stock: String(stock ?? 0),
  };
}

function toMoney({ currency, total, refunded }: MoneyRow): OrgMoney {
  return { currency, total: String(total ?? 0), refunded: String(refunded ?? 0) };
}
