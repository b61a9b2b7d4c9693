import type { Assumption } from '../../model/assumption.ts';

const SWEEP = 'sidecar/src/sync/detect/sweep-cursor.ts';
const UPLOAD = 'sidecar/src/sync/images/upload/product-upload.ts';

export const OTHERS: readonly Assumption[] = [
  {
    id: 'trashed-variations',
    statement:
      'A trashed product names no variations any more; those are in the trash themselves, and `variations?status=trash` lists them',
    places: ['sidecar/src/sync/pipeline/backfill.ts', 'local/store/write/edits.ts'],
    person:
      'Trash a variable product, then read `wc/v3/products/{id}` and `wc/v3/variations?status=trash`.',
  },
  {
    id: 'lists-sorted-by-id',
    statement:
      '`orderby=id` sorts orders and refunds by their ids too, in both directions, so that the first one with `order=desc` is the newest; products, variations and customers are recorded so',
    places: [
      'sidecar/src/woo/page-cursor.ts',
      'sidecar/src/sync/reconcile/missing-in-woo.ts',
      'sidecar/src/engine/commands/editor/latest-record.ts',
    ],
    person:
      'Read `wc/v3/orders?orderby=id&order=desc&_fields=id` and the same of `refunds`, with `order=asc` too.',
  },
  {
    id: 'webhooks-behind-proxies',
    statement:
      'Webhooks pass a real reverse proxy, CDN and bot filter with their headers and the bytes of their body unchanged',
    places: ['sidecar/src/http/webhooks/webhook-signature.ts'],
    person:
      'Start the service with PUBLIC_URL, change an order, and look for WEBHOOK_ codes in its log.',
  },
  {
    id: 'webhook-queue-in-order',
    statement:
      'Action Scheduler delivers webhooks in the order in which they were queued, but for the batches of 25 that it works on at the same time, and the same webhook of the same record waits once',
    places: ['sidecar/src/sync/to-woo/shop-backlog.ts', 'local/store/webhooks/outbox.ts'],
    person:
      'Change 1,000 products at once in Salesforce, and look at `woo_salesforce_shop_unacknowledged` of `/metrics`: it stays below 300 and comes back to 0; WooCommerce › Status › Scheduled Actions shows about as many pending `woocommerce_deliver_webhook_async` for each of the shop’s webhooks of products.',
  },
  {
    id: 'changed-webhook-secret',
    statement: 'A changed secret signs from the next delivery on, also those that waited already',
    places: ['sidecar/src/sync/detect/webhook-keeper.ts'],
    person:
      'Change SIDECAR_SECRET while many orders change, with the old one in SIDECAR_SECRET_OLD.',
  },
  {
    id: 'disabled-webhooks',
    statement:
      'Other versions than 10.5 disable webhooks after as many failures, send the same headers and the same unsigned ping',
    places: ['sidecar/src/http/webhooks/webhook-receiver.ts', 'local/store/webhooks'],
    person: 'Stop the service, change six orders, and look at the webhook in the shop.',
  },
  {
    id: 'late-changes',
    statement:
      'Changes are in the shop’s lists at the latest two minutes behind their own date, also in a shop that is busy',
    places: [SWEEP],
    person:
      'Look at _Last Reconcile_ of a busy shop for a week: it repairs nothing that was changed.',
  },
  {
    id: 'counts-of-large-shops',
    statement:
      'A shop with hundreds of thousands of records counts its lists (`X-WP-Total`) in time, also filtered by date',
    places: ['sidecar/src/sync/reconcile/missing-in-woo.ts'],
    person: 'Run `woo-salesforce reconcile` against such a shop.',
  },
  {
    id: 'stock-before-10-5',
    statement:
      'Before 10.5 an order that takes stock moves no date of the product: it is looked at because the order names it; stock that a plugin changes past WooCommerce’s functions is seen at night only',
    places: [
      'sidecar/src/sync/pipeline/sync-changes.ts',
      'sidecar/src/sync/reconcile/reconcile-store.ts',
    ],
    person: 'Buy a product in an older shop, and see its stock in Salesforce.',
  },
  {
    id: 'sku-of-variations',
    statement:
      'No variation has the SKU of its own product as one of its own: WooCommerce refuses it, but a shop may turn that check off (`wc_product_has_unique_sku`); the variation then has none in Salesforce',
    places: ['sidecar/src/sync/read/variations.ts'],
    person: 'Look for the filter in the plugins and the theme of the shop.',
  },
  {
    id: 'unknown-image-of-a-variation',
    statement: 'An unknown image of a variation is refused as that of a product is',
    places: [UPLOAD],
    person: 'Put `{"image":{"id":999999999}}` to a variation.',
  },
  {
    id: 'order-of-images',
    statement:
      'The answer to a write of images lists them in the order in which they were sent, also where a plugin renames files',
    places: [UPLOAD],
    person: 'Sync three images in a shop with such a plugin, and look at their order.',
  },
  {
    id: 'lists-by-the-handbook',
    statement:
      'Reviews, tags and tax classes look as WooCommerce’s handbook shows them, also with `_fields`; reviews are listed when they are approved unless `status` asks for others',
    places: [
      'local/store/resources/products/reviews.ts',
      'local/store/resources/products/product-terms.ts',
      'local/store/resources/tax-classes.ts',
    ],
    person:
      'Read `wc/v3/products/reviews`, `wc/v3/products/tags` and `wc/v3/taxes/classes` of a shop that has some.',
  },
  {
    id: 'wrong-password-beside-woocommerce',
    statement:
      'With WooCommerce a wrong application password is a 401 for every read; WordPress alone answers it as a stranger',
    places: ['local/store/rest/request/auth.ts'],
    person:
      'Ask `wp/v2/posts` of the shop with a wrong application password over https: it must answer 401.',
  },
  {
    id: 'rights-of-shop-managers',
    statement:
      'A shop manager reads private posts and those of others, and lists users, as WooCommerce’s source gives the role',
    places: ['local/store/content/rights.ts'],
    person:
      'As a shop manager read `wp/v2/users?context=edit` and `wp/v2/posts?status=private`: both must answer 200.',
  },
];
