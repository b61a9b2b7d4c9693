import type { SiteZone } from '../core/zone.ts';
import type { ProductRecord, VariationRecord } from '../core/records.ts';
import { Random } from '../core/random.ts';

/** Recorded records whose shape the generated ones take. */
export interface ProductTemplates {
  products: readonly ProductRecord[];
  variations: readonly VariationRecord[];
}

const FIRST_PRODUCT = 20_000;
const IDS_PER_PRODUCT = 10;
const START = Date.UTC(2025, 4, 20, 12) / 1000;

const names = [
  'Bean Bag',
  'Café Crème Set',
  '和紙ノート',
  'Salt & Pepper Mill',
  'O’Malley Mug',
  'مصباح مكتب',
  '🎁 Gift Card',
  '50% Wool Scarf',
] as const;

/** One product of each kind in turn: [kind, recorded type, recorded status]. */
const kinds = [
  { type: 'simple', status: 'publish' },
  { type: 'simple', status: 'publish', oddPrice: true },
  { type: 'variable', status: 'publish' },
  { type: 'simple', status: 'publish', virtual: true, oddPrice: true },
  { type: 'grouped', status: 'publish' },
  { type: 'external', status: 'publish' },
  { type: 'simple', status: 'draft' },
  { type: 'simple', status: 'private' },
  { type: 'simple', status: 'trash' },
  { type: 'simple', status: 'publish', outOfStock: true, oddPrice: true },
] as const;

type Kind = (typeof kinds)[number];

/** Of this many products one is variable and keeps one stock for all of its variations. */
const POOLED_EVERY = 20;
const POOLED = 12;

/** Generated products and their variations, in the recorded shapes. */
export function generateProducts(
  count: number,
  seed: number,
  templates: ProductTemplates,
  zone: SiteZone,
): { products: ProductRecord[]; variations: VariationRecord[] } {
  const products: ProductRecord[] = [];
  const variations: VariationRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length] ?? kinds[0];
    const product = generateProduct(index, kind, seed, templates, zone);
    if (product.type === 'variable') {
      const own = generateVariations(product, templates, zone);
      product.variations = own.map(({ id }) => id);
      variations.push(...own);
    }
    products.push(product);
  }
  return { products, variations };
}

function generateProduct(
  index: number,
  kind: Kind,
  seed: number,
  templates: ProductTemplates,
  zone: SiteZone,
): ProductRecord {
  const random = new Random(seed, 'product', index);
  const product = structuredClone(templateFor(kind, templates));
  const id = FIRST_PRODUCT + index * IDS_PER_PRODUCT;
  const slug = `item-${index}`;
  const modified = START + Math.floor(index / 4) * 86_400;
  const origin = new URL(product.permalink).origin;
  Object.assign(product, {
    id,
    name: `${names[index % names.length] ?? 'Item'} ${index}`,
    slug: kind.status === 'draft' ? '' : slug + (kind.status === 'trash' ? '__trashed' : ''),
    permalink:
      kind.status === 'draft'
        ? `${origin}/?post_type=product&p=${id}`
        : `${origin}/product/${slug}/`,
    status: kind.status,
    sku: kind.type === 'grouped' ? '' : `GEN-${String(index).padStart(4, '0')}`,
    related_ids: [],
    meta_data: index % 3 === 0 ? acfPair(id, random) : [],
  });
  if (kind.type === 'simple') {
    priceAndStock(product, kind, random);
  } else if (index % POOLED_EVERY === POOLED) {
    const stock_quantity = random.below(500) + 20;
    Object.assign(product, { manage_stock: true, stock_quantity, stock_status: 'instock' });
  }
  dateRecord(product, modified - 3600, modified, zone);
  relink(product, '/products/', id);
  return product;
}

function templateFor(kind: Kind, { products }: ProductTemplates): ProductRecord {
  const template =
    products.find(
      (product) =>
        product.type === kind.type &&
        product.images.length === 0 &&
        (kind.type !== 'simple' || (product.manage_stock && product.sale_price === '')),
    ) ?? products.find((product) => product.type === kind.type);
  if (template === undefined) {
    throw new Error(`The recordings hold no ${kind.type} product.`);
  }
  return template;
}

function priceAndStock(product: ProductRecord, kind: Kind, random: Random): void {
  // More decimals than the shop shows, as plugins for net prices or bundles save them.
  const parts = 'oddPrice' in kind ? ['1148', '3349', '0044'] : ['00', '50', '95', '99'];
  const price = `${random.below(90) + 5}.${random.pick(parts)}`;
  const stock = 'outOfStock' in kind ? 0 : random.below(500) + 1;
  const virtual = 'virtual' in kind;
  Object.assign(product, {
    price,
    regular_price: price,
    virtual,
    manage_stock: !virtual,
    stock_quantity: virtual ? null : stock,
    stock_status: !virtual && stock === 0 ? 'outofstock' : 'instock',
    shipping_required: !virtual,
    price_html: priceHtml(price),
    global_unique_id: '',
  });
}

/** How the shop shows a price. `price` is in the store's main unit, such as `4.5`. */
export function priceHtml(price: string): string {
  const amount = Number(price).toFixed(2);
  return `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&#36;</span>${amount}</bdi></span>`;
}

function acfPair(id: number, random: Random): ProductRecord['meta_data'] {
  return [
    { id: 8_000_000 + id, key: 'material', value: random.pick(['cotton', 'steel', 'oak']) },
    { id: 8_000_001 + id, key: '_material', value: 'field_5f1e0' },
    {
      id: 8_000_002 + id,
      key: 'spec_rows',
      value: [
        { k: 'h', v: 10 },
        { k: 'w', v: 2.5 },
      ],
    },
  ];
}

function generateVariations(
  parent: ProductRecord,
  { variations }: ProductTemplates,
  zone: SiteZone,
): VariationRecord[] {
  const first = variations[0];
  if (first === undefined) {
    throw new Error('The recordings hold no variation.');
  }
  return variations
    .filter(({ parent_id }) => parent_id === first.parent_id)
    .map((template, at) => {
      const variation = structuredClone(template);
      const id = parent.id + 1 + at;
      Object.assign(variation, {
        id,
        parent_id: parent.id,
        sku: `${parent.sku}-${at}`,
        permalink: parent.permalink + new URL(template.permalink).search,
        ...(parent.manage_stock
          ? { manage_stock: false, stock_quantity: null }
          : { stock_quantity: 10 + at }),
      });
      dateRecord(variation, Date.parse(`${parent.date_created_gmt}Z`) / 1000, START + at, zone);
      relink(variation, '/variations/', id);
      return variation;
    });
}

/** Writes both pairs of dates. */
function dateRecord(
  record: ProductRecord | VariationRecord,
  created: number,
  modified: number,
  zone: SiteZone,
): void {
  const [born, changed] = [zone.pair(created), zone.pair(modified)];
  record.date_created = born.site;
  record.date_created_gmt = born.gmt;
  record.date_modified = changed.site;
  record.date_modified_gmt = changed.gmt;
}

function relink(record: { _links: ProductRecord['_links'] }, route: string, id: number): void {
  const self = record._links['self']?.[0];
  if (self !== undefined) {
    self.href = self.href.replace(new RegExp(`${route}\\d+$`), `${route}${id}`);
  }
}
