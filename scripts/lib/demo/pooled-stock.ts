import { Connection } from 'jsforce';

import type { Pair } from './pair.ts';
import { inStore } from './real-time.ts';
import { until } from '../until.ts';

const BOUGHT = 2;
/** Long enough for a machine that is busy with other things. */
const SECONDS = 30;

/**
 * Buys one variation of a product that keeps one stock for all of them, and prints when Salesforce shows what is
 * left on the product and on each variation: WooCommerce reports the product alone.
 * @throws Error where it does not arrive
 */
export async function showPooledStock(
  { org, orgUrl, store: { shop }, storeUrl }: Pair,
  stopped: AbortSignal,
): Promise<void> {
  const product = shop.products
    .all()
    .map((entry) => entry.read())
    .find(({ type, manage_stock }) => type === 'variable' && manage_stock);
  const [bought] = product?.variations ?? [];
  if (!product || bought === undefined) throw new Error('No product of the store pools its stock.');
  const left = (product.stock_quantity ?? 0) - BOUGHT;
  const salesforce = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const keys = [product.id, ...product.variations].map((id) => `'main:${id}'`);
  const soql = `SELECT Woo_Stock__c FROM Product2 WHERE Woo_Key__c IN (${keys.join()})`;
  const stocks = async () =>
    (await salesforce.query<{ Woo_Stock__c: number }>(soql)).records.map(
      (record) => record.Woo_Stock__c,
    );

  const buying = performance.now();
  await inStore('POST', `${storeUrl}/local/products/${bought}/buy`, { quantity: BOUGHT });
  const areLeft = async () => {
    const now = await stocks();
    return now.length === keys.length && now.every((stock) => stock === left) ? true : undefined;
  };
  const what = `${left} of ${product.name} in Salesforce`;
  await until(areLeft, { what, seconds: SECONDS, stopped });
  const took = Math.round(performance.now() - buying);
  console.log(
    `\n${product.name} has one stock for its ${product.variations.length} variations. ${BOUGHT} of one are bought: ${left} on each in Salesforce after ${took} ms`,
  );
}
