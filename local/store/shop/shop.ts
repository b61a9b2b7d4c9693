import { Collection } from '../core/collection.ts';
import type { Entry } from '../core/collection.ts';
import { buildCatalogue } from '../generate/catalogue.ts';
import type { Catalogue } from '../generate/catalogue.ts';
import { buildCustomer } from '../generate/customer.ts';
import { buildOrder, customerPerson } from '../generate/order.ts';
import { planOrder, registeredOnly } from '../generate/order-plan.ts';
import type { GeneratorOptions, OrderPlan } from '../generate/order-plan.ts';
import { registrant } from '../generate/people.ts';
import type { Person } from '../generate/people.ts';
import { generateProducts } from '../generate/products.ts';
import { refundedAt } from '../generate/refund.ts';
import { MediaLibrary, recordedMedia } from '../media/library.ts';
import { recordedShop } from './recorded-shop.ts';
import type {
  CouponRecord,
  CustomerRecord,
  DatedRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  VariationRecord,
} from '../core/records.ts';
import { wireSeconds } from '../core/zone.ts';
import type { SiteZone } from '../core/zone.ts';

export interface ShopOptions extends GeneratorOptions {
  /** how many products to generate, beside the recorded ones */
  products: number;
  zone: SiteZone;
}

/** What an editor sees of a product, where its page shows it with paragraphs and entities. */
export interface TypedTexts {
  description: string;
  short_description: string;
}

/** Everything that the store sells and has sold. */
export interface Shop {
  zone: SiteZone;
  orders: Collection<OrderRecord>;
  refunds: Collection<RefundRecord>;
  products: Collection<ProductRecord>;
  variations: Collection<VariationRecord>;
  customers: Collection<CustomerRecord>;
  coupons: Collection<CouponRecord>;
  media: MediaLibrary;
  /** descriptions as they were typed, of products that were written through the API */
  typed: Map<number, Partial<TypedTexts>>;
  /** products and variations that were force-deleted: orders have forgotten them */
  forgotten: Set<number>;
}

/** Fills a shop from the recordings and the generator. The bench profile has generated orders only. */
export function openShop(options: ShopOptions): Shop {
  const { zone } = options;
  const recorded = recordedShop(zone, options.profile === 'mixed');
  const made = generateProducts(options.products, options.seed, recorded, zone);
  const products = [...recorded.products, ...made.products];
  const variations = [...recorded.variations, ...made.variations];
  const forgotten = new Set<number>();
  const generated = generateSales(options, buildCatalogue(products, variations), forgotten);
  return {
    zone,
    forgotten,
    media: mediaOf(products, variations),
    typed: new Map(),
    orders: new Collection([
      ...recorded.orders.map((order) => orderEntry(order, forgotten)),
      ...generated.orders,
    ]),
    refunds: new Collection([...recorded.refunds.map(refundEntry), ...generated.refunds]),
    products: new Collection(products.map(datedEntry)),
    variations: new Collection(
      variations.map((variation) => ({ ...datedEntry(variation), owner: variation.parent_id })),
    ),
    customers: new Collection([...recorded.customers.map(customerEntry), ...generated.customers]),
    coupons: new Collection(recorded.coupons.map(datedEntry)),
  };
}

function mediaOf(products: ProductRecord[], variations: VariationRecord[]): MediaLibrary {
  const pictures = [
    ...variations.flatMap(({ image }) => image ?? []),
    // Last, since products show every size of a picture.
    ...products.flatMap(({ images }) => images),
  ];
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));
  return new MediaLibrary([...byId.values()].map(recordedMedia));
}

interface Sales {
  orders: Entry<OrderRecord>[];
  refunds: Entry<RefundRecord>[];
  customers: Entry<CustomerRecord>[];
}

