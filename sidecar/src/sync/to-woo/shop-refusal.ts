import type { ProductResult } from '../../ports/store.ts';

/** What an issue says of the shop's refusal of one product; `message` is the shop's own where the code is. */
export function shopRefusal({
  code,
  message,
}: Extract<ProductResult, { error: unknown }>['error']): {
  readonly code: 'SHOP_REFUSED' | 'SHOP_WRITE_REFUSED';
  readonly message: string;
} {
  return code === 'SHOP_WRITE_REFUSED'
    ? { code, message }
    : { code: 'SHOP_REFUSED', message: `${code}: ${message}` };
}
