import { Connection } from 'jsforce';

import type { Store } from '../../../local/store/store.ts';
import type { Pair } from './pair.ts';
import { inStore } from './real-time.ts';
import { until } from '../until.ts';

/** Long enough for a machine that is busy with other things. */
const SECONDS = 30;
const NAME = 'Sold in both shops';

/** Half of main's price is what the outlet asks for a product that both sell. */
export function priceInOutlet(store: Store, outlet: Store): void {
  const { ours, theirs } = sharedProduct(store, outlet);
  const regular_price = String(halfOf(ours().regular_price));
  outlet.edits.updateProduct(theirs().id, { regular_price });
}

interface Prices {
  readonly Id: string;
  readonly Woo_Regular_Price__c: number;
  readonly Outlet_Price__c: number;
}

/**
 * Changes the outlet's price of a product that both shops sell, then in Salesforce its name and the outlet's price:
 * each price keeps to its field and its shop, and the name goes to the shop that the product belongs to.
 * @throws Error where something does not arrive, or arrives where it is not to
 */
export async function showStorePrices(
  { org, orgUrl, store }: Pair,
  outlet: Store,
  stopped: AbortSignal,
): Promise<void> {
  const { ours, theirs } = sharedProduct(store, outlet);
  const salesforce = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const soql = `SELECT Id, Woo_Regular_Price__c, Outlet_Price__c FROM Product2 WHERE Woo_Key__c = 'main:${ours().id}'`;
  const prices = async () => (await salesforce.query<Prices>(soql)).records[0];
  const before = { ours: ours(), theirs: theirs() };
  const first = await prices();
  mustBe('the prices in Salesforce', [first?.Woo_Regular_Price__c, first?.Outlet_Price__c], {
    is: [Number(before.ours.regular_price), Number(before.theirs.regular_price)],
  });
  console.log(
    `\n${before.ours.name} is sold in both shops and is one product in Salesforce, with main's price ${before.ours.regular_price} and the outlet's ${before.theirs.regular_price}`,
  );

  const lower = halfOf(before.theirs.regular_price);
  const changing = performance.now();
  await inStore('PATCH', `${outlet.url}/local/products/${before.theirs.id}`, {
    regular_price: String(lower),
  });
  const isLower = async () => ((await prices())?.Outlet_Price__c === lower ? true : undefined);
  await until(isLower, { what: `${lower} as the outlet's price`, seconds: SECONDS, stopped });
  const now = await prices();
  mustBe("main's price in Salesforce", [now?.Woo_Regular_Price__c], {
    is: [first?.Woo_Regular_Price__c],
  });
  console.log(
    `The outlet halves it to ${lower}: in Salesforce after ${since(changing)} ms, and main's price stays ${now?.Woo_Regular_Price__c}`,
  );

  const lowest = halfOf(String(lower));
  const saving = performance.now();
  const saved = await salesforce
    .sobject('Product2')
    .update({ Id: first?.Id ?? '', Name: NAME, Outlet_Price__c: lowest });
  if (!saved.success) throw new Error(`The org refused the edit: ${JSON.stringify(saved.errors)}`);
  const isThere = () =>
    ours().name === NAME && Number(theirs().regular_price) === lowest ? true : undefined;
  await until(isThere, { what: 'the new name and price in the shops', seconds: SECONDS, stopped });
  mustBe("main's price and the outlet's name in the shops", [ours().regular_price, theirs().name], {
    is: [before.ours.regular_price, before.theirs.name],
  });
  console.log(
    `In Salesforce it is named "${NAME}" and its outlet price is set to ${lowest}: the name in main and the price in the outlet after ${since(saving)} ms; main still sells for ${ours().regular_price}, and the outlet calls it "${theirs().name}"`,
  );
}

/** A simple product with one SKU and two prices. */
function sharedProduct(store: Store, outlet: Store) {
  const pricedOf = ({ shop }: Store) =>
    shop.products
      .all()
      .map((entry) => entry.read())
      .filter(({ type, regular_price, sale_price }) => {
        return type === 'simple' && Number(regular_price) > 0 && sale_price === '';
      });
  const ours = new Map(pricedOf(store).map(({ sku, id }) => [sku, id]));
  const shared = pricedOf(outlet).findLast(({ sku }) => sku !== '' && ours.has(sku));
  if (!shared) throw new Error('The two stores share no product with a price.');
  const read =
    ({ shop }: Store, id: number | undefined) =>
    () => {
      const product = shop.products.get(id ?? 0)?.read();
      if (!product) throw new Error(`Product ${id} is gone.`);
      return product;
    };
  return { ours: read(store, ours.get(shared.sku)), theirs: read(outlet, shared.id) };
}

/** @throws Error with both */
function mustBe(
  what: string,
  values: readonly unknown[],
  { is }: { is: readonly unknown[] },
): void {
  if (values.join('\n') === is.join('\n')) return;
  throw new Error(`${what}: ${values.join(', ')} instead of ${is.join(', ')}`);
}

/** Half a price, in cents. */
function halfOf(price: string): number {
  return Math.round(Number(price) * 50) / 100;
}

function since(start: number): number {
  return Math.round(performance.now() - start);
}
