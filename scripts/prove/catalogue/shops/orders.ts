import type { Assumption } from '../../model/assumption.ts';

const NOTES = 'sidecar/src/sync/to-woo/order-notes.ts';

export const ORDERS_BACK: readonly Assumption[] = [
  {
    id: 'order-notes-read',
    statement:
      '`GET wc/v3/orders/{id}/notes` answers with all notes of an order at once, each with `note`, `customer_note` and `date_created_gmt`; the text is that of the POST but for entities, blanks and backslashes',
    places: [NOTES, 'local/store/resources/orders/notes.ts'],
    person:
      'Write a note of two lines with quotes, `&` and `<b>` into _Private Note_ of an order, and read `wc/v3/orders/{id}/notes`.',
  },
  {
    id: 'order-notes-quiet',
    statement: 'A note moves no modified date of its order, and no webhook tells of it',
    places: [NOTES, 'local/store/resources/orders/notes.ts'],
    person: 'Write a note, and look at the order’s `date_modified_gmt` before and after.',
  },
  {
    id: 'order-transitions',
    statement:
      'A shop without plugins does at each transition of the recipe what its record says: mails, stock, the date of payment',
    places: [
      'config/recipes/orders-back/customMetadata/Woo_Order_Transition.Order_Processing_Completed.md-meta.xml',
      'local/store/write/orders/order-status.ts',
    ],
    person:
      'Walk orders of a test shop through the transitions in Salesforce, with a plugin that logs mails, and look at stock and order notes.',
  },
  {
    id: 'order-flow-without-permission',
    statement:
      'A user who may edit orders and lacks _Send Outbound Messages_ saves an order all the same; at most no message is sent, and the sweep finds the edit',
    places: ['config/recipes/orders-back/flows/Woo_Order_Updated.flow-meta.xml'],
    person:
      'Take _Send Outbound Messages_ from a user with `Woo_Orders`, and change the status of an order as that user.',
  },
  {
    id: 'order-create-batch',
    statement:
      '`POST wc/v3/orders/batch` makes orders as `POST wc/v3/orders` does: with prices, taxes and `payment_url` of the shop, the custom fields of lines beside them, and an unknown product as a line of nothing',
    places: ['sidecar/src/sync/to-woo/create-orders.ts', 'local/store/write/orders/order-lines.ts'],
    person:
      'Make a draft with two lines in Salesforce, set its status, and compare the order of the shop, its lines’ `_salesforce_id` included.',
  },
  {
    id: 'order-pay-link',
    statement:
      'A guest’s order is paid at its `payment_url` by whoever has it, that of a customer once they sign in; a pending order that was made by the REST API mails nobody, takes no stock and is not cancelled by itself',
    places: [
      'config/recipes/draft-orders/customMetadata/Woo_Order_Transition.Order_Draft_Pending.md-meta.xml',
    ],
    person:
      'Make drafts of a guest and of a customer, open both links in a private window, and leave a third unpaid for longer than _Hold stock_ of the shop.',
  },
  {
    id: 'order-attribution',
    statement:
      'WooCommerce’s order attribution keeps where an order came from in custom fields `_wc_order_attribution_` and `source_type`, `referrer`, `utm_source`, `utm_medium`, `utm_campaign`, `utm_term`, `utm_content`, `session_entry`, `session_pages`, `session_count` and `device_type`, which `wc/v3/orders` shows in `meta_data`; recorded are the first and `utm_source`',
    places: [
      'sidecar/src/mapping/attributes/known-attributes.ts',
      'local/store/generate/order-meta.ts',
    ],
    person:
      'Buy in a test shop through a link with `utm_source`, `utm_medium`, `utm_campaign`, `utm_term` and `utm_content`, and look at `meta_data` of `wc/v3/orders/{id}`.',
  },
  {
    id: 'order-saved-by-read',
    statement:
      'Where a read saves an order (HPOS in compatibility mode, plugins), its webhook shows what the read showed, but for `date_modified` and `date_modified_gmt`',
    places: ['sidecar/src/sync/to-woo/echo-filter.ts', 'local/store/http/serve.ts'],
    person:
      'In a shop with HPOS in compatibility mode change an order, and look at `woo_salesforce_webhooks_total` of `/metrics`: `outcome="echo"` may rise, and the order must not be read again and again.',
  },
];
