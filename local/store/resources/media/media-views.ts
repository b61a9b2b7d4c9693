import type { MediaRecord } from '../../media/library.ts';
import { uploadUrl } from '../../shop/shown-media.ts';
import { ALL_VERBS } from '../content/post-links.ts';
import { fullSize, sizesOf, srcset } from '../../media/sizes.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import { pageHtml, slugOf, texturized } from '../../core/text.ts';
import type { SiteZone } from '../../core/zone.ts';

const api = `${RECORDED_ORIGIN}/wp-json/wp/v2`;

/** What cameras write into images; this store reads none of it. */
const imageMeta = {
  aperture: '0',
  credit: '',
  camera: '',
  caption: '',
  created_timestamp: '0',
  copyright: '',
  focal_length: '0',
  iso: '0',
  shutter_speed: '0',
  title: '',
  orientation: '0',
  keywords: [],
};

export interface MediaViewer {
  context: 'view' | 'edit';
  /** who may change the image */
  isEditor: boolean;
}

/** An image as `wp/v2/media` shows it; editors see how texts were typed, and what they may do. */
export function mediaView(
  media: MediaRecord,
  zone: SiteZone,
  { context, isEditor }: MediaViewer,
): object {
  const { id, slug } = media;
  const [created, modified] = [zone.pair(media.created), zone.pair(media.modified)];
  const full = fullSize(media);
  const original = uploadUrl(media, media.original ?? full.file, true);
  const both = (raw: string, rendered: string): object =>
    context === 'edit' ? { raw, rendered } : { rendered };
  const ofEditor = (fields: object): object => (context === 'edit' ? fields : {});
  return {
    id,
    date: created.site,
    date_gmt: created.gmt,
    guid: context === 'edit' ? { rendered: original, raw: original } : { rendered: original },
    modified: modified.site,
    modified_gmt: modified.gmt,
    slug,
    status: 'inherit',
    type: 'attachment',
    link: `${RECORDED_ORIGIN}/${slug}/`,
    title: both(media.title, texturized(media.title)),
    author: 1,
    featured_media: 0,
    comment_status: 'open',
    ping_status: 'closed',
    template: '',
    meta: [],
    ...ofEditor({
      permalink_template: `${RECORDED_ORIGIN}/?attachment_id=${id}`,
      generated_slug: slugOf(media.title),
    }),
    class_list: [`post-${id}`, 'attachment', 'type-attachment', 'status-inherit', 'hentry'],
    description: both(media.description, pageOf(media)),
    caption: both(media.caption, pageHtml(media.caption, true)),
    alt_text: media.alt,
    media_type: 'image',
    mime_type: media.mimeType,
    media_details: detailsOf(media),
    post: null,
    source_url: uploadUrl(media, full.file),
    ...ofEditor({ missing_image_sizes: [] }),
    _links: linksOf(id, context, isEditor ? ALL_VERBS : ['GET']),
  };
}

function detailsOf(media: MediaRecord): object {
  const { width, height, file, filesize, mimeType, original } = media;
  const own = { mime_type: mimeType };
  const sizes = sizesOf(media).map(({ name, ...size }): [string, object] => [
    name,
    {
      file: size.file,
      width: size.width,
      height: size.height,
      filesize,
      ...(name === 'woocommerce_thumbnail' ? { uncropped: false } : {}),
      ...own,
      source_url: uploadUrl(media, size.file),
    },
  ]);
  const { file: name } = fullSize(media);
  const full = { file: name, width, height, ...own, source_url: uploadUrl(media, name) };
  return {
    width,
    height,
    file,
    filesize,
    sizes: Object.fromEntries(sizes.length === 0 ? [] : [...sizes, ['full', full]]) as object,
    image_meta: imageMeta,
    ...(original === undefined ? {} : { original_image: original }),
  };
}

/** The page of an image: itself in a medium size, linked to the whole, and its description. */
function pageOf(media: MediaRecord): string {
  const full = fullSize(media);
  const shown = sizesOf(media).find(({ name }) => name === 'medium') ?? full;
  const sources = srcset(media, shown, (file) => uploadUrl(media, file, true));
  const alt = media.alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const choice =
    sources === ''
      ? ''
      : ` srcset="${sources}" sizes="auto, (max-width: ${shown.width}px) 100vw, ${shown.width}px"`;
  const image =
    `<img loading="lazy" decoding="async" width="${shown.width}" height="${shown.height}" ` +
    `src="${uploadUrl(media, shown.file)}" class="attachment-medium size-medium" alt="${alt}"${choice} />`;
  const link = `<a href='${uploadUrl(media, full.file)}'>${image}</a>`;
  return `<p class="attachment">${link}</p>\n${pageHtml(media.description, true)}`;
}

function linksOf(id: number, context: 'view' | 'edit', allow: readonly string[]): object {
  const href = `${api}/media/${id}`;
  return {
    self: [{ href, targetHints: { allow } }],
    collection: [{ href: `${api}/media` }],
    about: [{ href: `${api}/types/attachment` }],
    author: [{ embeddable: true, href: `${api}/users/1` }],
    replies: [{ embeddable: true, href: `${api}/comments?post=${id}` }],
    ...(context === 'edit'
      ? {
          'wp:action-unfiltered-html': [{ href }],
          'wp:action-assign-author': [{ href }],
          curies: [{ name: 'wp', href: 'https://api.w.org/{rel}', templated: true }],
        }
      : {}),
  };
}
