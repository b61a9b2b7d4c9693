/**
 * A list of the shop's REST API, by its path below wc/v3; `variations` are those of all products. What WordPress keeps
 * is `content/` and the name of its type: where its list is, the shop itself says.
 */
export type WooList =
  | ('orders' | 'refunds' | 'products' | 'variations' | 'customers')
  | ('coupons' | 'products/categories' | 'products/tags' | 'products/attributes')
  | ('products/reviews' | 'taxes/classes')
  | ContentList;

export type ContentList = `content/${string}`;

/** What happens to a record, as a webhook's topic says it. */
export type Change = 'created' | 'updated' | 'restored' | 'deleted';

/** What the sync has to know of a resource besides its attributes. */
interface ResourceFacts<Name extends string> {
  /** Whose change events, queue and sweep bring its records: its own, or those of what it is a part of. */
  readonly comesWith: Name;
  /**
   * What stands between store and id in the keys of its records: their ids are no others', and its change events share
   * one queue. `each` where the records tell; null where there is nothing between them.
   */
  readonly keyType: string | null;
  /** Where the shop shows its records; their ids do not overlap. None where that depends on the mapping. */
  readonly lists: readonly WooList[];
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
  /** Whether edits in Salesforce can go to the shop. */
  readonly goesBack: boolean;
  /**
   * What tells a record from another one under its id, once all of it that both have differs (of several, two at
   * least). An order key is random and never changes; a product's date moves when a draft is published, its SKU and
   * slug are edited, and so is a customer's address.
   */
  readonly marks: readonly string[];
  /**
   * What the sync itself reads of a list's records where the resource is mapped: who placed an order, parts that
   * are gone, what leaves with a product, whom a customer's address may match.
   */
  readonly reads: Readonly<Partial<Record<WooList, readonly string[]>>>;
}

const EACH_CHANGE = ['created', 'updated', 'restored', 'deleted'] as const;

/** What WooCommerce keeps in lists of their own, whose records nothing else brings. */
const LISTED = {
  comesWith: 'content',
  isEmbedded: false,
  // What a list leaves out is asked for by itself, and nothing is counted: such lists are read whole at night.
  hasTrash: false,
  sweptBy: null,
  webhooks: [],
  isCounted: false,
  hasMeta: false,
  goesBack: false,
  marks: [],
  reads: {},
} as const;

/**
 * The one table of what can be synced, in the order of a backfill: parents before those that name them. A new
 * resource is an entry here, its attributes in `mapping/attributes`, and, where its records are not brought into step
 * each for itself, a function for each list in `sync/pipeline/backfill-lists.ts`.
 */
