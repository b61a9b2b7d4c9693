/** A price as the shop's page shows it. `price` is in the store's main unit, such as `4.5`; never empty. */
function amountHtml(price: string, hidden = false): string {
  const [whole = '', part = ''] = Math.abs(Number(price)).toFixed(2).split('.');
  const sign = Number(price) < 0 ? '-' : '';
  const amount = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
  const aria = hidden ? ' aria-hidden="true"' : '';
  return `<span class="woocommerce-Price-amount amount"${aria}><bdi>${sign}<span class="woocommerce-Price-currencySymbol">&#36;</span>${amount}</bdi></span>`;
}

const plainAmount = (price: string): string => Number(price).toFixed(2);

/** What a product's page says of its price: nothing, one price, or the old and the new one. */
export function priceHtml(item: {
  price: string;
  regular_price: string;
  on_sale: boolean;
}): string {
  if (item.price === '') {
    return '';
  }
  if (!item.on_sale || item.price === item.regular_price) {
    return amountHtml(item.price);
  }
  const reader = (words: string, price: string, sign: string): string =>
    `<span class="screen-reader-text">${words} price ${words === 'Original' ? 'was' : 'is'}: ${sign}${plainAmount(price)}.</span>`;
  return (
    `<del aria-hidden="true">${amountHtml(item.regular_price)}</del> ` +
    reader('Original', item.regular_price, '&#036;') +
    `<ins aria-hidden="true">${amountHtml(item.price)}</ins>` +
    reader('Current', item.price, '&#036;')
  );
}

/** The price of a product with variations: one, or from the lowest to the highest. */
export function rangeHtml(prices: readonly string[]): string {
  const sorted = prices.toSorted((a, b) => Number(a) - Number(b));
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) {
    return '';
  }
  if (Number(low) === Number(high)) {
    return amountHtml(low);
  }
  return (
    `${amountHtml(low, true)} <span aria-hidden="true">&ndash;</span> ${amountHtml(high, true)}` +
    `<span class="screen-reader-text">Price range: &#36;${plainAmount(low)} through &#36;${plainAmount(high)}</span>`
  );
}

interface Priced {
  price: string;
  regular_price: string;
  sale_price: string;
  on_sale: boolean;
  date_on_sale_from_gmt?: unknown;
  date_on_sale_to_gmt?: unknown;
}

/**
 * Whether a sale price is in force, as WooCommerce derives it on saving; one that is not below the regular price it
 * forgets without a word. `now` is UTC without a zone.
 */
export function applyPrices(item: Priced, now: string): void {
  const { regular_price, date_on_sale_from_gmt: from, date_on_sale_to_gmt: to } = item;
  const isBelow = regular_price !== '' && Number(item.sale_price) < Number(regular_price);
  if (!isBelow) {
    item.sale_price = '';
  }
  const { sale_price } = item;
  const cheaper = sale_price !== '';
  const begun = typeof from !== 'string' || from <= now;
  const over = typeof to === 'string' && to < now;
  item.on_sale = cheaper && begun && !over;
  item.price = item.on_sale ? sale_price : regular_price;
}
