import type { Entry } from '../core/collection.ts';
import type { Params } from '../rest/request/params.ts';
import type { Page } from '../rest/response/list.ts';
import { sliceOf } from '../rest/route.ts';
import { found } from './listing.ts';

/** What the lists of terms sort and search by. */
interface Term {
  id: number;
  name: string;
  slug: string;
  description?: string;
  count?: number;
  parent?: number;
}

/** A page of categories, tags or other terms, by the parameters that all their lists share. */
export function termPage<R extends Term>(entries: readonly Entry<R>[], params: Params): Page<R> {
  const { offset, limit } = sliceOf(params);
  const include = params.ids('include');
  const exclude = params.ids('exclude');
  const slugs = params.has('slug') ? [params.text('slug') ?? params.texts('slug')].flat() : [];
  const search = params.text('search') ?? '';
  const matching = entries.filter((entry) => {
    const term = entry.read();
    return (
      (include.length === 0 || include.includes(term.id)) &&
      !exclude.includes(term.id) &&
      (!params.has('parent') || params.number('parent') === (term.parent ?? 0)) &&
      (params.flag('hide_empty') !== true || (term.count ?? 0) > 0) &&
      (slugs.length === 0 || slugs.includes(term.slug)) &&
      (search === '' || found(search, [term.name, term.slug]))
    );
  });
  const sorted = matching.sort(orderOf(params, include));
  return { entries: sorted.slice(offset, offset + limit), total: matching.length };
}

function orderOf<R extends Term>(
  params: Params,
  include: readonly number[],
): (a: Entry<R>, b: Entry<R>) => number {
  const sign = params.text('order') === 'desc' ? -1 : 1;
  const orderby = params.text('orderby') ?? 'name';
  const key = (entry: Entry<R>): string | number => {
    const term = entry.read();
    const keys: Record<string, string | number> = {
      id: term.id,
      include: include.indexOf(term.id),
      slug: term.slug,
      description: term.description ?? '',
      count: term.count ?? 0,
    };
    return keys[orderby] ?? term.name.toLowerCase();
  };
  return (a, b) => {
    const [first, second] = [key(a), key(b)];
    return first === second ? a.id - b.id : sign * (first < second ? -1 : 1);
  };
}
