import { buildQuery, parseQuery } from '../request/php-query.ts';
import type { QueryArray } from '../request/php-query.ts';

/** The link that WordPress sends with every answer that has no pages. */
export function apiLink(origin: string): string {
  return `<${origin}/wp-json/>; rel="https://api.w.org/"`;
}

/**
 * The `Link` header of a list page. `query` holds the request's checked parameters and the defaults
 * that WooCommerce repeats in links; `url` has no query.
 * @returns undefined where there is neither a previous nor a next page.
 */
export function pageLinks(
  url: string,
  query: QueryArray,
  page: number,
  pages: number,
): string | undefined {
  // WordPress builds the query twice: raw first, then parsed again and encoded with the page in it.
  const base = parseQuery(buildQuery(query, false));
  const links: string[] = [];
  const link = (to: number, rel: string): void => {
    const target = new Map(base).set('page', String(to));
    links.push(`<${url}?${buildQuery(target, true)}>; rel="${rel}"`);
  };
  if (page > 1) {
    link(page > pages ? pages : page - 1, 'prev');
  }
  if (pages > page) {
    link(page + 1, 'next');
  }
  return links.length === 0 ? undefined : links.join(', ');
}
