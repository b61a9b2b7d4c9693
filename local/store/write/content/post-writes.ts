import type { PostRecord, TypeRecord } from '../../content/records.ts';
import { postEntry } from '../../content/site.ts';
import type { SiteContent } from '../../content/site.ts';
import type { Hosting } from '../../core/hosting.ts';
import type { Patch } from '../../core/patch.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import { wireSeconds } from '../../core/zone.ts';
import type { EditOptions, Ledger } from '../../shop/ledger.ts';
import { trashedSlug, untrashedSlug } from '../products/product-slug.ts';
import { patched } from './post-fields.ts';

/** What the site's editors do with posts of every type. Errors name the post. */
export class PostWrites {
  readonly #ledger: Ledger;
  readonly #hosting: Hosting;

  constructor(ledger: Ledger, hosting: Hosting) {
    this.#ledger = ledger;
    this.#hosting = hosting;
  }

  get #site(): SiteContent {
    return this.#ledger.shop.site;
  }

  /** A new post of a type; published, empty and the administrator's unless the patch says otherwise. */
  add(typeName: string, patch: Patch): PostRecord {
    const type = this.#type(typeName);
    const id = this.#ledger.ids.record();
    const { site, gmt } = this.#ledger.instant();
    const blank: PostRecord = {
      ...this.#blank(type),
      id,
      date: site,
      date_gmt: gmt,
      modified: site,
      modified_gmt: gmt,
      guid: guidOf(id, type),
    };
    const post = patched(blank, type, this.#site, { title: '', ...patch });
    return this.#save(post, {});
  }

  change(id: number, patch: Patch, options: EditOptions = {}): PostRecord {
    const post = this.#post(id);
    return this.#save(patched(post, this.#type(post.type), this.#site, patch), options);
  }

  /** Webhooks hear of a product and of a coupon, as with every post that is trashed. */
  trash(id: number): PostRecord {
    const post = this.#post(id);
    if (post.status === 'trash') {
      throw new Error(`Post ${id} is in the trash already.`);
    }
    this.#site.statusBefore.set(id, post.status);
    const slug = post.slug === '' ? '' : trashedSlug(post.slug);
    this.#ledger.tell('product.deleted', id);
    this.#ledger.tell('coupon.deleted', id);
    return this.change(id, { status: 'trash', slug });
  }

  /** Out of the trash, as a draft like on the admin screen, or as what the patch says. */
  restore(id: number, patch: Patch): PostRecord {
    const post = this.#post(id);
    if (post.status !== 'trash') {
      throw new Error(`Post ${id} is not in the trash.`);
    }
    this.#ledger.tell('product.restored', id);
    this.#ledger.tell('coupon.restored', id);
    return this.change(id, { status: 'draft', slug: untrashedSlug(post.slug), ...patch });
  }

  /** For good. */
  remove(id: number): void {
    const { type } = this.#post(id);
    this.#site.posts.remove(id);
    this.#tell(type, id);
  }

  #save(post: PostRecord, { modified }: EditOptions): PostRecord {
    const at = typeof modified === 'string' ? wireSeconds(modified) : this.#ledger.now();
    if (Number.isNaN(at)) {
      throw new Error(`"${modified ?? ''}" is no date: write it as 2026-03-20T12:00:00 (UTC).`);
    }
    const { site, gmt } = this.#ledger.shop.zone.pair(at);
    const dates = modified === null ? {} : { modified: site, modified_gmt: gmt };
    const saved = { ...post, ...dates };
    this.#site.posts.put(postEntry(saved));
    if (modified !== null) {
      this.#tell(post.type, post.id);
    }
    return saved;
  }

  /** What the snippet of the handbook does on `save_post` and `deleted_post`. */
  #tell(type: string, id: number): void {
    if (this.#hosting.content_snippet) {
      this.#ledger.tell('action.woocommerce_sync_content', `${type}:${id}`);
    }
  }

  /** A post of the type with nothing in it. */
  #blank({ slug }: TypeRecord): PostRecord {
    const like = this.#site.posts.all().find((entry) => entry.read().type === slug);
    if (like === undefined) {
      throw new Error(
        `The site has no posts of the type ${slug}, so nobody knows what one looks like.`,
      );
    }
    const post = structuredClone(like.read());
    const empty = { raw: '', rendered: '' };
    return {
      ...post,
      slug: '',
      password: '',
      status: 'publish',
      author: 1,
      acf: [],
      title: empty,
      ...('content' in post ? { content: { ...empty, protected: false, block_version: 0 } } : {}),
      ...('excerpt' in post ? { excerpt: { ...empty, protected: false } } : {}),
      ...('featured_media' in post ? { featured_media: 0 } : {}),
      ...('parent' in post ? { parent: 0 } : {}),
      ...('menu_order' in post ? { menu_order: 0 } : {}),
      ...('categories' in post ? { categories: [1], tags: [] } : {}),
      ...('event-types' in post ? { 'event-types': [] } : {}),
      meta: Object.fromEntries(
        Object.entries(post.meta).map(([key, value]) => [key, emptyLike(value)]),
      ),
    };
  }

  #type(name: string): TypeRecord {
    const type = this.#site.types[name];
    if (type === undefined) {
      const names = Object.keys(this.#site.types).join(', ');
      throw new Error(`The site has no type "${name}": give one of ${names}.`);
    }
    return type;
  }

  #post(id: number): PostRecord {
    const post = this.#site.posts.get(id)?.read();
    if (post === undefined) {
      throw new Error(`There is no post ${id}.`);
    }
    return post;
  }
}

function guidOf(id: number, { slug }: TypeRecord): PostRecord['guid'] {
  const guid = `${RECORDED_ORIGIN}/?post_type=${slug}&p=${id}`;
  return { rendered: guid, raw: guid };
}

/** What REST shows of registered meta that nobody has set. */
function emptyLike(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [];
  }
  return { number: 0, boolean: false }[typeof value as string] ?? '';
}
