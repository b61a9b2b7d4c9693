import { Edits } from './write/edits.ts';
import type { Faults } from './faults/faults.ts';
import type { RequestCount } from './rest/request-count.ts';
import { Authenticator } from './rest/request/auth.ts';
import { Dispatcher } from './http/dispatch.ts';
import { wireText } from './rest/response/reply.ts';
import type { Route } from './rest/route.ts';
import type { Hosting } from './core/hosting.ts';
import type { Ledger } from './shop/ledger.ts';
import { ImageFetcher } from './write/media/fetch-image.ts';
import { MediaFiles } from './media/files.ts';
import type { StoreOptions } from './options.ts';
import { contentRoutes } from './resources/content/content.ts';
import { couponRoutes } from './resources/orders/coupons.ts';
import { customerWriteRoutes } from './resources/customer-writes.ts';
import { customerRoutes } from './resources/customers.ts';
import { mediaRoutes } from './resources/media/media.ts';
import { noteRoutes } from './resources/orders/notes.ts';
import { orderWriteRoutes } from './resources/orders/order-writes.ts';
import { orderRoutes } from './resources/orders/orders.ts';
import { productTermRoutes } from './resources/products/product-terms.ts';
import { reviewRoutes } from './resources/products/reviews.ts';
import { taxClassRoutes } from './resources/tax-classes.ts';
import { productWriteRoutes } from './resources/products/product-writes.ts';
import { productRoutes } from './resources/products/products.ts';
import { refundRoutes } from './resources/orders/refunds.ts';
import { recordedListRoutes } from './resources/recorded-lists.ts';
import { settingRoutes, siteIndex } from './resources/settings.ts';
import { variationWriteRoutes } from './resources/products/variation-writes.ts';
import { webhookRoutes } from './resources/webhooks.ts';
import { signedIn } from './shop/users.ts';
import type { UrlRules } from './core/safe-url.ts';
import { Transport } from './webhooks/transport.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { CatalogueWrites } from './write/catalogue-writes.ts';
import { PeopleWrites } from './write/content/people-writes.ts';
import { PostWrites } from './write/content/post-writes.ts';
import { CustomerWrites } from './write/customer-writes.ts';
import { Images } from './write/media/images.ts';
import { MediaWrites } from './write/media/media-writes.ts';
import { OrderWrites, orderStatuses } from './write/orders/order-writes.ts';
import { ProductWrites } from './write/products/product-writes.ts';
import { RefundWrites } from './write/orders/refund-writes.ts';
import { VariationWrites } from './write/products/variation-writes.ts';

/** The shop's REST API with what writes through it. */
export interface Api {
  dispatcher: Dispatcher;
  edits: Edits;
  orders: OrderWrites;
  media: MediaWrites;
  files: MediaFiles;
  posts: PostWrites;
  people: PeopleWrites;
  catalogue: CatalogueWrites;
  webhooks: Webhooks;
  /** Ends what is under way and forgets the stored files. */
  close: () => Promise<void>;
}

interface ApiParts {
  ledger: Ledger;
  options: StoreOptions;
  rules: UrlRules;
  faults: Faults;
  requests: RequestCount;
  hosting: Hosting;
}

/** Puts the parts of the API together. */
export function openApi(parts: ApiParts): Api {
  const { ledger, options, rules, faults, requests, hosting } = parts;
  const edits = new Edits(ledger);
  const orders = new OrderWrites(ledger, [...orderStatuses, ...options.customStatuses]);
  const webhooks = new Webhooks({
    ledger,
    transport: new Transport(rules, options.webhookTimeoutMs),
    payload: (resource, id) => payload(resource, id),
    copies: (topic) => faults.takeCopies(topic),
    delayMs: options.webhookDelayMs,
  });
  const applicationPasswords = [...options.credentials.applicationPasswords];
  const posts = new PostWrites(ledger, hosting);
  const people = new PeopleWrites(ledger, applicationPasswords);
  const catalogue = new CatalogueWrites(ledger);
  const files = new MediaFiles();
  const media = new MediaWrites(ledger, files, requests);
  const { fetchTimeoutMs, maxUploadBytes } = options;
  const limits = { timeoutMs: fetchTimeoutMs, maxBytes: maxUploadBytes };
  const fetcher = new ImageFetcher(rules, limits, faults);
  const images = new Images(ledger.shop.media, fetcher, media);
  const dispatcher = new Dispatcher(
    new Authenticator({
      credentials: { ...options.credentials, applicationPasswords },
      now: options.now,
      people: (name) => signedIn(ledger.shop, name),
      passwordsNeedHttps: () => hosting.production,
    }),
    allRoutes({ ledger, edits, orders, webhooks, options, media, images }),
    siteIndex(ledger.shop.zone, options.siteName, options.now),
  );
  // Deliveries are built outside of any request, so their links name the site's own address.
  const payload = async (resource: string, id: number | string): Promise<string> => {
    const path = `/wc/v3/${resource}s/${id}`;
    const site = rules.siteUrl();
    const { body } = await dispatcher.read(path, `${site}/wp-json${path}`);
    return wireText(body, { secure: site, plain: site.replace(/^https:/, 'http:') });
  };
  const close = async (): Promise<void> => {
    fetcher.close();
    await Promise.all([webhooks.close(), files.close()]);
  };
  return { dispatcher, edits, orders, media, files, posts, people, catalogue, webhooks, close };
}

interface Parts {
  ledger: Ledger;
  edits: Edits;
  orders: OrderWrites;
  webhooks: Webhooks;
  options: StoreOptions;
  media: MediaWrites;
  images: Images;
}

function allRoutes({ ledger, edits, orders, webhooks, options, media, images }: Parts): Route[] {
  const { shop } = ledger;
  const { customStatuses } = options;
  const products = new ProductWrites(ledger, images);
  const variations = new VariationWrites(ledger, images, products);
  return [
    ...orderRoutes(shop, customStatuses, orderWriteRoutes(shop, orders, edits, customStatuses)),
    ...noteRoutes(ledger),
    ...refundRoutes(shop, new RefundWrites(ledger, edits), edits),
    ...productRoutes(shop, {
      products: productWriteRoutes(shop, products, edits),
      variations: variationWriteRoutes(shop, variations),
    }),
    ...customerRoutes(shop, customerWriteRoutes(shop, new CustomerWrites(ledger), edits)),
    ...couponRoutes(shop),
    ...webhookRoutes(ledger, webhooks),
    ...settingRoutes(),
    ...recordedListRoutes(shop),
    ...productTermRoutes(shop),
    ...reviewRoutes(shop),
    ...taxClassRoutes(),
    ...mediaRoutes(ledger, media),
    ...contentRoutes(shop),
  ];
}
