import type { PostRecord, TaxonomyRecord, TypeRecord } from '../../content/records.ts';
import type { SiteContent } from '../../content/site.ts';
import type { Patch } from '../../core/patch.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import { encodedSlug, pageHtml, slugOf, texturized } from '../../core/text.ts';
import { objectOf } from '../../core/values.ts';

const EXCERPT_WORDS = 55;
const texts = ['title', 'content', 'excerpt'] as const;
const plain =
  'status author slug password parent menu_order featured_media acf date_gmt sticky'.split(' ');

/**
 * A post with the fields of a patch: texts as they are typed, meta that is registered, terms by id.
 * @throws Error that names what the type has not
 */
export function patched(
  post: PostRecord,
  type: TypeRecord,
  site: SiteContent,
  patch: Patch,
): PostRecord {
  const next = structuredClone(post);
  const taxonomies = type.taxonomies.flatMap((name) => site.taxonomies[name] ?? []);
  const bases = taxonomies.map(({ rest_base }) => rest_base);
  for (const [field, value] of Object.entries(patch)) {
    if (field === 'meta') {
      next.meta = { ...next.meta, ...registered(next, value) };
    } else if (isText(field) && field in next && typeof value === 'string') {
      Object.assign(next, { [field]: { ...objectOf(next[field]), raw: value } });
    } else if (plain.includes(field) && field in next) {
      Object.assign(next, { [field]: value });
    } else if (bases.includes(field)) {
      Object.assign(next, { [field]: termIds(field, value, taxonomies, site) });
    } else {
      throw new Error(
        `Posts of the type ${type.slug} have no field "${field}" that can be changed.`,
      );
    }
  }
  return rendered(next, type, site);
}

function isText(field: string): field is (typeof texts)[number] {
  return (texts as readonly string[]).includes(field);
}

function registered({ type, meta }: PostRecord, value: unknown): Record<string, unknown> {
  const given = objectOf(value);
  const stranger = Object.keys(given).find((key) => !(key in meta));
  if (stranger !== undefined) {
    throw new Error(`The type ${type} has no meta "${stranger}" that REST shows.`);
  }
  return given;
}

function termIds(
  base: string,
  value: unknown,
  taxonomies: readonly TaxonomyRecord[],
  { terms }: SiteContent,
): number[] {
  const taxonomy = taxonomies.find(({ rest_base }) => rest_base === base);
  const ids = Array.isArray(value) ? value.map(Number) : [Number.NaN];
  const stranger = ids.find((id) => terms.get(id)?.status !== taxonomy?.slug);
  if (stranger !== undefined) {
    throw new Error(`${base} is ${JSON.stringify(value)}: give ids of its terms.`);
  }
  return ids;
}

/** What follows from the texts, the terms and the status. */
function rendered(post: PostRecord, type: TypeRecord, site: SiteContent): PostRecord {
  const { id, title, content, excerpt, status } = post;
  const address = addressOf(post, type);
  const isProtected = post.password !== '';
  const text = content?.raw ?? '';
  return {
    ...post,
    ...address,
    title: { raw: title.raw, rendered: texturized(title.raw) },
    ...(content === undefined
      ? {}
      : { content: { ...content, rendered: pageHtml(text, true), protected: isProtected } }),
    ...(excerpt === undefined
      ? {}
      : {
          excerpt: {
            raw: excerpt.raw,
            rendered: excerpt.raw === '' ? opening(text) : pageHtml(excerpt.raw, true),
            protected: isProtected,
          },
        }),
    ...('generated_slug' in post ? { generated_slug: slugOf(title.raw) } : {}),
    ...('class_list' in post ? { class_list: classes(id, status, post, type, site) } : {}),
  };
}

/** Drafts and trashed posts have an address by id, others by their name. */
function addressOf(post: PostRecord, { slug: type }: TypeRecord): Partial<PostRecord> {
  const { id, status } = post;
  if (status === 'trash' || status === 'draft' || status === 'pending') {
    const query = { post: `p=${id}`, page: `page_id=${id}` }[type] ?? `post_type=${type}&p=${id}`;
    return { link: `${RECORDED_ORIGIN}/?${query}` };
  }
  const slug = post.slug === '' ? encodedSlug(slugOf(post.title.raw)) : post.slug;
  const folder = type === 'post' || type === 'page' ? '' : `${type}/`;
  return { slug, link: `${RECORDED_ORIGIN}/${folder}${slug}/` };
}

/** The first words of a text, where nobody wrote an excerpt. */
function opening(text: string): string {
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const more = words.length > EXCERPT_WORDS ? ' [&hellip;]' : '';
  return words.length === 0
    ? ''
    : `<p>${texturized(words.slice(0, EXCERPT_WORDS).join(' '))}${more}</p>\n`;
}

function classes(
  id: number,
  status: string,
  post: PostRecord,
  { slug: type, taxonomies }: TypeRecord,
  site: SiteContent,
): string[] {
  const prefixes: Record<string, string> = { post_tag: 'tag' };
  const ofTerms = taxonomies.flatMap((name) => {
    const own = post[site.taxonomies[name]?.rest_base ?? ''];
    const ids = Array.isArray(own) ? own.map(Number) : [];
    return ids.flatMap((term) => {
      const slug = site.terms.get(term)?.read().slug;
      return slug === undefined ? [] : [`${prefixes[name] ?? name}-${slug}`];
    });
  });
  return [
    `post-${id}`,
    type,
    `type-${type}`,
    `status-${status}`,
    ...(type === 'post' ? ['format-standard'] : []),
    ...(post.password === '' ? [] : ['post-password-required']),
    'hentry',
    ...ofTerms,
  ];
}
