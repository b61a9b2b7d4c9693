/** Stands for the index of the API. */
export const HOME = 'home';
const ID = '[0-9]{1,18}';
export const CONTENT_PREFIX = 'content/';
const NO_CONTENT =
  '(?!(settings|plugins|themes|sidebars|widgets|widget-types|block-.*|pattern-.*|global-styles|templates|template-parts|font-.*|site-health|application-passwords)(/|$))';

/** As WooGatewayPaths: what is passed on, by verb, matched whole. */
const ALLOWED: Readonly<Record<string, readonly RegExp[]>> = {
  GET: [
    whole('(orders|refunds|products|variations|customers|coupons|webhooks)'),
    whole(`(orders|products|coupons|webhooks)/${ID}`),
    whole(`products/(categories|tags|attributes|reviews)(/${ID})?`),
    whole('taxes/classes'),
    whole(`orders/${ID}/refunds(/${ID})?`),
    whole(`orders/${ID}/notes`),
    whole(`products/${ID}/variations(/${ID})?`),
    whole('settings/(general|products|tax)'),
    whole('data/currencies/current'),
    whole('reports/orders/totals'),
    whole(HOME),
    whole(`${CONTENT_PREFIX}wp/v2/users/me`),
    whole(
      `${CONTENT_PREFIX}(?!wc)[a-z0-9-]{1,40}/v[0-9]{1,2}/${NO_CONTENT}[A-Za-z0-9_-]{1,80}(/${ID})?`,
    ),
  ],
  POST: [
    whole('products'),
    whole(`orders/${ID}/notes`),
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
