import { wordPressParams } from '../../content/params.ts';
import type { Person, Rights } from '../../content/rights.ts';
import type { Params } from '../../rest/request/params.ts';
import { wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { listReply } from '../../rest/route.ts';
import type { Call } from '../../rest/route.ts';
import type { MediaRecord } from '../../media/library.ts';
import type { Shop } from '../../shop/shop.ts';
import { found, listPage } from '../listing.ts';
import { denied, forbiddenStatus, personOf, refusing } from '../content/refusals.ts';
import { mediaView } from './media-views.ts';
import type { MediaViewer } from './media-views.ts';

/** WordPress' own rules for the list. */
export const mediaParams = wordPressParams('media');

/** What WordPress knows of the list and this store does not. */
export const refuseMedia = refusing(
  'author author_exclude parent parent_exclude search_columns search_semantics'.split(' '),
  { orderby: ['author', 'parent', 'relevance', 'include_slugs'] },
);

/** A page of the media library. */
export function mediaList(call: Call, shop: Shop, rights: Rights): Reply {
  const { params } = call;
  checkList(call, shop, rights);
  const statuses = params.texts('status');
  const page = listPage(shop.media.all, params, {
    columns: 'site',
    zone: shop.zone,
    matches: (entry) =>
      (statuses.length === 0 || statuses.includes('inherit')) && matches(entry.read(), params),
    ...orderOf(params),
  });
  const number = params.number('page') ?? 1;
  if (number > 1 && page.total > 0 && page.entries.length === 0) {
    const message = 'The page number requested is larger than the number of pages available.';
    return wpError(400, 'rest_post_invalid_page_number', message);
  }
  return listReply(call, {
    specs: mediaParams,
    page,
    render: (media) => mediaView(media, shop.zone, viewOf(call, rights)),
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

/** Nothing of the library is private or in the trash, but only editors may ask. */
function checkList(call: Call, { site }: Shop, rights: Rights): void {
  const { params } = call;
  const person = personOf(call);
  const type = site.types['attachment'];
  const mayEdit = type !== undefined && rights.inType(person, type, 'edit_posts');
  if (!mayEdit && params.texts('status').some((status) => status !== 'inherit')) {
    throw forbiddenStatus(person);
  }
  if (!mayEdit && params.text('context') === 'edit') {
    throw denied(person, 'rest_forbidden_context', 'edit posts in this post type');
  }
}

/** Images belong to the administrator, so others must be allowed to edit what is not theirs. */
export function isEditor(person: Person, rights: Rights): boolean {
  return person.id === 1 || rights.has(person, 'edit_others_posts');
}

export function viewOf(call: Call, rights: Rights): MediaViewer {
  const context = call.params.text('context') === 'edit' ? 'edit' : 'view';
  return { context, isEditor: isEditor(personOf(call), rights) };
}
