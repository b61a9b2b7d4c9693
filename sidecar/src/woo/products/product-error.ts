import type { CodedError } from '../../errors/coded-error.ts';
import type { WooRecord } from '../../mapping/model/record.ts';

/** Why the shop refused a change of one product. */
export interface ProductError {
  /** Of WooCommerce, such as `product_invalid_sku`; ours where it gave none: `SHOP_REFUSED`, `SHOP_WRITE_REFUSED`. */
  readonly code: string;
  readonly message: string;
  /** With `status`, the shop's own for it, and `resource_id`, the product that holds a SKU already. */
  readonly data: unknown;
}

/** Refusals whose sentence is WooCommerce's own, in the language of the shop. Others may quote anything. */
const OWN_SENTENCE: ReadonlySet<string> = new Set([
  'product_invalid_sku',
  'woocommerce_rest_product_invalid_id',
  'woocommerce_rest_product_variation_invalid_id',
  'woocommerce_product_invalid_image_id',
  'woocommerce_product_image_upload_error',
  'woocommerce_variation_image_upload_error',
]);

/** The error of one item of a batch, without what may be secret or somebody's. */
export function itemError(error: WooRecord): ProductError {
  const code = /^[\w-]{1,80}$/.exec(textOf(error['code']))?.[0] ?? 'SHOP_REFUSED';
  const said = OWN_SENTENCE.has(code) ? withoutAddresses(textOf(error['message'])) : '';
  return {
    code,
    message: said === '' ? `The shop refused it (${code}).` : `The shop refused it: ${said}`,
    data: dataOf(error['data']),
  };
}

/** The key may not change products: said of each of them. @param error of the whole call */
export function writeRefused({ message, cure }: CodedError): ProductError {
  return { code: 'SHOP_WRITE_REFUSED', message: `${message} ${cure}`, data: null };
}

/** The whole call is refused, whoever asks: said of each record in it. */
export function callRefused({ code, message, cure }: CodedError): ProductError {
  return { code, message: `${message} ${cure}`, data: null };
}

/** The address of an image may be signed by us, and signatures are secret. */
function withoutAddresses(message: string): string {
  return message
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/https?:\/\/\S*[^\s.,]/gi, '(address)')
    .trim()
    .slice(0, 300);
}

function dataOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return null;
  const numbers = Object.entries(data).filter(
    ([name, value]) => ['status', 'resource_id'].includes(name) && typeof value === 'number',
  );
  return Object.fromEntries(numbers);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
