import type { Params } from '../../rest/request/params.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { ProductRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { generatedSlug } from '../../write/products/product-slug.ts';

/** A product in the context that was asked for. */
export function inContext(shop: Shop, product: ProductRecord, params: Params): ProductRecord {
  return params.text('context') === 'edit' ? editorView(shop, product) : product;
}

/**
 * A product as editors see it, which every write answers with: texts as typed, without the paragraphs and
 * entities of the page, and what its address is made of.
 */
export function editorView(shop: Shop, product: ProductRecord): ProductRecord {
  const typed = shop.typed.get(product.id);
  const { _links, ...fields } = product;
  return {
    ...fields,
    description: typed?.description ?? asTyped(product.description),
    short_description: typed?.short_description ?? asTyped(product.short_description),
    average_rating: String(Number(product.average_rating)),
    permalink_template: `${RECORDED_ORIGIN}/product/%pagename%/`,
    generated_slug: generatedSlug(shop, product),
    _links,
  };
}

/**
 * What was typed into a text that the shop shows so: nobody wrote down the original. Recorded descriptions were
 * typed with their first paragraph as HTML.
 */
function asTyped(page: string): string {
  const paragraphs = page.replace(/<\/p>\n$/, '').split('</p>\n<p>');
  const [first = '', ...rest] = paragraphs;
  const typed =
    rest.length === 0 ? first.replace(/^<p>/, '') : [`${first}</p>`, ...rest].join('\n\n');
  return typed
    .replace(/&#822[01];/g, '"')
    .replace(/&#821[67];/g, "'")
    .replaceAll('&#038;', '&');
}
