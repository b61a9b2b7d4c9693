import { recordedSite } from '../content/site.ts';
import type { SiteContent } from '../content/site.ts';
import { Collection } from '../core/collection.ts';
import type {
  CouponRecord,
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  VariationRecord,
} from '../core/records.ts';
import type { SiteZone } from '../core/zone.ts';
import { buildCatalogue } from '../generate/catalogue.ts';
import { generateProducts } from '../generate/products.ts';
import { MediaLibrary, recordedMedia, recordedSiteMedia } from '../media/library.ts';
import { recordedCategories, someReviews } from './catalogue-lists.ts';
import type { ProductTerm, ReviewRecord } from './catalogue-lists.ts';
import { customerEntry, datedEntry, orderEntry, refundEntry } from './entries.ts';
import { generateSales } from './generated-sales.ts';
import { recordedShop } from './recorded-shop.ts';
import type { ShopOptions } from './shop-options.ts';

/** What an editor sees of a product, where its page shows it with paragraphs and entities. */
interface TypedTexts {
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
  categories: Collection<ProductTerm>;
  reviews: Collection<ReviewRecord>;
  media: MediaLibrary;
  /** posts, users and terms of the WordPress that the shop is part of */
  site: SiteContent;
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
    site: recordedSite(),
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
    categories: recordedCategories(),
    reviews: someReviews(recorded.products),
  };
}

function mediaOf(products: ProductRecord[], variations: VariationRecord[]): MediaLibrary {
  const images = [
    ...variations.flatMap(({ image }) => image ?? []),
    // Last, since products show every size of an image.
    ...products.flatMap(({ images }) => images),
  ];
  const byId = new Map(images.map((image) => [image.id, image]));
  return new MediaLibrary([...[...byId.values()].map(recordedMedia), ...recordedSiteMedia()]);
}
