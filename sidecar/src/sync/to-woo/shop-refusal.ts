import type { ProductResult } from '../../ports/store.ts';

const OURS = ['SHOP_WRITE_REFUSED', 'WOO_REQUEST_REFUSED'] as const;

/** What an issue says of the shop's refusal of one record; `message` is the shop's own where the code is. */
export function shopRefusal({
  code,
  message,
}: Extract<ProductResult, { error: unknown }>['error']): {
  readonly code: 'SHOP_REFUSED' | (typeof OURS)[number];
  readonly message: string;
} {
  const ours = OURS.find((one) => one === code);
  return ours === undefined
    ? { code: 'SHOP_REFUSED', message: `${code}: ${message}` }
    : { code: ours, message };
}
