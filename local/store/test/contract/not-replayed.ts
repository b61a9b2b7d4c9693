/**
 * Recorded calls whose routes, or whose use of a route, the local store does not emulate: it must answer 501 and
 * say so. An entry that it comes to emulate fails, and is then to be replayed.
 */
export const notEmulated: Record<string, string> = {
  'coupons/create.json': 'coupons are read only',
};

/** Recorded calls that cannot be sent again as they are; what they show has a test of its own elsewhere. */
export const shownElsewhere: Record<string, string> = {
  'auth/http-oauth-timestamp-14min-old.json': 'its signature is cut: ../auth.test.ts signs anew',
  'errors/401-oauth-16min.json': 'its signature is cut: ../auth.test.ts signs anew',
  'errors/401-oauth-replay.json': 'its signature is cut: ../auth.test.ts signs anew',
  'orders/notes-of-one.json': 'its order was not kept: ../order-notes.test.ts',
  'batch/products-101.json': 'its 101 items were not kept: writes.test.ts makes them up',
  'webhooks/deliveries/creation-ping.json': '../webhooks.test.ts',
  'webhooks/deliveries/order.created-but-gone.json': '../webhooks.test.ts, with order.updated',
  'webhooks/deliveries/order.updated-but-gone.json': '../webhooks.test.ts',
};

/** Recorded deliveries of what nothing in the local store does. */
export const neverDelivered: Record<string, string> = {
  'webhooks/deliveries/customer.updated-wp-users.json': 'no wp/v2/users',
};
