import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Shop } from '../../shop/shop.ts';
import { plainLine } from '../../core/text.ts';
import { textOf } from '../../core/values.ts';

/**
 * A SKU as it is stored.
 * @throws ReplyError where another product or variation has it; the answer names the holder and a free one.
 */
export function checkedSku(shop: Shop, given: unknown, ownId: number): string {
  const sku = plainLine(textOf(given));
  const holder = sku === '' ? undefined : holderOf(shop, sku, ownId);
  if (holder === undefined) {
    return sku;
  }
  let number = 1;
  while (holderOf(shop, `${sku}-${number}`, ownId) !== undefined) {
    number += 1;
  }
  const data = { resource_id: holder, unique_sku: `${sku}-${number}` };
  throw new ReplyError(wpError(400, 'product_invalid_sku', 'Invalid or duplicated SKU.', data));
}

/** The lowest id that holds a SKU; the trash does not count. */
export function holderOf(shop: Shop, sku: string, exceptId = 0): number | undefined {
  const wanted = sku.toLowerCase();
  const found = [...shop.products.all(), ...shop.variations.all()]
    .filter(({ id, status }) => id !== exceptId && status !== 'trash')
    .filter((entry) => entry.read().sku.toLowerCase() === wanted)
    .map(({ id }) => id);
  return found.length === 0 ? undefined : Math.min(...found);
}