const TABLE = {
  product_category: { ...LISTED, keyType: 'product_category', lists: ['products/categories'] },
  product_tag: { ...LISTED, keyType: 'product_tag', lists: ['products/tags'] },
  product_attribute: { ...LISTED, keyType: 'product_attribute', lists: ['products/attributes'] },
  tax_class: {
    ...LISTED,
    keyType: 'tax_class',
    lists: ['taxes/classes'],
    reads: { 'taxes/classes': ['slug'] },
  },
  // Posts, pages, users, media, terms and whatever plugins add: which of them, the mapping says.
  content: { ...LISTED, keyType: 'each', lists: [], sweptBy: 'date_modified_gmt' },
  coupon: {
    ...LISTED,
    keyType: 'coupon',
    lists: ['coupons'],
    sweptBy: 'date_modified_gmt',
    webhooks: EACH_CHANGE,
  },
  product: {
    comesWith: 'product',
    keyType: null,
    lists: ['products', 'variations'],
    isEmbedded: false,
    hasTrash: true,
    sweptBy: 'date_modified_gmt',
    webhooks: EACH_CHANGE,
    isCounted: true,
    hasMeta: true,
    goesBack: true,
    marks: ['date_created_gmt', 'sku', 'slug'],
    reads: {
      products: ['parent_id', 'variations', 'date_created_gmt', 'sku', 'slug'],
      variations: ['parent_id', 'date_created_gmt', 'sku', 'slug'],
    },
  },
  customer: {
    comesWith: 'customer',
    keyType: null,
    lists: ['customers'],
    isEmbedded: false,
    // WooCommerce takes a webhook with the topic customer.restored, and has nothing that fires it.
    hasTrash: false,
    sweptBy: null,
    webhooks: ['created', 'updated', 'deleted'],
    isCounted: false,
    hasMeta: true,
    goesBack: false,
    marks: ['date_created_gmt', 'email'],
    reads: {
      orders: [
        'customer_id',
        'billing',
        'shipping',
        // What a customer spent is counted of every order.
        'status',
        'currency',
        'total',
        'refunds',
        'date_created_gmt',
      ],
      customers: ['email', 'date_created_gmt'],
    },
  },
  order: {
    comesWith: 'order',
    keyType: null,
    lists: ['orders'],
    isEmbedded: false,
    hasTrash: true,
    sweptBy: 'date_modified_gmt',
    webhooks: EACH_CHANGE,
    isCounted: true,
    hasMeta: true,
    goesBack: true,
    marks: ['order_key'],
    reads: { orders: ['order_key'] },
  },
  order_item: {
    comesWith: 'order',
    keyType: null,
    lists: ['orders'],
    isEmbedded: true,
    hasTrash: false,
    sweptBy: null,
    webhooks: [],
    isCounted: false,
    hasMeta: false,
    goesBack: false,
    marks: [],
    reads: {},
  },
  // Refunds never change.
  refund: {
    comesWith: 'order',
    keyType: null,
    lists: ['refunds'],
    isEmbedded: false,
    hasTrash: false,
    sweptBy: 'date_created_gmt',
    webhooks: [],
    isCounted: true,
    hasMeta: false,
    goesBack: false,
    marks: [],
    reads: { orders: ['refunds'], refunds: ['parent_id'] },
  },
  product_review: { ...LISTED, keyType: 'product_review', lists: ['products/reviews'] },
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
  return !isTyped(resource) && RESOURCES[resource].comesWith !== resource;
}

/** Whether the keys of its records say what they are of. */
export function isTyped(resource: Resource): boolean {
  return RESOURCES[resource].keyType !== null;
}

/** Whether what is read for a change event, or a part of it, is mapped as the resource: an order brings its guest. */
export function isReadFor(resource: Resource, changed: ChangeResource): boolean {
  const { comesWith, lists, reads } = RESOURCES[resource];
  if (comesWith === changed) return true;
  return RESOURCES[changed].lists.some((list) => lists.includes(list) || list in reads);
}

/** The resources whose records a change event brings, its own first. */
export function broughtBy(resource: ChangeResource): readonly Resource[] {
  return RESOURCE_NAMES.filter((one) => RESOURCES[one].comesWith === resource);
}

/** What a mapping maps: the resource and, of WordPress's content, the type. */
export interface Mapped {
  readonly resource: Resource;
  /** Such as `page`, `user` or `category`; null for every other resource. */
  readonly contentType: string | null;
}

/** What stands between store and id in the keys of its records; null for nothing. */
export function recordTypeOf({ resource, contentType }: Mapped): string | null {
  const { keyType } = RESOURCES[resource];
  return keyType === 'each' ? contentType : keyType;
}

/** Whether both map the same records. */
export function mapsSame(a: Mapped, b: Mapped): boolean {
  return a.resource === b.resource && recordTypeOf(a) === recordTypeOf(b);
}

/** The lists that show its records. */
export function listsOf(mapped: Mapped): readonly WooList[] {
  const { lists } = RESOURCES[mapped.resource];
  const type = recordTypeOf(mapped);
  return lists.length === 0 && type !== null ? [`content/${type}`] : lists;
}

/** Lists that the shop gives as a whole: it knows neither pages of them nor ids. */
const WHOLE: ReadonlySet<WooList> = new Set(['products/attributes', 'taxes/classes']);

export function isWhole(list: WooList): boolean {
  return WHOLE.has(list);
}

export function isContent(list: WooList): list is ContentList {
  return list.startsWith('content/');
}
