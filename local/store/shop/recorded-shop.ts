import { buildCustomer } from '../generate/customer.ts';
import type { Person } from '../generate/people.ts';
import { byAmount, refundRecord } from '../generate/refund.ts';
import { recordedBody, recordingsIn } from '../core/recordings.ts';
import type {
  CouponRecord,
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  VariationRecord,
} from '../core/records.ts';
import { wireSeconds } from '../core/zone.ts';
import type { SiteZone } from '../core/zone.ts';

interface RecordedShop {
  orders: OrderRecord[];
  refunds: RefundRecord[];
  customers: CustomerRecord[];
  products: ProductRecord[];
  variations: VariationRecord[];
  coupons: CouponRecord[];
}

const SEEDED = wireSeconds('2026-11-24T22:36:24');
const FIRST_META = 40_000_000;

/**
 * The recorded records, with what they refer to but nobody recorded filled in from them:
 * customers of recorded orders, refunds that orders list, products that were in the trash.
 */
export function recordedShop(zone: SiteZone, withOrders: boolean): RecordedShop {
  const orders = withOrders ? recordedOrders().map((order) => inZone(order, zone)) : [];
  const products = recordedBody('products/list-100.json') as ProductRecord[];
  return {
    orders,
    refunds: orders.flatMap((order) => refundsOf(order, zone)),
    customers: withMissingCustomers(recordedCustomers(), orders, zone).map((customer) =>
      inZone(customer, zone),
    ),
    products: [...products, ...trashedProducts(products, orders)].map((product) =>
      inZone(product, zone),
    ),
    variations: recordedVariations().map((variation) => inZone(variation, zone)),
    coupons: (recordedBody('coupons/list.json') as CouponRecord[]).map((coupon) =>
      inZone(coupon, zone),
    ),
  };
}

function recordedOrders(): OrderRecord[] {
  const singles = recordingsIn('orders').filter(
    (path) => path.includes('/one-') || path.endsWith('/get-trashed.json'),
  );
  const all = [
    ...(recordedBody('orders/list-100.json') as OrderRecord[]),
    ...singles.map((path) => recordedBody(path) as OrderRecord),
  ];
  return [...new Map(all.map((order) => [order.id, order])).values()];
}

function recordedCustomers(): CustomerRecord[] {
  const all = [
    ...(recordedBody('customers/list-100.json') as CustomerRecord[]),
    ...(recordedBody('customers/list-role-all-tail.json') as CustomerRecord[]),
  ];
  return [...new Map(all.map((customer) => [customer.id, customer])).values()];
}

/**
 * The global list, which alone has all of them; links are made when an answer is built, and so is the stock that a
 * product lends: it is the product's of that moment.
 */
function recordedVariations(): VariationRecord[] {
  const shown = recordedBody('products/variations-all.json') as VariationRecord[];
  return shown.map((variation) =>
    variation.manage_stock === 'parent'
      ? { ...variation, manage_stock: false, stock_quantity: null }
      : variation,
  );
}

function withMissingCustomers(
  known: CustomerRecord[],
  orders: OrderRecord[],
  zone: SiteZone,
): CustomerRecord[] {
  const byId = new Map(known.map((customer) => [customer.id, customer]));
  for (const order of orders) {
    if (order.customer_id !== 0 && !byId.has(order.customer_id)) {
      const person = personOf(order);
      const customer = buildCustomer(order.customer_id, person, SEEDED, SEEDED, zone);
      byId.set(order.customer_id, customer);
    }
  }
  return [...byId.values()];
}

function personOf({ billing }: OrderRecord): Person {
  const { city, state, postcode, country } = billing;
  return {
    firstName: billing.first_name,
    lastName: billing.last_name,
    company: billing.company,
    street: billing.address_1,
    email: billing.email ?? '',
    phone: billing.phone,
    place: { city, state, postcode, country, rates: [] },
  };
}

function refundsOf(order: OrderRecord, zone: SiteZone): RefundRecord[] {
  return order.refunds.map(({ id, reason, total }) => {
    const amount = total.replace('-', '');
    const type = amount === order.total ? 'full' : 'partial';
    const at = wireSeconds(order.date_modified_gmt);
    return refundRecord(id, order.id, at, byAmount(amount, reason, type), FIRST_META + id, zone);
  });
}

/** Lists leave the trash out, so trashed products are known only from the orders that sold them. */
function trashedProducts(products: ProductRecord[], orders: OrderRecord[]): ProductRecord[] {
  const known = new Set(products.map(({ id }) => id));
  const template = products.find(
    ({ type, status, price }) => type === 'simple' && status === 'publish' && price !== '',
  );
  const found = new Map<number, ProductRecord>();
  for (const line of orders.flatMap(({ line_items }) => line_items)) {
    if (line.product_id !== 0 && !known.has(line.product_id) && template !== undefined) {
      found.set(line.product_id, {
        ...structuredClone(template),
        id: line.product_id,
        name: line.name,
        slug: `${line.sku ?? ''}__trashed`.toLowerCase(),
        sku: line.sku ?? '',
        price: String(line.price),
        regular_price: String(line.price),
        sale_price: '',
        on_sale: false,
        status: 'trash',
        global_unique_id: '',
        images: [],
        meta_data: [],
        _links: relinked(template, line.product_id),
      });
    }
  }
  return [...found.values()];
}

function relinked({ _links, id }: ProductRecord, to: number): ProductRecord['_links'] {
  const links = structuredClone(_links);
  for (const link of Object.values(links).flat()) {
    link.href = link.href.replace(new RegExp(`/${id}$`), `/${to}`);
  }
  return links;
}

/** Site times follow from the UTC ones, so a shop in another zone shows other site times. */
function inZone<R extends object>(record: R, zone: SiteZone): R {
  const moved = Object.entries(record).map(([field, value]: [string, unknown]) => {
    const gmt: unknown = Reflect.get(record, `${field}_gmt`);
    return [field, typeof gmt === 'string' ? zone.pair(wireSeconds(gmt)).site : value] as const;
  });
  return Object.fromEntries(moved) as R;
}
