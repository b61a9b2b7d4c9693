import { randomBytes } from 'node:crypto';

/** As WooCommerce makes one for each order that is placed: no two have the same. */
export function newOrderKey(): string {
  return `wc_order_${randomBytes(10).toString('base64url').slice(0, 13)}`;
}
