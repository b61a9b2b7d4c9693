import { Connection } from 'jsforce';

import type { OrgMoney, OrgSide } from './compare.ts';

interface MoneyRow {
  readonly currency: string;
  readonly total: number | null;
  readonly refunded: number | null;
}

/** Counts and sums in the org, asked for with SOQL as anybody else would. */
export async function readOrgSide(
  url: string,
  accessToken: string,
  objects: readonly string[],
): Promise<OrgSide> {
  const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
  const counts = new Map<string, number>();
  for (const object of new Set(objects)) {
    const { totalSize } = await connection.query(
      `SELECT COUNT() FROM ${object} WHERE Woo_Key__c != null`,
    );
    counts.set(object, totalSize);
  }
  const { records } = await connection.query(
    'SELECT Currency_Code__c currency, SUM(Total__c) total, SUM(Refunded_Total__c) refunded ' +
      'FROM Woo_Order__c GROUP BY Currency_Code__c',
  );
  return { counts, money: (records as unknown as MoneyRow[]).map(toMoney) };
}

function toMoney({ currency, total, refunded }: MoneyRow): OrgMoney {
  return { currency, total: String(total ?? 0), refunded: String(refunded ?? 0) };
}
