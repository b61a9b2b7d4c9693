import type { Topic } from '../shop/ledger.ts';

/** What each topic listens to. `customer.restored` is accepted and never fires. */
const hooks: Record<string, readonly string[]> = {
  'coupon.created': ['woocommerce_process_shop_coupon_meta', 'woocommerce_new_coupon'],
  'coupon.updated': ['woocommerce_process_shop_coupon_meta', 'woocommerce_update_coupon'],
  'coupon.deleted': ['wp_trash_post'],
  'coupon.restored': ['untrashed_post'],
  'customer.created': ['user_register', 'woocommerce_created_customer', 'woocommerce_new_customer'],
  'customer.updated': ['profile_update', 'woocommerce_update_customer'],
  'customer.deleted': ['delete_user'],
  'customer.restored': [],
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post', 'woocommerce_trash_order'],
  'order.restored': ['untrashed_post', 'woocommerce_untrash_order'],
  'product.created': [
    'woocommerce_process_product_meta',
    'woocommerce_new_product',
    'woocommerce_new_product_variation',
  ],
  'product.updated': [
    'woocommerce_process_product_meta',
    'woocommerce_update_product',
    'woocommerce_update_product_variation',
  ],
  'product.deleted': ['wp_trash_post'],
  'product.restored': ['untrashed_post'],
};

/** The action that a change in the local store does, of the many that a real shop knows. */
const actions: Partial<Record<Topic, string>> = {
  'order.created': 'woocommerce_new_order',
  'order.updated': 'woocommerce_update_order',
  'order.deleted': 'woocommerce_trash_order',
  'product.created': 'woocommerce_new_product',
  'product.updated': 'woocommerce_update_product',
  'customer.created': 'woocommerce_new_customer',
  'customer.updated': 'woocommerce_update_customer',
};

/** Whether WooCommerce takes a topic: its sixteen, or any action of its own. */
export function isTopic(topic: string): boolean {
  return topic in hooks || /^action\.(woocommerce_|wc_)\w+$/.test(topic);
}

export function hooksOf(topic: string): readonly string[] {
  return hooks[topic] ?? [splitTopic(topic).event];
}

/** `order.created` is about the resource order and the event created. */
export function splitTopic(topic: string): { resource: string; event: string } {
  const at = topic.indexOf('.');
  return { resource: topic.slice(0, at), event: topic.slice(at + 1) };
}

/** Whether a webhook of this topic hears of a change. */
export function hears(webhookTopic: string, change: Topic): boolean {
  return webhookTopic === change || webhookTopic === `action.${actions[change] ?? ''}`;
}
