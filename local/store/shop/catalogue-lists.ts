import { Collection } from '../core/collection.ts';
import type { Entry } from '../core/collection.ts';
import { recordedBody, RECORDED_ORIGIN } from '../core/recordings.ts';
import type { ProductRecord } from '../core/records.ts';
import { wireSeconds } from '../core/zone.ts';

/** A category or a tag of products. */
export interface ProductTerm {
  id: number;
  name: string;
  slug: string;
  description: string;
  count: number;
  [field: string]: unknown;
}

/** What a buyer says of a product, in the form of WooCommerce's handbook. */
export interface ReviewRecord {
  id: number;
  date_created: string;
  date_created_gmt: string;
  product_id: number;
  product_name: string;
  product_permalink: string;
  status: string;
  reviewer: string;
  reviewer_email: string;
  review: string;
  rating: number;
  verified: boolean;
  [field: string]: unknown;
}

const api = `${RECORDED_ORIGIN}/wp-json/wc/v3/products`;

export function termEntry(term: ProductTerm): Entry<ProductTerm> {
  return { id: term.id, created: 0, modified: 0, status: '', owner: 0, read: () => term };
}

/** Reviews have one date only. */
export function reviewEntry(review: ReviewRecord): Entry<ReviewRecord> {
  const created = wireSeconds(review.date_created_gmt);
  const { id, status, product_id: owner } = review;
  return { id, created, modified: created, status, owner, read: () => review };
}

export function recordedCategories(): Collection<ProductTerm> {
  const recorded = recordedBody('products/categories.json') as ProductTerm[];
  return new Collection(recorded.map(termEntry));
}

/** Three reviews, one of which waits to be approved. */
export function someReviews(products: readonly ProductRecord[]): Collection<ReviewRecord> {
  const [first, second] = products.filter(({ status }) => status === 'publish');
  const given = [
    { product: first, reviewer: 'Lena Vogt', rating: 5, status: 'approved', text: 'Warm & soft.' },
    { product: first, reviewer: 'José García', rating: 2, status: 'approved', text: 'Too small.' },
    { product: second, reviewer: 'Anon', rating: 4, status: 'hold', text: 'Nice' },
  ];
  return new Collection(
    given.flatMap(({ product, ...said }, at) =>
      product === undefined ? [] : [reviewEntry(reviewOf(41 + at, product, said))],
    ),
  );
}

interface Said {
  reviewer: string;
  rating: number;
  status: string;
  text: string;
}

function reviewOf(id: number, product: ProductRecord, said: Said): ReviewRecord {
  const day = String(id - 30).padStart(2, '0');
  return {
    id,
    date_created: `2026-10-${day}T08:00:00`,
    date_created_gmt: `2026-10-${day}T12:00:00`,
    product_id: product.id,
    product_name: product.name,
    product_permalink: product.permalink,
    status: said.status,
    reviewer: said.reviewer,
    reviewer_email: `reviewer${id}@visitor.example`,
    review: `<p>${said.text.replaceAll('&', '&amp;')}</p>\n`,
    rating: said.rating,
    verified: said.rating > 3,
    reviewer_avatar_urls: {},
    _links: {
      self: [{ href: `${api}/reviews/${id}` }],
      collection: [{ href: `${api}/reviews` }],
      up: [{ href: `${api}/${product.id}` }],
    },
  };
}

/** The tags that products have, counted over the published ones. */
export function tagsOf(products: Collection<ProductRecord>): Entry<ProductTerm>[] {
  const tags = new Map<number, ProductTerm>();
  for (const entry of products.all()) {
    for (const { id, ...tag } of entry.read().tags as {
      id: number;
      name: string;
      slug: string;
    }[]) {
      const count = (tags.get(id)?.count ?? 0) + (entry.status === 'publish' ? 1 : 0);
      const _links = {
        self: [{ href: `${api}/tags/${id}` }],
        collection: [{ href: `${api}/tags` }],
      };
      tags.set(id, { id, name: tag.name, slug: tag.slug, description: '', count, _links });
    }
  }
  return [...tags.values()].sort((a, b) => a.id - b.id).map(termEntry);
}
