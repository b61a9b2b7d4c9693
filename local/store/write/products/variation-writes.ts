import type { BodyFields } from '../../rest/request/body.ts';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { EventName, Ledger } from '../../shop/ledger.ts';
import { productImage, variationImage } from '../../shop/shown-media.ts';
import { recordedBody } from '../../core/recordings.ts';
import type { ProductRecord, VariationRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import type { Images, NamedImage } from '../media/images.ts';
import { changedMeta } from '../meta.ts';
import { applyPrices } from './price.ts';
import { applyFields, refuseUnsupported } from './product-fields.ts';
import type { ProductWrites } from './product-writes.ts';
import { checkedSku } from './sku.ts';
import { applyStock } from './stock.ts';
import type { VariationChoice } from './terms.ts';
import { encodedSlug, slugOf } from '../../core/text.ts';

const blank = recordedBody('products/variation-create.json') as VariationRecord;

/** Creates, changes and deletes variations; their parent's price and date follow. */
export class VariationWrites {
  readonly #ledger: Ledger;
  readonly #shop: Shop;
  readonly #images: Images;
  readonly #products: ProductWrites;

  constructor(ledger: Ledger, images: Images, products: ProductWrites) {
    this.#ledger = ledger;
    this.#shop = ledger.shop;
    this.#images = images;
    this.#products = products;
  }

  /** @throws ReplyError where the parent or the body is bad: then nothing was made. */
  async create(parentId: number, body: BodyFields): Promise<VariationRecord> {
    const parent = this.#parent(parentId);
    const { site, gmt } = this.#ledger.instant();
    const variation = Object.assign(structuredClone(blank), {
      date_created: site,
      date_created_gmt: gmt,
      id: 0,
      parent_id: parentId,
      sku: '',
      tax_class: '',
      image: variationImage(undefined, parent),
      attributes: [],
    });
    const image = await this.#checked(variation, body);
    variation.id = this.#ledger.ids.record();
    return this.#save(variation, parent, body, image, 'created');
  }

  /** @throws ReplyError where the body is bad: then nothing was changed. */
  async update(parentId: number, id: number, body: BodyFields): Promise<VariationRecord> {
    const parent = this.#parent(parentId);
    const image = await this.#checked(this.#read(parentId, id), body);
    const variation = structuredClone(this.#read(parentId, id));
    return this.#save(variation, parent, body, image, 'updated');
  }

  /** Into the trash, or for good. @returns the variation as it was. */
  remove(parentId: number, id: number, force: boolean): VariationRecord {
    const variation = this.#read(parentId, id);
    if (force) {
      this.#shop.variations.remove(id);
      this.#shop.forgotten.add(id);
    } else if (variation.status === 'trash') {
      const message = 'The product_variation has already been deleted.';
      throw new ReplyError(wpError(410, 'woocommerce_rest_already_trashed', message));
    } else {
      this.#ledger.saveVariation({ ...structuredClone(variation), status: 'trash' });
      this.#ledger.tell('product.deleted', id);
      this.#ledger.tell('coupon.deleted', id);
    }
    this.#products.refreshParent(parentId);
    return variation;
  }

  #parent(id: number): ProductRecord {
    const parent = this.#shop.products.get(id)?.read();
    if (parent === undefined) {
      throw new ReplyError(wpError(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.'));
    }
    return parent;
  }

  #read(parentId: number, id: number): VariationRecord {
    const entry = this.#shop.variations.get(id);
    if (entry?.owner !== parentId) {
      const code = 'woocommerce_rest_product_variation_invalid_id';
      throw new ReplyError(wpError(404, code, 'Invalid ID.'));
    }
    return entry.read();
  }

  /** `null` takes the image away, `undefined` leaves it. */
  async #checked(
    variation: VariationRecord,
    body: BodyFields,
  ): Promise<NamedImage | null | undefined> {
    refuseUnsupported(body);
    if ((body['sku'] ?? null) !== null) {
      checkedSku(this.#shop, body['sku'], variation.id);
    }
    return 'image' in body ? ((await this.#images.one(body['image'])) ?? null) : undefined;
  }

  #save(
    variation: VariationRecord,
    parent: ProductRecord,
    body: BodyFields,
    image: NamedImage | null | undefined,
    event: EventName,
  ): VariationRecord {
    applyFields(variation, body, this.#shop.zone);
    if ((body['sku'] ?? null) !== null) {
      variation.sku = checkedSku(this.#shop, body['sku'], variation.id);
    }
    variation.meta_data = changedMeta(variation.meta_data, body['meta_data'], () =>
      this.#ledger.ids.meta(),
    );
    if ((body['attributes'] ?? null) !== null) {
      variation.attributes = this.#products.terms.choices(body['attributes'], parent);
      applyChoices(variation, parent);
    }
    if (image !== undefined) {
      const [media] = this.#images.settled(image === null ? [] : [image]);
      const own = media === undefined ? undefined : productImage(media, this.#shop.zone);
      variation.image = variationImage(own, parent);
    }
    applyStock(variation, body);
    applyPrices(variation, this.#ledger.instant().gmt);
    variation['purchasable'] = variation.price !== '';
    this.#ledger.tell(`product.${event}`, variation.id);
    this.#ledger.saveVariation(variation);
    this.#products.refreshParent(variation.parent_id);
    return variation;
  }
}

/** The name and the page of a variation follow from its choices. */
function applyChoices(variation: VariationRecord, parent: ProductRecord): void {
  const chosen = variation.attributes;
  variation.name = chosen.map(({ option }) => option).join(', ');
  const query = chosen.map((choice) => `${parameter(choice)}=${value(choice)}`).join('&');
  variation.permalink = query === '' ? parent.permalink : `${parent.permalink}?${query}`;
}

const parameter = ({ id, slug, name }: VariationChoice): string =>
  `attribute_${id === 0 ? encodedSlug(slugOf(name)) : slug}`;
const value = ({ id, option }: VariationChoice): string =>
  id === 0 ? encodeURIComponent(option) : encodedSlug(slugOf(option));
