import { sampleImage } from '../../local/store/test/sample-image.ts';
import type { Bench, Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { ServiceProcess } from '../lib/programs/service.ts';
import { countAtMost, type Result, shown } from '../lib/results/results.ts';
import {
  addProducts,
  quiet,
  saveProducts,
  type SharedProduct,
  sharedProducts,
} from './shared-products.ts';

const ORDERS = 100;
const [PRODUCTS, FEW_PRODUCTS] = [500, 100];
const IMAGES = 20;

/** Images that came into the shop's library, from wherever. */
interface Media {
  readonly uploaded: number;
  readonly fetched: number;
}

/** Images that many products share come into the shop once, whatever the service remembers. */
export async function measureImages(
  bench: Bench,
  { processes, postgresUrl, isShort }: Setting,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const place = async (name: string) => ({ DATABASE_URL: await newDatabase(postgresUrl, name) });
  return bench.withPair(ORDERS, async (pair) => {
    const count = isShort ? FEW_PRODUCTS : PRODUCTS;
    const what = `${count} products that share ${IMAGES} images`;
    say(what);
    await addProducts(pair.store, count);
    const service = await ServiceProcess.loaded(processes, pair, await place('images'));
    const products = await sharedProducts(pair);
    const files = await addFiles(pair, products);
    await quiet(pair, service);
    await Promise.all([pair.store.control('DELETE', 'requests'), pair.org.resetRequests()]);
    const own = await saveProducts(pair, products, ({ id }) => fieldsOf(files, id));
    await quiet(pair, service);
    const first = await mediaOf(pair);
    const { billed } = await pair.org.requests();
    await showTheirs(pair, products);
    say('the same, from a state that knows nothing');
    await service.stop();
    await service.startAnew(await place('images_anew'));
    await quiet(pair, service);
    const anew = await mediaOf(pair);
    await showTheirs(pair, products);
    await service.stop();
    return [
      countAtMost(`${what}: images that the shop is given`, IMAGES, sum(first)),
      countAtMost(`${what}: more once the state is lost and rebuilt`, 0, sum(anew) - sum(first)),
      shown(`${what}: Salesforce calls`, '', billed - own),
    ];
  });
}

/** Files as people upload them to a product. @returns ids of their documents */
async function addFiles(
  { org }: Pair,
  products: readonly SharedProduct[],
): Promise<readonly string[]> {
  const documents: string[] = [];
  for (let at = 0; at < IMAGES; at++) {
    const name = `image-${at}.png`;
    const version = await org.create('ContentVersion', {
      Title: `Image ${at}`,
      PathOnClient: name,
      VersionData: sampleImage(name, 400 + at).toString('base64'),
      FirstPublishLocationId: products[at]?.recordId,
    });
    const [row] = await org.query(
      `SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${version}'`,
    );
    documents.push(String(row?.['ContentDocumentId']));
  }
  return documents;
}

/** One image as the featured one, and two more: each is shown by as many products. */
function fieldsOf(files: readonly string[], id: number): object {
  const nth = (at: number): string => files[(id + at) % files.length] ?? '';
  return { Woo_Featured_Image__c: nth(0), Woo_Gallery_Images__c: `${nth(1)};${nth(2)}` };
}

async function mediaOf({ store }: Pair): Promise<Media> {
  return ((await store.control('GET', 'requests')) as { readonly media: Media }).media;
}

function sum({ uploaded, fetched }: Media): number {
  return uploaded + fetched;
}

/** @throws Error where products do not show three images each, twenty in all */
async function showTheirs({ store }: Pair, products: readonly SharedProduct[]): Promise<void> {
  const ours = new Set(products.map(({ id }) => id));
  const listed = (await store.list('products', Infinity)).filter(({ id }) => ours.has(id));
  const shownBy = listed.map(({ images }) =>
    (images as readonly { id: number }[]).map(({ id }) => id),
  );
  const whole = shownBy.filter((ids) => new Set(ids).size === 3).length;
  const all = new Set(shownBy.flat()).size;
  if (whole === products.length && all === IMAGES) return;
  throw new Error(`${whole} of ${products.length} products show three images, ${all} in all.`);
}
