/** A list of the shop's REST API; `variations` are those of all products. */
export type WooList = 'orders' | 'refunds' | 'products' | 'variations' | 'customers';

/** What happens to a record, as a webhook's topic says it. */
export type Change = 'created' | 'updated' | 'restored' | 'deleted';

/** What the sync has to know of a resource besides its attributes. */
interface ResourceFacts<Name extends string> {
  /** Whose change events, queue and sweep bring its records: its own, or those of what it is a part of. */
  readonly comesWith: Name;
  /** Where the shop shows its records; their ids do not overlap. */
  readonly lists: readonly [WooList, ...WooList[]];
  /** Its records are parts of those of the list, and are read with them. */
  readonly isEmbedded: boolean;
  /** A list leaves out what is in the trash, and shows it when asked for. */
  readonly hasTrash: boolean;
  /** By which date its lists are swept; null where the shop cannot be asked for one. */
  readonly sweptBy: 'date_modified_gmt' | 'date_created_gmt' | null;
  /** Of what the shop sends webhooks. */
  readonly webhooks: readonly Change[];
  /** Whether its lists are counted at night, to find what was deleted for good. */
  readonly isCounted: boolean;
  /** Whether its records have custom fields that can be written on their own. */
  readonly hasMeta: boolean;
  /**
   * What the sync itself reads of a list's records where the resource is mapped: who placed an order, parts that
   * are gone, what leaves with a product, whom a customer's address may match.
   */
  readonly reads: Readonly<Partial<Record<WooList, readonly string[]>>>;
}

const EACH_CHANGE = ['created', 'updated', 'restored', 'deleted'] as const;

/**
 * The one table of what can be synced, in the order of a backfill: parents before those that name them. A new
 * resource is an entry here, its attributes in `mapping/attributes`, and a function for each list in
 * `sync/pipeline/backfill-lists.ts`.
 */
const TABLE = {
  product: {
    comesWith: 'product',
    lists: ['products', 'variations'],
    isEmbedded: false,
    hasTrash: true,
    sweptBy: 'date_modified_gmt',
    webhooks: EACH_CHANGE,
    isCounted: true,
    hasMeta: true,
    reads: { products: ['parent_id', 'variations'], variations: ['parent_id'] },
  },
  customer: {
    comesWith: 'customer',
    lists: ['customers'],
    isEmbedded: false,
    // WooCommerce takes a webhook with the topic customer.restored, and has nothing that fires it.
    hasTrash: false,
    sweptBy: null,
    webhooks: ['created', 'updated', 'deleted'],
    isCounted: false,
    hasMeta: true,
    reads: { orders: ['customer_id', 'billing', 'shipping'], customers: ['email'] },
  },
  order: {
    comesWith: 'order',
    lists: ['orders'],
    isEmbedded: false,
    hasTrash: true,
    sweptBy: 'date_modified_gmt',
    webhooks: EACH_CHANGE,
    isCounted: true,
    hasMeta: true,
    reads: {},
  },
  order_item: {
    comesWith: 'order',
    lists: ['orders'],
    isEmbedded: true,
    hasTrash: false,
    sweptBy: null,
    webhooks: [],
    isCounted: false,
    hasMeta: false,
    reads: {},
  },
  // Refunds never change.
  refund: {
    comesWith: 'order',
    lists: ['refunds'],
    isEmbedded: false,
    hasTrash: false,
    sweptBy: 'date_created_gmt',
    webhooks: [],
    isCounted: true,
    hasMeta: false,
    reads: { orders: ['refunds'], refunds: ['parent_id'] },
  },
} as const satisfies Readonly<Record<string, ResourceFacts<string>>>;

/**
 * What a mapping maps. A variation is a `product` with a parent; `order_item` covers product, shipping,
 * fee, coupon and tax lines; a guest is a `customer` without a number.
 */
export type Resource = keyof typeof TABLE;

/** What a change event is about. An order's covers its items and refunds; a variation's is a product's. */
export type ChangeResource = (typeof TABLE)[Resource]['comesWith'];

export const RESOURCES: Readonly<Record<Resource, ResourceFacts<ChangeResource>>> = TABLE;

export const RESOURCE_NAMES = Object.keys(TABLE) as readonly Resource[];

export const CHANGE_RESOURCES: readonly ChangeResource[] = [
  ...new Set(RESOURCE_NAMES.map((resource) => RESOURCES[resource].comesWith)),
];

/** Whether its records belong to one of another resource, as an order's items do. */
export function isPart(resource: Resource): boolean {
  return RESOURCES[resource].comesWith !== resource;
}

/** Whether what is read for a change event, or a part of it, is mapped as the resource: an order brings its guest. */
export function isReadFor(resource: Resource, changed: ChangeResource): boolean {
  const { lists, reads } = RESOURCES[resource];
  return RESOURCES[changed].lists.some((list) => lists.includes(list) || list in reads);
}

/** The resources whose records a change event brings, its own first. */
export function broughtBy(resource: ChangeResource): readonly Resource[] {
  return RESOURCE_NAMES.filter((one) => RESOURCES[one].comesWith === resource);
}