/** Entries only; the records themselves are built when somebody reads them. */
function generateSales(options: ShopOptions, catalogue: Catalogue, forgotten: Set<number>): Sales {
  const sales: Sales = { orders: [], refunds: [], customers: [] };
  const buyers = new Map<number, { first: number; last: number }>();
  const build = (index: number): ReturnType<typeof buildOrder> =>
    buildOrder(planOrder(index, options), options, catalogue, options.zone);
  for (let index = 0; index < options.orders; index += 1) {
    const plan = planOrder(index, options);
    sales.orders.push({
      ...planEntry(plan),
      read: () => forget(build(index).order, forgotten),
    });
    sales.refunds.push(...refundEntries(plan, () => build(index).refunds));
    noteBuyer(buyers, plan);
  }
  for (const [id, { first, last }] of buyers) {
    const buyer = customerPerson(id, options);
    sales.customers.push(generatedCustomer(id, buyer, first - 60, last, options.zone));
  }
  for (const { id, created } of registeredOnly(options)) {
    sales.customers.push(generatedCustomer(id, registrant(id), created, undefined, options.zone));
  }
  return sales;
}

function planEntry({
  id,
  created,
  modified,
  status,
  buyer,
}: OrderPlan): Omit<Entry<OrderRecord>, 'read'> {
  return { id, created, modified, status, owner: buyer.kind === 'customer' ? buyer.customer : 0 };
}

function refundEntries(plan: OrderPlan, build: () => RefundRecord[]): Entry<RefundRecord>[] {
  return plan.refunds.map((id, at) => {
    const created = refundedAt(plan, at);
    const read = (): RefundRecord => {
      const refund = build().find((candidate) => candidate.id === id);
      if (refund === undefined) {
        throw new Error(`The plan of order ${plan.id} names refund ${id}, but none was built.`);
      }
      return refund;
    };
    return { id, created, modified: created, status: 'completed', owner: plan.id, read };
  });
}

function noteBuyer(buyers: Map<number, { first: number; last: number }>, plan: OrderPlan): void {
  if (plan.buyer.kind !== 'customer') {
    return;
  }
  const known = buyers.get(plan.buyer.customer);
  buyers.set(plan.buyer.customer, {
    first: Math.min(known?.first ?? plan.created, plan.created),
    last: Math.max(known?.last ?? plan.created, plan.created),
  });
}

function generatedCustomer(
  id: number,
  buyer: Person,
  created: number,
  modified: number | undefined,
  zone: SiteZone,
): Entry<CustomerRecord> {
  return {
    id,
    created,
    modified: modified ?? created,
    status: 'customer',
    owner: 0,
    read: () => buildCustomer(id, buyer, created, modified, zone),
  };
}

/** The entry of an order that is held as a record. */
export function orderEntry(order: OrderRecord, forgotten: Set<number>): Entry<OrderRecord> {
  return {
    id: order.id,
    created: wireSeconds(order.date_created_gmt),
    modified: wireSeconds(order.date_modified_gmt),
    status: order.status,
    owner: order.customer_id,
    read: () => forget(order, forgotten),
  };
}

export function refundEntry(refund: RefundRecord): Entry<RefundRecord> {
  const created = wireSeconds(refund.date_created_gmt);
  return {
    id: refund.id,
    created,
    modified: created,
    status: 'completed',
    owner: refund.parent_id,
    read: () => refund,
  };
}

/** The `status` of a customer's entry is the role. */
export function customerEntry(customer: CustomerRecord): Entry<CustomerRecord> {
  return {
    id: customer.id,
    created: wireSeconds(customer.date_created_gmt),
    modified: wireSeconds(customer.date_modified_gmt ?? customer.date_created_gmt),
    status: customer.role,
    owner: 0,
    read: () => customer,
  };
}

/** Products, variations and coupons. */
export function datedEntry<R extends DatedRecord>(record: R): Entry<R> {
  return {
    id: record.id,
    created: wireSeconds(record.date_created_gmt),
    modified: wireSeconds(record.date_modified_gmt),
    status: record.status,
    owner: 0,
    read: () => record,
  };
}

/** Lines of force-deleted products lose their product and SKU, and the order's date does not move. */
function forget(order: OrderRecord, forgotten: Set<number>): OrderRecord {
  const gone = (line: { product_id: number; variation_id: number }): boolean =>
    forgotten.has(line.product_id) || forgotten.has(line.variation_id);
  if (forgotten.size === 0 || !order.line_items.some(gone)) {
    return order;
  }
  return {
    ...order,
    line_items: order.line_items.map((line) =>
      gone(line)
        ? {
            ...line,
            product_id: 0,
            variation_id: 0,
            sku: null,
            global_unique_id: null,
            image: { id: 0, src: '' },
            parent_name: null,
          }
        : line,
    ),
  };
}
