import { reviewEntry, termEntry } from '../shop/catalogue-lists.ts';
import type { ProductTerm, ReviewRecord } from '../shop/catalogue-lists.ts';
import type { EditOptions, Ledger, Topic } from '../shop/ledger.ts';
import type { Collection } from '../core/collection.ts';
import type { CouponRecord } from '../core/records.ts';
import { merged } from '../core/patch.ts';
import type { Patch } from '../core/patch.ts';
import { encodedSlug, slugOf } from '../core/text.ts';
import { textOf } from '../core/values.ts';

/** What the shop's staff does with coupons, categories and reviews. */
export class CatalogueWrites {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** A coupon like the first one, with the fields that are given; its code is kept in lower case. */
  addCoupon(patch: Patch): CouponRecord {
    const { shop, ids } = this.#ledger;
    const { site, gmt } = this.#ledger.instant();
    const [like] = shop.coupons.all();
    if (like === undefined || textOf(patch['code']) === '') {
      throw new Error('Give a code, such as {"code": "summer", "amount": "5.00"}.');
    }
    const id = ids.record();
    const text = JSON.stringify(like.read()).replaceAll(`/coupons/${like.id}`, `/coupons/${id}`);
    const coupon = { ...(JSON.parse(text) as CouponRecord), id };
    Object.assign(coupon, { date_created: site, date_created_gmt: gmt, usage_count: 0 });
    const saved = this.#ledger.saveCoupon(merged(coupon, lowerCode(patch), `Coupon ${id}`), {});
    this.#ledger.tell('coupon.created', id);
    this.#ledger.tell('coupon.updated', id);
    return saved;
  }

  changeCoupon(id: number, patch: Patch, options: EditOptions): CouponRecord {
    const coupon = merged(this.#coupon(id), lowerCode(patch), `Coupon ${id}`);
    if (options.modified !== null) {
      this.#ledger.tell('coupon.updated', id);
    }
    return this.#ledger.saveCoupon(coupon, options);
  }

  /** Webhooks hear of a product too, as with every post that is trashed. */
  trashCoupon(id: number): CouponRecord {
    return this.#move(id, 'trash', ['product.deleted', 'coupon.deleted']);
  }

  restoreCoupon(id: number): CouponRecord {
    if (this.#coupon(id).status !== 'trash') {
      throw new Error(`Coupon ${id} is not in the trash.`);
    }
    return this.#move(id, 'publish', ['product.restored', 'coupon.restored']);
  }

  /** For good, and no webhook hears of it. */
  deleteCoupon(id: number): void {
    this.#coupon(id);
    this.#ledger.shop.coupons.remove(id);
  }

  addCategory({ name, ...patch }: Patch): ProductTerm {
    const { categories } = this.#ledger.shop;
    const [like] = categories.all();
    if (like === undefined || textOf(name) === '') {
      throw new Error('Give a name, such as {"name": "Winter"}.');
    }
    const id = this.#ledger.ids.term();
    const text = JSON.stringify(like.read()).replaceAll(
      `/categories/${like.id}`,
      `/categories/${id}`,
    );
    const own = { id, name: textOf(name), slug: encodedSlug(slugOf(textOf(name))) };
    const blank = { ...(JSON.parse(text) as ProductTerm), ...own, parent: 0, count: 0 };
    return this.#put(categories, merged(blank, patch, `Category ${id}`), termEntry);
  }

  changeCategory(id: number, patch: Patch): ProductTerm {
    const { categories } = this.#ledger.shop;
    const category = merged(recordOf(categories, id, 'category'), patch, `Category ${id}`);
    return this.#put(categories, category, termEntry);
  }

  deleteCategory(id: number): void {
    recordOf(this.#ledger.shop.categories, id, 'category');
    this.#ledger.shop.categories.remove(id);
  }

  changeReview(id: number, patch: Patch): ReviewRecord {
    const { reviews } = this.#ledger.shop;
    const review = merged(recordOf(reviews, id, 'review'), patch, `Review ${id}`);
    return this.#put(reviews, review, reviewEntry);
  }

  deleteReview(id: number): void {
    recordOf(this.#ledger.shop.reviews, id, 'review');
    this.#ledger.shop.reviews.remove(id);
  }

  #move(id: number, status: string, topics: readonly Topic[]): CouponRecord {
    const coupon = { ...this.#coupon(id), status };
    for (const topic of topics) {
      this.#ledger.tell(topic, id);
    }
    return this.#ledger.saveCoupon(coupon, {});
  }

  #coupon(id: number): CouponRecord {
    return recordOf(this.#ledger.shop.coupons, id, 'coupon');
  }

  #put<R>(
    collection: Collection<R>,
    record: R,
    entry: (record: R) => Parameters<Collection<R>['put']>[0],
  ): R {
    collection.put(entry(record));
    return record;
  }
}

function lowerCode(patch: Patch): Patch {
  return 'code' in patch ? { ...patch, code: textOf(patch['code']).toLowerCase() } : patch;
}

function recordOf<R>(collection: Collection<R>, id: number, name: string): R {
  const entry = collection.get(id);
  if (entry === undefined) {
    throw new Error(`There is no ${name} ${id}.`);
  }
  return entry.read();
}
