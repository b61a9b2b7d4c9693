import type { BodyFields } from '../../rest/request/body.ts';
import { readParams } from '../../rest/request/params.ts';
import { created, notEmulated, ok, ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { fieldsAsked, pathId } from '../../rest/route.ts';
import type { Call, Handler, Route } from '../../rest/route.ts';
import { Rights } from '../../content/rights.ts';
import type { Ledger } from '../../shop/ledger.ts';
import type { MediaRecord } from '../../media/library.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { MediaTexts, MediaWrites } from '../../write/media/media-writes.ts';
import { filteredHtml, plainLine } from '../../core/text.ts';
import { objectOf, textOf } from '../../core/values.ts';
import { truthy } from '../force.ts';
import { denied, fieldsReply, pageLink, personOf } from '../content/refusals.ts';
import { ALL_VERBS } from '../content/post-links.ts';
import { isEditor, mediaList, mediaParams, refuseMedia, viewOf } from './media-list.ts';
import { sentFile } from './media-upload.ts';
import { mediaView } from './media-views.ts';

/** Fields of an image that WordPress takes and this store does not. */
const otherFields =
  'date date_gmt slug status author featured_media comment_status ping_status meta template post'.split(
    ' ',
  );

const EDITOR = { context: 'edit', isEditor: true } as const;

/** The media library: `wp/v2/media`, which knows application passwords only. */
export function mediaRoutes(ledger: Ledger, writes: MediaWrites): Route[] {
  const { shop } = ledger;
  const rights = new Rights(shop.site);
  const edited = (media: MediaRecord): object => mediaView(media, shop.zone, EDITOR);
  const put: Handler = (call) => {
    const media = writes.change(pathId(call.path), textsIn(call.body));
    return media === undefined ? unknown() : ok(fieldsAsked(call, edited(media)));
  };
  return [
    {
      pattern: '/wp/v2/media',
      params: mediaParams,
      refuse: refuseMedia,
      refusal: 'post',
      allow: (person) => (rights.has(person, 'upload_files') ? 'GET, POST' : 'GET'),
      takesFile: true,
      handlers: {
        GET: (call) => mediaList(call, shop, rights),
        POST: (call) => upload(call, writes, edited),
      },
    },
    {
      pattern: '/wp/v2/media/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'post',
      allow: (person) => (isEditor(person, rights) ? ALL_VERBS.join(', ') : 'GET'),
      missing: (path) => (shop.media.get(pathId(path)) === undefined ? unknown() : undefined),
      handlers: {
        GET: (call) => {
          const media = shop.media.get(pathId(call.path));
          const viewer = viewOf(call, rights);
          if (media === undefined) {
            return unknown();
          }
          if (viewer.context === 'edit' && !viewer.isEditor) {
            throw denied(personOf(call), 'rest_forbidden_context', 'edit this post');
          }
          const link = pageLink(`${RECORDED_ORIGIN}/${media.slug}/`);
          return fieldsReply(call, mediaView(media, shop.zone, viewer), link);
        },
        POST: put,
        PUT: put,
        PATCH: put,
        DELETE: (call) => remove(call, ledger, writes),
      },
    },
  ];
}

async function upload(
  call: Call,
  writes: MediaWrites,
  view: (media: MediaRecord) => object,
): Promise<Reply> {
  const { name, bytes, fields } = sentFile(call.upload);
  const texts = textsIn({ ...call.body, ...fields });
  const media = await writes.add(name, bytes, 'uploaded', texts);
  if (media === undefined) {
    const message = 'Sorry, you are not allowed to upload this file type.';
    return wpError(500, 'rest_upload_sideload_error', message);
  }
  const location = `${RECORDED_ORIGIN}/wp-json/wp/v2/media/${media.id}`;
  return created(fieldsAsked(call, view(media)), location);
}

async function remove(call: Call, { shop }: Ledger, writes: MediaWrites): Promise<Reply> {
  const media = shop.media.get(pathId(call.path));
  if (media === undefined) {
    return unknown();
  }
  if (!truthy(call.body['force'])) {
    const message = "The post does not support trashing. Set 'force=true' to delete.";
    return wpError(501, 'rest_trash_not_supported', message);
  }
  await writes.remove(media.id);
  const { _links, ...previous } = mediaView(media, shop.zone, EDITOR) as { _links: unknown };
  return ok({ deleted: true, previous });
}

/** The texts that a write gives: text, or an object with it under `raw`. */
function textsIn(body: BodyFields): MediaTexts {
  const other = otherFields.find((field) => body[field] !== undefined);
  if (other !== undefined) {
    throw new ReplyError(notEmulated(`the media field "${other}" in a write`));
  }
  const text = (field: string): string | undefined => {
    const value = body[field];
    return value === undefined ? undefined : textOf(objectOf(value)['raw'] ?? value);
  };
  const [title, caption, description, alt] = ['title', 'caption', 'description', 'alt_text'].map(
    text,
  );
  return {
    ...(title === undefined ? {} : { title }),
    ...(caption === undefined ? {} : { caption: filteredHtml(caption) }),
    ...(description === undefined ? {} : { description: filteredHtml(description) }),
    ...(alt === undefined ? {} : { alt: plainLine(alt) }),
  };
}

function unknown(): Reply {
  return wpError(404, 'rest_post_invalid_id', 'Invalid post ID.');
}
