import { wordPressParams } from '../../content/params.ts';
import type { TaxonomyRecord, TypeRecord } from '../../content/records.ts';
import type { Person, Rights } from '../../content/rights.ts';
import type { SiteContent } from '../../content/site.ts';
import { ok, ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Call, Route } from '../../rest/route.ts';
import { filterOf } from '../settings.ts';
import { denied, fieldsReply, personOf, refusing } from './refusals.ts';
import { API, CURIES, listOf } from './post-links.ts';

/** A type that the site has and that REST does not show. */
const HIDDEN = 'internal_note';
const TYPE_EDITORS = ['capabilities', 'visibility', 'viewable', 'labels', 'supports'];
const TAXONOMY_EDITORS = ['capabilities', 'labels', 'show_cloud', 'visibility'];

const base = { refusal: 'own', refuse: refusing([]), allow: () => 'GET' } as const;

/**
 * What kinds of content and of terms there are. `_fields` cuts each entry and then the whole by the same names, so that
 * `_fields=slug,name` leaves nothing, as in WordPress.
 */
export function typeRoutes(site: SiteContent, rights: Rights): Route[] {
  const mayEditType = (person: Person, type: TypeRecord): boolean =>
    rights.inType(person, type, 'edit_posts');
  return [
    {
      ...base,
      pattern: '/wp/v2/types',
      params: wordPressParams('types'),
      handlers: {
        GET: (call) => {
          const seen = editable(call, Object.values(site.types), mayEditType);
          if (seen.length === 0) {
            throw denied(personOf(call), 'rest_cannot_view', 'edit posts in this post type');
          }
          return keyed(call, seen, typeView);
        },
      },
    },
    {
      ...base,
      pattern: '/wp/v2/types/(?P<type>[\\w-]+)',
      params: wordPressParams('type'),
      handlers: {
        GET: (call) => {
          const type = typeOf(call, site);
          if (isEdit(call) && !mayEditType(personOf(call), type)) {
            throw stated(call, 'rest_forbidden_context', 'edit posts in this post type');
          }
          return fieldsReply(call, typeView(type, isEdit(call)));
        },
      },
    },
    ...taxonomyRoutes(site, rights),
  ];
}

function taxonomyRoutes(site: SiteContent, rights: Rights): Route[] {
  const mayAssign = (person: Person, { capabilities }: TaxonomyRecord): boolean =>
    rights.has(person, capabilities['assign_terms']);
  return [
    {
      ...base,
      pattern: '/wp/v2/taxonomies',
      params: wordPressParams('taxonomies'),
      handlers: {
        GET: (call) => {
          const type = call.params.text('type') ?? '';
          const all = Object.values(site.taxonomies).filter(
            ({ types }) => type === '' || types.includes(type),
          );
          const seen = editable(call, all, mayAssign);
          if (seen.length === 0 && isEdit(call)) {
            throw denied(personOf(call), 'rest_cannot_view', 'manage terms in this taxonomy');
          }
          return keyed(call, seen, taxonomyView);
        },
      },
    },
    {
      ...base,
      pattern: '/wp/v2/taxonomies/(?P<taxonomy>[\\w-]+)',
      params: wordPressParams('type'),
      handlers: {
        GET: (call) => {
          const taxonomy = site.taxonomies[call.path['taxonomy'] ?? ''];
          if (taxonomy === undefined) {
            return wpError(404, 'rest_taxonomy_invalid', 'Invalid taxonomy.');
          }
          if (isEdit(call) && !mayAssign(personOf(call), taxonomy)) {
            throw stated(call, 'rest_forbidden_context', 'manage terms in this taxonomy');
          }
          return fieldsReply(call, taxonomyView(taxonomy, isEdit(call)));
        },
      },
    },
  ];
}

function isEdit({ params }: Call): boolean {
  return params.text('context') === 'edit';
}

/** Editors see those of which they may edit something. */
function editable<R>(
  call: Call,
  all: readonly R[],
  may: (person: Person, one: R) => boolean,
): readonly R[] {
  return isEdit(call) ? all.filter((one) => may(personOf(call), one)) : all;
}

/** @throws ReplyError where REST does not show the type, or there is none */
function typeOf(call: Call, site: SiteContent): TypeRecord {
  const name = call.path['type'] ?? '';
  const type = site.types[name];
  if (type !== undefined) {
    return type;
  }
  if (name === HIDDEN) {
    const status = call.role === undefined ? 401 : 403;
    throw new ReplyError(wpError(status, 'rest_cannot_read_type', 'Cannot view post type.'));
  }
  throw new ReplyError(wpError(404, 'rest_type_invalid', 'Invalid post type.'));
}

/** A refusal that is answered by the route itself, and so names its verbs. */
function stated(call: Call, code: string, message: string): ReplyError {
  return new ReplyError(denied(personOf(call), code, message).reply);
}

function keyed<R extends { slug: string }>(
  call: Call,
  all: readonly R[],
  view: (one: R, isEdited: boolean) => object,
): ReturnType<typeof ok> {
  const fields = filterOf(call.query);
  const byName = all.map((one) => [one.slug, fields.inList(view(one, isEdit(call)))] as const);
  return ok(fields.inList(Object.fromEntries(byName)));
}

function typeView(type: TypeRecord, isEdited: boolean): object {
  return view(type, isEdited ? [] : TYPE_EDITORS, 'types');
}

function taxonomyView(taxonomy: TaxonomyRecord, isEdited: boolean): object {
  return view(taxonomy, isEdited ? [] : TAXONOMY_EDITORS, 'taxonomies');
}

function view(
  record: TypeRecord | TaxonomyRecord,
  hidden: readonly string[],
  list: string,
): object {
  const fields = Object.entries(record).filter(
    ([name]) => name !== '_links' && !hidden.includes(name),
  );
  return {
    ...Object.fromEntries(fields),
    _links: {
      collection: [{ href: `${API}/wp/v2/${list}` }],
      'wp:items': [{ href: listOf(record) }],
      curies: CURIES,
    },
  };
}
