import type { PostRecord, TaxonomyRecord, TypeRecord } from '../../content/records.ts';
import type { Person, Rights } from '../../content/rights.ts';
import type { SiteContent } from '../../content/site.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';

type Links = Record<string, object[]>;

export const API = `${RECORDED_ORIGIN}/wp-json`;
export const CURIES = [{ name: 'wp', href: 'https://api.w.org/{rel}', templated: true }];
export const ALL_VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The address of a type's list. */
export function listOf({ rest_namespace, rest_base }: TypeRecord | TaxonomyRecord): string {
  return `${API}/${rest_namespace}/${rest_base}`;
}

/** The links of a post; editors see what they may do with it too. */
export class PostLinks {
  readonly #site: SiteContent;
  readonly #rights: Rights;

  constructor(site: SiteContent, rights: Rights) {
    this.#site = site;
    this.#rights = rights;
  }

  of(post: PostRecord, type: TypeRecord, person: Person, context: string): Links {
    const self = `${listOf(type)}/${post.id}`;
    const allow = this.#rights.mayEdit(person, post) ? ALL_VERBS : ['GET'];
    const { supports } = type;
    const embeddable = (href: string): object[] => [{ embeddable: true, href }];
    const taxonomies = this.#taxonomiesOf(type);
    return {
      self: [{ href: self, targetHints: { allow } }],
      collection: [{ href: listOf(type) }],
      about: [{ href: `${API}/wp/v2/types/${type.slug}` }],
      ...('author' in supports ? { author: embeddable(`${API}/wp/v2/users/${post.author}`) } : {}),
      ...('comments' in supports
        ? { replies: embeddable(`${API}/wp/v2/comments?post=${post.id}`) }
        : {}),
      ...('revisions' in supports
        ? { 'version-history': [{ count: 0, href: `${self}/revisions` }] }
        : {}),
      ...((post.parent ?? 0) > 0 ? { up: embeddable(`${listOf(type)}/${post.parent}`) } : {}),
      ...((post.featured_media ?? 0) > 0
        ? { 'wp:featuredmedia': embeddable(`${API}/wp/v2/media/${post.featured_media}`) }
        : {}),
      'wp:attachment': [{ href: `${API}/wp/v2/media?parent=${post.id}` }],
      ...(taxonomies.length > 0
        ? { 'wp:term': taxonomies.map((taxonomy) => termLink(taxonomy, post.id)) }
        : {}),
      ...(context === 'edit' ? this.#actions(self, type, taxonomies, person) : {}),
      curies: CURIES,
    };
  }

  #taxonomiesOf({ taxonomies }: TypeRecord): TaxonomyRecord[] {
    return taxonomies.flatMap((name) => this.#site.taxonomies[name] ?? []);
  }

  #actions(
    href: string,
    type: TypeRecord,
    taxonomies: readonly TaxonomyRecord[],
    person: Person,
  ): Links {
    const may = (name: string): boolean => this.#rights.inType(person, type, name);
    const sticky = type.slug === 'post' && may('edit_others_posts') && may('publish_posts');
    const ofTerms = taxonomies.flatMap(({ rest_base, hierarchical, capabilities }) => [
      [`create-${rest_base}`, capabilities[hierarchical ? 'edit_terms' : 'assign_terms']] as const,
      [`assign-${rest_base}`, capabilities['assign_terms']] as const,
    ]);
    const names = [
      ...(may('publish_posts') ? ['publish'] : []),
      ...(this.#rights.has(person, 'unfiltered_html') ? ['unfiltered-html'] : []),
      ...(sticky ? ['sticky'] : []),
      ...('author' in type.supports && may('edit_others_posts') ? ['assign-author'] : []),
      ...ofTerms.filter(([, right]) => this.#rights.has(person, right)).map(([name]) => name),
    ];
    return Object.fromEntries(names.map((name) => [`wp:action-${name}`, [{ href }]]));
  }
}

function termLink(taxonomy: TaxonomyRecord, post: number): object {
  const href = `${listOf(taxonomy)}?post=${post}`;
  return { taxonomy: taxonomy.slug, embeddable: true, href };
}
