import type { BodyFields } from '../../rest/request/body.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { ProductRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { encodedSlug, slugOf } from '../../core/text.ts';
import { textOf } from '../../core/values.ts';

const unpublished = new Set(['draft', 'pending', 'auto-draft']);
const TRASHED = '__trashed';

/** The slug of a product that was written, and the address of its page. Drafts need none. */
export function settledSlug(
  shop: Shop,
  product: ProductRecord,
  body: BodyFields,
  statusBefore: string,
): void {
  const wanted = textOf(body['slug'] ?? '');
  if (wanted !== '') {
    product.slug = freeSlug(shop, slugOf(wanted), product.id);
  }
  if (statusBefore === 'trash' && product.status !== 'trash') {
    product.slug = untrashedSlug(product.slug);
  }
  if (product.slug === '' && !unpublished.has(product.status)) {
    product.slug = freeSlug(shop, slugOf(product.name), product.id);
  }
  if (product.status === 'trash') {
    return;
  }
  product.permalink = unpublished.has(product.status)
    ? `${RECORDED_ORIGIN}/?post_type=product&p=${product.id}`
    : `${RECORDED_ORIGIN}/product/${product.slug}/`;
}

/** The slug that the name would get now: shown to editors in letters, not percent-encoded. */
export function generatedSlug(shop: Shop, product: ProductRecord): string {
  return decodeURIComponent(freeSlug(shop, slugOf(product.name), product.id));
}

export function trashedSlug(slug: string): string {
  return slug + TRASHED;
}

export function untrashedSlug(slug: string): string {
  return slug.replace(TRASHED, '');
}

function freeSlug(shop: Shop, slug: string, ownId: number): string {
  const taken = new Set(
    shop.products
      .all()
      .filter(({ id }) => id !== ownId)
      .map((entry) => entry.read().slug),
  );
  const encoded = encodedSlug(slug);
  let number = 2;
  let candidate = encoded;
  while (taken.has(candidate)) {
    candidate = `${encoded}-${number}`;
    number += 1;
  }
  return candidate;
}
