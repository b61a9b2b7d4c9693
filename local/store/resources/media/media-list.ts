import type { ParamSpecs, Params } from '../../rest/request/params.ts';
import { readParams } from '../../rest/request/params.ts';
import { notEmulated, ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { listReply } from '../../rest/route.ts';
import type { Call } from '../../rest/route.ts';
import type { MediaRecord } from '../../media/library.ts';
import type { Shop } from '../../shop/shop.ts';
import { found, listPage } from '../listing.ts';
import { mediaView } from './media-views.ts';

const orders = ['date', 'id', 'include', 'modified', 'slug', 'title'];
const otherOrders = ['author', 'parent', 'relevance', 'include_slugs'];

/** WordPress' own rules for the list; nobody recorded them. */
export const mediaParams: ParamSpecs = {
  ...readParams,
  page: { type: 'integer', default: 1, minimum: 1 },
  per_page: { type: 'integer', default: 10, minimum: 1, maximum: 100 },
  search: { type: 'string' },
  exclude: { type: 'array' },
  include: { type: 'array' },
  offset: { type: 'integer' },
  order: { type: 'string', default: 'desc', enum: ['asc', 'desc'] },
  orderby: { type: 'string', default: 'date', enum: [...orders, ...otherOrders] },
  slug: { type: 'array' },
  media_type: { type: 'string', enum: ['image', 'video', 'text', 'application', 'audio'] },
  mime_type: { type: 'string' },
};

/** List parameters that WordPress has and this store does not emulate. */
const otherParams =
  'after before modified_after modified_before author author_exclude parent parent_exclude status search_columns search_semantics'.split(
    ' ',
  );

/** A page of the media library. */
export function mediaList(call: Call, shop: Shop): Reply {
  const { params, query } = call;
  refuseOthers(params, [...query.keys()]);
  const page = listPage(shop.media.all, params, {
    columns: 'site',
    zone: shop.zone,
    matches: (entry) => matches(entry.read(), params),
    ...orderOf(params),
  });
  const number = params.number('page') ?? 1;
  if (number > 1 && page.total > 0 && page.entries.length === 0) {
    const message = 'The page number requested is larger than the number of pages available.';
    return wpError(400, 'rest_post_invalid_page_number', message);
  }
  const context = contextOf(call);
  return listReply(call, {
    specs: mediaParams,
    page,
    render: (media) => mediaView(media, shop.zone, context),
  });
}

/** A search looks at titles, texts and file names, for every word of it. */
function matches(media: MediaRecord, params: Params): boolean {
  const words = (params.text('search') ?? '').split(/\s+/).filter((word) => word !== '');
  const slugs = params.texts('slug');
  const mimeType = params.text('mime_type') ?? media.mimeType;
  return (
    (params.text('media_type') ?? 'image') === 'image' &&
    mimeType === media.mimeType &&
    (slugs.length === 0 || slugs.includes(media.slug)) &&
    words.every((word) => found(word, [media.title, media.caption, media.description, media.file]))
  );
}

function orderOf(params: Params): { compare?: (a: MediaRecord, b: MediaRecord) => number } {
  const by = params.text('orderby');
  return by === 'slug' || by === 'title'
    ? { compare: (a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0) }
    : {};
}

function refuseOthers(params: Params, given: readonly string[]): void {
  const name = otherParams.find((param) => given.includes(param));
  if (name !== undefined) {
    throw new ReplyError(notEmulated(`the list parameter "${name}"`));
  }
  const order = params.text('orderby') ?? '';
  if (otherOrders.includes(order)) {
    throw new ReplyError(notEmulated(`the order "${order}"`));
  }
}

/**
 * Whether texts are shown as they were typed.
 * @throws ReplyError where a stranger asks for what editors see
 */
export function contextOf({ params, role }: Call): 'view' | 'edit' {
  if (params.text('context') !== 'edit') {
    return 'view';
  }
  if (role === undefined) {
    const message = 'Sorry, you are not allowed to edit this post.';
    throw new ReplyError(wpError(401, 'rest_forbidden_context', message));
  }
  return 'edit';
}
