import { Random } from '../../local/store/core/random.ts';
import type { Bench, Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import { ServiceProcess } from '../lib/programs/service.ts';
import type { RecordedPair } from '../lib/recording/recorded-pair.ts';
import { countAtMost, type Result, shown } from '../lib/results/results.ts';
import {
  addProducts,
  quiet,
  saveProducts,
  type SharedProduct,
  sharedProducts,
} from './shared-products.ts';
import { writtenProducts } from './written-products.ts';

const ORDERS = 100;
const PRODUCTS = 200;
const EDITS = 1000;
const FEW_EDITS = 200;
const SEED = 6;

/** One edit: a field that goes both ways gets a value that it never had, or a record is saved as it is. */
interface Edit {
  readonly side: 'org' | 'store';
  readonly product: SharedProduct;
  readonly field: 'name' | 'price' | 'none';
  readonly value: number;
}

/** Edits that called for a write to the other side, by product and side that is written. */
type Needed = Map<string, number>;

/** Random edits on both sides while the service works: they meet, and nothing is written that nobody changed. */
export async function measureBothSides(
  bench: Bench,
  { processes, postgresUrl, isShort }: Setting,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  return bench.withRecordedPair(ORDERS, async (pair) => {
    const count = isShort ? FEW_EDITS : EDITS;
    const what = `${count} random edits on both sides`;
    say(what);
    await addProducts(pair.store, PRODUCTS);
    const place = { DATABASE_URL: await newDatabase(postgresUrl, 'both_sides') };
    const service = await ServiceProcess.loaded(processes, pair, place, pair.orgUrl);
    const edits = randomEdits(await sharedProducts(pair), count);
    await quiet(pair, service);
    pair.steps.length = 0;
    for (const edit of edits) await make(pair, edit);
    await quiet(pair, service);
    const { written, givenBack } = writtenProducts(pair.steps);
    const needed = neededBy(edits);
    const differing = await differences(pair);
    await service.stop();
    const sum = (counts: ReadonlyMap<string, number>) =>
      [...counts.values()].reduce((total, count) => total + count, 0);
    const tooMany = [...written].map(([place, count]) => {
      // An edit of the org that was given back is decided anew, which may write the shop's value once more.
      const inOrg = needed.get(place.replace('org', 'store')) ?? 0;
      const again = Math.min(givenBack.get(place) ?? 0, inOrg);
      return count - again - (needed.get(place) ?? 0);
    });
    return [
      countAtMost(`${what}: products that differ afterwards`, 0, differing),
      countAtMost(
        `${what}: writes of records that no edit called for`,
        0,
        tooMany.reduce((total, count) => total + Math.max(0, count), 0),
      ),
      countAtMost(
        `${what}: records written ÷ edits that changed one`,
        1,
        sum(written) / sum(needed),
      ),
      shown(`${what}: edits that changed a record`, '', sum(needed)),
    ];
  });
}

/** The same ones in every run. */
function randomEdits(products: readonly SharedProduct[], count: number): readonly Edit[] {
  const random = new Random(SEED, 'edits', 0);
  return Array.from({ length: count }, (_, value) => ({
    side: random.pick(['org', 'store'] as const),
    product: random.pick(products),
    field: random.pick(['name', 'name', 'price', 'price', 'none'] as const),
    value,
  }));
}

async function make(pair: RecordedPair, { side, product, field, value }: Edit): Promise<void> {
  if (side === 'org') {
    const fields = { name: { Name: nameOf(value) }, price: { Woo_Regular_Price__c: value + 1000 } };
    await saveProducts(pair, [product], () => (field === 'none' ? {} : fields[field]));
  } else {
    const fields = { name: { name: nameOf(value) }, price: { regular_price: `${value + 1000}` } };
    const changed = field === 'none' ? {} : fields[field];
    await pair.store.control('PATCH', `products/${product.id}`, changed);
  }
}

function nameOf(value: number): string {
  return `Name ${value}`;
}

function neededBy(edits: readonly Edit[]): Needed {
  const needed: Needed = new Map();
  for (const { side, product, field } of edits) {
    if (field === 'none') continue;
    const place = `${side === 'org' ? 'store' : 'org'} ${product.id}`;
    needed.set(place, (needed.get(place) ?? 0) + 1);
  }
  return needed;
}

/** How many products the two sides hold otherwise. */
async function differences({ store, org }: RecordedPair): Promise<number> {
  const inOrg = await org.query(
    "SELECT Woo_Key__c, Name, Woo_Regular_Price__c FROM Product2 WHERE StockKeepingUnit LIKE 'SHARED-%'",
  );
  const listed = await store.list('products', Infinity);
  const inStore = new Map(listed.map((product) => [`main:${product.id}`, product]));
  return inOrg.filter((row) => {
    const product = inStore.get(String(row['Woo_Key__c']));
    return (
      product?.['name'] !== row['Name'] ||
      Number(product?.['regular_price']) !== row['Woo_Regular_Price__c']
    );
  }).length;
}
