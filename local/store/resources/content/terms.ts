import { wordPressParams } from '../../content/params.ts';
import type { TaxonomyRecord, TermRecord } from '../../content/records.ts';
import type { Person, Rights } from '../../content/rights.ts';
import type { SiteContent } from '../../content/site.ts';
import { Denied, wpError } from '../../rest/response/reply.ts';
import { listReply, pathId } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import { termPage } from '../term-page.ts';
import { ALL_VERBS, API, CURIES, listOf } from './post-links.ts';
import { denied, fieldsReply, personOf, refusing } from './refusals.ts';

const SERVED = ['category', 'post_tag', 'event_type'];
/** The category of posts without one, which nobody can delete. */
const DEFAULT_CATEGORY = 1;
const refuse = refusing(['tax_relation'], { orderby: ['term_group', 'include_slugs'] });

/** Categories, tags and the terms of the site's own taxonomies. Terms have no dates. */
export function termRoutes(site: SiteContent, rights: Rights): Route[] {
  return SERVED.flatMap((name) => site.taxonomies[name] ?? []).flatMap((taxonomy) =>
    routesOf(taxonomy, site, rights),
  );
}

function routesOf(taxonomy: TaxonomyRecord, site: SiteContent, rights: Rights): Route[] {
  const list = `/${taxonomy.rest_namespace}/${taxonomy.rest_base}`;
  const specs = wordPressParams(taxonomy.rest_base);
  const mayEdit = (person: Person): boolean =>
    rights.has(person, taxonomy.capabilities['edit_terms']);
  const verbsOn = (person: Person, id: number): string[] => {
    const most = id === DEFAULT_CATEGORY ? ALL_VERBS.slice(0, -1) : ALL_VERBS;
    return mayEdit(person) ? most : ['GET'];
  };
  const find = (call: Call): TermRecord | undefined => {
    const term = site.terms.get(pathId(call.path))?.read();
    return term?.taxonomy === taxonomy.slug ? term : undefined;
  };
  const show = (call: Call, term: TermRecord): object => {
    const counted = { ...term, count: countOf(term, taxonomy, site) };
    return termView(counted, taxonomy, site, verbsOn(personOf(call), term.id));
  };
  const creating = taxonomy.capabilities[taxonomy.hierarchical ? 'edit_terms' : 'assign_terms'];
  return [
    {
      pattern: list,
      params: specs,
      refusal: 'own',
      refuse,
      allow: (person) => (rights.has(person, creating) ? 'GET, POST' : 'GET'),
      handlers: {
        GET: (call) => {
          checkContext(call, mayEdit, 'edit terms in this taxonomy');
          const page = termPage(listed(call, taxonomy, site), call.params);
          return listReply(call, { specs, page, render: (term) => show(call, term) });
        },
      },
    },
    {
      pattern: `${list}/(?P<id>[\\d]+)`,
      params: wordPressParams('term'),
      refusal: 'own',
      refuse,
      allow: (person, path) => verbsOn(person, pathId(path)).join(', '),
      handlers: {
        GET: (call) => {
          const term = find(call);
          if (term === undefined) {
            throw new Denied(wpError(404, 'rest_term_invalid', 'Term does not exist.'));
          }
          checkContext(call, mayEdit, 'edit this term');
          return fieldsReply(call, show(call, term));
        },
      },
    },
  ];
}

function checkContext(call: Call, mayEdit: (person: Person) => boolean, what: string): void {
  if (call.params.text('context') === 'edit' && !mayEdit(personOf(call))) {
    throw denied(personOf(call), 'rest_forbidden_context', what);
  }
}

/** The terms of a taxonomy with their counts, or those that one post has. */
function listed(call: Call, taxonomy: TaxonomyRecord, site: SiteContent) {
  const post = call.params.number('post');
  const own = post === undefined ? undefined : termsOf(post, taxonomy, site);
  return site.terms
    .all()
    .filter(({ id, status }) => status === taxonomy.slug && (own?.includes(id) ?? true))
    .map((entry) => ({
      ...entry,
      read: () => ({ ...entry.read(), count: countOf(entry.read(), taxonomy, site) }),
    }));
}

function termsOf(post: number, { rest_base }: TaxonomyRecord, site: SiteContent): unknown[] {
  const terms = site.posts.get(post)?.read()[rest_base];
  return Array.isArray(terms) ? (terms as unknown[]) : [];
}

/** Only published posts count. */
function countOf({ id }: TermRecord, taxonomy: TaxonomyRecord, site: SiteContent): number {
  return site.posts
    .all()
    .filter((entry) => entry.status === 'publish' && termsOf(entry.id, taxonomy, site).includes(id))
    .length;
}

function termView(
  term: TermRecord,
  taxonomy: TaxonomyRecord,
  { types }: SiteContent,
  allow: readonly string[],
): object {
  const list = listOf(taxonomy);
  const parent = term.parent ?? 0;
  const owners = taxonomy.types.flatMap((name) => types[name] ?? []);
  return {
    ...term,
    _links: {
      self: [{ href: `${list}/${term.id}`, targetHints: { allow } }],
      collection: [{ href: list }],
      about: [{ href: `${API}/wp/v2/taxonomies/${taxonomy.slug}` }],
      ...(parent > 0 ? { up: [{ embeddable: true, href: `${list}/${parent}` }] } : {}),
      'wp:post_type': owners.map((type) => ({
        href: `${listOf(type)}?${taxonomy.rest_base}=${term.id}`,
      })),
      curies: CURIES,
    },
  };
}
