const ID = '[0-9]{1,18}';

/** As WooGatewayPaths: what is passed on, by verb, matched whole. */
const ALLOWED: Readonly<Record<string, readonly RegExp[]>> = {
  GET: [
    whole('(orders|refunds|products|variations|customers|coupons|webhooks)'),
    whole(`(orders|products|coupons|webhooks)/${ID}`),
    whole(`orders/${ID}/refunds(/${ID})?`),
    whole(`products/${ID}/variations(/${ID})?`),
    whole('settings/(general|products|tax)'),
    whole('data/currencies/current'),
    whole('reports/orders/totals'),
  ],
  POST: [
    whole('products'),
    whole('products/batch'),
    whole(`products/${ID}/variations/batch`),
    whole('(orders|customers)/batch'),
    whole('webhooks'),
  ],
  PUT: [whole(`webhooks/${ID}`)],
  DELETE: [whole(`webhooks/${ID}`)],
};

export function isAllowed(method: string, path: string): boolean {
  return (ALLOWED[method] ?? []).some((pattern) => pattern.test(path));
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
