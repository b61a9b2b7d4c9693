import { Connection } from 'jsforce';

import type { Pair } from './pair.ts';
import { inStore } from './real-time.ts';
import { sampleImage, type Colour } from './sample-image.ts';
import { until } from '../until.ts';

/** Long enough for a machine that is busy with other things. */
const SECONDS = 30;

const IMAGES: readonly (readonly [title: string, colour: Colour])[] = [
  ['Bean bag from the front', [200, 60, 60]],
  ['Bean bag from the side', [60, 140, 80]],
  ['Bean bag in a room', [70, 90, 180]],
];

/**
 * Gives the bean bag in Salesforce another name and price, and images: one id of a file as the featured one, the
 * address of a file and an id as the gallery. While that goes to the store somebody buys one there. Prints when
 * the store shows all of it.
 * @param product its id in the store
 * @throws Error where it does not arrive
 */
export async function showProductEdits(
  { org, orgUrl, store, storeUrl }: Pair,
  product: number,
  stopped: AbortSignal,
): Promise<void> {
  const salesforce = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const soql = `SELECT Id FROM Product2 WHERE Woo_Key__c = 'main:${product}'`;
  const recordId = String((await salesforce.query(soql)).records[0]?.['Id']);
  const files = await upload(salesforce, recordId);
  const [front = '', side = '', room = ''] = files;
  const before = store.shop.products.get(product)?.read().stock_quantity ?? 0;
  const saved = performance.now();
  const result = await salesforce.sobject('Product2').update({
    Id: recordId,
    Name: 'Bean Bag XL',
    Woo_Regular_Price__c: 59.9,
    Woo_Featured_Image__c: front,
    Woo_Gallery_Images__c: `${orgUrl}/lightning/r/ContentDocument/${side}/view; ${room}`,
  });
  if (!result.success)
    throw new Error(`The org refused the edit: ${JSON.stringify(result.errors)}`);
  await inStore('POST', `${storeUrl}/local/products/${product}/buy`, { quantity: 1 });
  const shows = () => {
    const now = store.shop.products.get(product)?.read();
    const isThere =
      now?.name === 'Bean Bag XL' &&
      now.regular_price === '59.9' &&
      now.stock_quantity === before - 1 &&
      IMAGES.every(([title], at) => now.images[at]?.src.includes(slugOf(title)));
    return isThere ? now : undefined;
  };
  const shown = await until(shows, {
    what: 'the new name, price and images in the store',
    seconds: SECONDS,
    stopped,
  });
  const took = Math.round(performance.now() - saved);
  console.log(
    `\nThe bean bag gets a name, a price and three images in Salesforce, while one is bought: in the store after ${took} ms`,
  );
  for (const [at, { src }] of shown.images.entries()) {
    // The store plays one behind https; here it is looked at directly.
    const address = new URL(new URL(src).pathname, storeUrl).href;
    console.log(`  ${at === 0 ? 'featured' : 'gallery '}  ${address}`);
  }
  console.log(`  ${before - 1} are left in stock there`);
}

/** @returns the ids of the files, in the order of the images */
async function upload(salesforce: Connection, recordId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [title, colour] of IMAGES) {
    const { id = '' } = await salesforce.sobject('ContentVersion').create({
      Title: title,
      PathOnClient: `${title}.png`,
      FirstPublishLocationId: recordId,
      VersionData: sampleImage(colour).toString('base64'),
    });
    const version = await salesforce.sobject('ContentVersion').retrieve(id);
    ids.push(String(version['ContentDocumentId']));
  }
  return ids;
}

/** How the title stands in the name of the file. */
function slugOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
