import type { BodyFields } from '../../rest/request/body.ts';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { EventName, Ledger } from '../../shop/ledger.ts';
import { lendImage, productImage } from '../../shop/shown-media.ts';
import { recordedBody, RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { ProductRecord, VariationRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import type { Images, NamedImage } from '../media/images.ts';
import { changedMeta } from '../meta.ts';
import { applyPrices, priceHtml, rangeHtml } from './price.ts';
import { applyFields, refuseUnsupported } from './product-fields.ts';
import { settledSlug } from './product-slug.ts';
import { checkedSku } from './sku.ts';
import { applyStock } from './stock.ts';
import { Terms } from './terms.ts';
import { filteredHtml, pageHtml } from '../../core/text.ts';
import { textOf } from '../../core/values.ts';

const blank = recordedBody('errors/201-post-without-content-type.json') as ProductRecord;

/** Creates, changes and trashes products as WooCommerce's own screens and API do. */
export class ProductWrites {
  readonly #ledger: Ledger;
  readonly #shop: Shop;
  readonly #images: Images;
  readonly terms: Terms;

  constructor(ledger: Ledger, images: Images) {
    this.#ledger = ledger;
    this.#shop = ledger.shop;
    this.#images = images;
    const products = ledger.shop.products.all().map((entry) => entry.read());
    this.terms = new Terms(products, ledger.ids);
  }

  /** @throws ReplyError where the body holds what WooCommerce refuses: then nothing was made. */
  async create(body: BodyFields): Promise<ProductRecord> {
    const product = blankProduct();
    const { site, gmt } = this.#ledger.instant();
    Object.assign(product, { date_created: site, date_created_gmt: gmt });
    const images = await this.#checked(product, body);
    product.id = this.#ledger.ids.record();
    product._links = linksOf(product.id);
    return this.#save(product, body, images, 'created');
  }

  /** @throws ReplyError where the body holds what WooCommerce refuses: then nothing was changed. */
  async update(id: number, body: BodyFields): Promise<ProductRecord> {
    const before = this.#read(id);
    const images = await this.#checked(before, body);
    // Read again: somebody else may have written while images were looked for.
    return this.#save(structuredClone(this.#read(id)), body, images, 'updated');
  }

  /** Writes what a variation changed in its parent: the list of variations and the range of prices. */
  refreshParent(id: number): void {
    const product = structuredClone(this.#read(id));
    const variations = this.#shop.variations
      .all()
      .filter(({ owner, status }) => owner === id && status !== 'trash')
      .map((entry) => entry.read());
    product.variations = variations.map((variation) => variation.id);
    applyRange(product, variations);
    this.#ledger.saveProduct(product);
  }

  #read(id: number): ProductRecord {
    const product = this.#shop.products.get(id)?.read();
    if (product === undefined) {
      throw new ReplyError(wpError(400, 'woocommerce_rest_product_invalid_id', 'Invalid ID.'));
    }
    return product;
  }

  async #checked(product: ProductRecord, body: BodyFields): Promise<NamedImage[] | undefined> {
    refuseUnsupported(body);
    if ((body['sku'] ?? null) !== null) {
      checkedSku(this.#shop, body['sku'], product.id);
    }
    return 'images' in body ? this.#images.all(body['images']) : undefined;
  }

  #save(
    product: ProductRecord,
    body: BodyFields,
    images: NamedImage[] | undefined,
    event: EventName,
  ): ProductRecord {
    const was = product.status;
    applyFields(product, body, this.#shop.zone);
    if ((body['sku'] ?? null) !== null) {
      product.sku = checkedSku(this.#shop, body['sku'], product.id);
    }
    this.#applyTexts(product, body);
    this.#applyLists(product, body);
    if (images !== undefined) {
      this.#applyImages(product, images);
    }
    applyStock(product, body);
    settledSlug(this.#shop, product, body, was);
    this.#derive(product);
    this.#ledger.tell(`product.${event}`, product.id);
    return this.#ledger.saveProduct(product);
  }

  #applyTexts(product: ProductRecord, body: BodyFields): void {
    const typed = { ...this.#shop.typed.get(product.id) };
    for (const field of ['description', 'short_description'] as const) {
      if ((body[field] ?? null) !== null) {
        typed[field] = filteredHtml(textOf(body[field]));
        product[field] = pageHtml(typed[field], field === 'short_description');
      }
    }
    this.#shop.typed.set(product.id, typed);
  }

  #applyLists(product: ProductRecord, body: BodyFields): void {
    const { meta_data, categories, tags, attributes } = body;
    product.meta_data = changedMeta(product.meta_data, meta_data, () => this.#ledger.ids.meta());
    if ((categories ?? null) !== null) {
      product.categories = this.terms.categories(categories);
    }
    if ((tags ?? null) !== null) {
      product.tags = this.terms.tags(tags);
    }
    if ((attributes ?? null) !== null) {
      product['attributes'] = this.terms.attributes(attributes);
    }
  }

  #derive(product: ProductRecord): void {
    product['shipping_required'] = !product.virtual;
    if (product.type === 'variable') {
      product.regular_price = '';
      product.sale_price = '';
      const own = this.#shop.variations.all().filter(({ owner }) => owner === product.id);
      applyRange(
        product,
        own.map((entry) => entry.read()),
      );
      return;
    }
    if (product.type === 'grouped') {
      // Its price is that of its parts.
      return;
    }
    applyPrices(product, this.#ledger.instant().gmt);
    product['purchasable'] = product.type === 'simple' && product.price !== '';
    product['price_html'] = priceHtml(product);
  }

  /** A new name or text belongs to the image, so every product that shows it follows. */
  #applyImages(product: ProductRecord, images: readonly NamedImage[]): void {
    const before = product.images[0]?.id;
    const { zone } = this.#shop;
    product.images = this.#images.settled(images).map((media) => productImage(media, zone));
    lendImage(this.#shop, product, before);
  }
}

function applyRange(product: ProductRecord, variations: readonly VariationRecord[]): void {
  const prices = variations
    .filter(({ price, status }) => price !== '' && status === 'publish')
    .map(({ price }) => price)
    .toSorted((a, b) => Number(a) - Number(b));
  product.price = prices[0] ?? '';
  product.on_sale = variations.some(({ on_sale }) => on_sale);
  product['purchasable'] = prices.length > 0;
  product['price_html'] = rangeHtml(prices);
}

function blankProduct(): ProductRecord {
  const product = structuredClone(blank);
  delete product['permalink_template'];
  delete product['generated_slug'];
  return { ...product, id: 0, slug: '', average_rating: '0.00', related_ids: [] };
}

function linksOf(id: number): ProductRecord['_links'] {
  const api = `${RECORDED_ORIGIN}/wp-json/wc/v3/products`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return { self: [{ href: `${api}/${id}`, targetHints: { allow } }], collection: [{ href: api }] };
}
