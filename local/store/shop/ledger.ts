import type {
  CouponRecord,
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  VariationRecord,
} from '../core/records.ts';
import { wireSeconds } from '../core/zone.ts';
import { customerEntry, datedEntry, orderEntry, refundEntry } from './entries.ts';
import { NewIds } from './ids.ts';
import type { Shop } from './shop.ts';

/** When a change happened: left out = now, null = the modified date stays, else UTC without a zone. */
export interface EditOptions {
  modified?: string | null;
}

/** What plugins and webhooks hear of a change. */
export type EventName = 'created' | 'updated' | 'deleted' | 'restored';
/** Of a record, or an action of a plugin. */
export type Topic =
  | `${'order' | 'product' | 'customer' | 'coupon'}.${EventName}`
  | `action.${string}`;
/** `record` is the id, or the first argument of an action. */
export type Listener = (topic: Topic, record: number | string) => void;

/** Where every change of the shop's data is written down: dates move, lists follow, listeners hear of it. */
export class Ledger {
  readonly shop: Shop;
  readonly ids: NewIds;
  readonly now: () => number;
  /** whether stock that an order takes moves no date and is not heard of */
  readonly oldStock: boolean;
  readonly #listeners: Listener[] = [];

  /** `now` gives UTC seconds. */
  constructor(shop: Shop, now: () => number, oldStock = false) {
    this.shop = shop;
    this.ids = new NewIds(shop);
    this.now = now;
    this.oldStock = oldStock;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  tell(topic: Topic, record: number | string): void {
    for (const listener of this.#listeners) {
      listener(topic, record);
    }
  }

  /** This second, as the shop's two clocks write it. */
  instant(): { site: string; gmt: string } {
    return this.shop.zone.pair(this.now());
  }

  saveOrder(order: OrderRecord, options: EditOptions = {}): OrderRecord {
    this.#touch(order, options);
    this.shop.orders.put(orderEntry(order, this.shop.forgotten));
    return order;
  }

  saveRefund(refund: RefundRecord): RefundRecord {
    this.shop.refunds.put(refundEntry(refund));
    return refund;
  }

  saveProduct(product: ProductRecord, options: EditOptions = {}): ProductRecord {
    this.#touch(product, options);
    this.shop.products.put(datedEntry(product));
    return product;
  }

  saveVariation(variation: VariationRecord, options: EditOptions = {}): VariationRecord {
    this.#touch(variation, options);
    this.shop.variations.put({ ...datedEntry(variation), owner: variation.parent_id });
    return variation;
  }

  saveCustomer(customer: CustomerRecord, options: EditOptions = {}): CustomerRecord {
    this.#touch(customer, options);
    this.shop.customers.put(customerEntry(customer));
    return customer;
  }

  saveCoupon(coupon: CouponRecord, options: EditOptions = {}): CouponRecord {
    this.#touch(coupon, options);
    this.shop.coupons.put(datedEntry(coupon));
    return coupon;
  }

  #touch(
    record: { date_modified: string | null; date_modified_gmt: string | null },
    { modified }: EditOptions,
  ): void {
    if (modified === null) {
      return;
    }
    const at = modified === undefined ? this.now() : wireSeconds(modified);
    if (Number.isNaN(at)) {
      throw new Error(`"${modified ?? ''}" is no date: write it as 2026-03-20T12:00:00 (UTC).`);
    }
    const { site, gmt } = this.shop.zone.pair(at);
    record.date_modified = site;
    record.date_modified_gmt = gmt;
  }
}
