import type { ShopAnswer } from '../../lib/shop/direct-call.ts';
import { codeOf, pageProblem, said } from './shop-site.ts';

const WHERE = 'WooCommerce › Settings › Advanced › REST API';
const WRONG_SECRET = 'woocommerce_rest_authentication_error';

/** Why the key may not read orders; null where it may. @param orders a list of one order */
export function readProblem(url: string, orders: ShopAnswer): string | null {
  const { host } = new URL(url);
  const { status, header, body } = orders;
  if (typeof body === 'string') return pageProblem(url, orders);
  if (status === 200)
    return header('x-wp-total') === null
      ? `${host} answers without the header X-WP-Total: let the proxy, the cache or the firewall in front of the shop pass it on.`
      : null;
  if (codeOf(orders) === WRONG_SECRET) {
    return messageOf(orders).includes('permission')
      ? `The key of ${host} may not read: edit it in ${WHERE}, and give it Read/Write.`
      : `The secret is not that of the key at ${host}: make a new key in ${WHERE} if it is lost.`;
  }
  if (status === 401)
    return `${host} knows no such key (${said(orders)}): see whether it is of this shop, and not revoked; if it is right, let the web server pass on the header Authorization, and the proxy send X-Forwarded-Proto: https.`;
  if (status === 403)
    return `The user of the key may not see orders at ${host}: give the key to one with the role Shop manager or Administrator.`;
  return `${host} does not list its orders (${said(orders)}): see whether WooCommerce is active and up to date.`;
}

/** Why the key may not write products; null where it may. @param batch what an empty batch of products gave */
export function writeProblem(url: string, batch: ShopAnswer): string | null {
  const { host } = new URL(url);
  if (typeof batch.body === 'string')
    return `Something in front of ${host} lets the key read and not write (${said(batch)}): let POST to /wp-json/wc/v3 pass the firewall.`;
  if (batch.status === 200) return null;
  if (codeOf(batch) === WRONG_SECRET)
    return `The key of ${host} may only read: edit it in ${WHERE}, and give it Read/Write, for product edits and webhooks.`;
  if (batch.status === 401 || batch.status === 403)
    return `The user of the key may not edit products at ${host}: give the key to one with the role Shop manager or Administrator.`;
  return `${host} does not take changes of products (${said(batch)}): see whether WooCommerce is up to date.`;
}

function messageOf({ body }: ShopAnswer): string {
  const message = typeof body === 'object' && body !== null && 'message' in body && body.message;
  return typeof message === 'string' ? message : '';
}
