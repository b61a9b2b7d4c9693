import type { PostRecord, TypeRecord } from '../../content/records.ts';
import type { Person, Rights } from '../../content/rights.ts';
import type { SiteContent } from '../../content/site.ts';
import type { Entry } from '../../core/collection.ts';
import type { SiteZone } from '../../core/zone.ts';
import { inRange, rangeOf } from '../../rest/request/bounds.ts';
import type { Params } from '../../rest/request/params.ts';
import type { Page } from '../../rest/response/list.ts';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import { sliceOf } from '../../rest/route.ts';
import { found } from '../listing.ts';
import { forbiddenStatus } from './refusals.ts';

interface ListParts {
  site: SiteContent;
  zone: SiteZone;
  rights: Rights;
}

/** What `status=any` leaves out. */
const HIDDEN = new Set(['trash', 'auto-draft']);

/**
 * A page of a type's posts. As in WordPress the total counts what matches, and the page then lacks what the person
 * may not read: nobody is told that a right is missing.
 */
export function postPage(
  type: TypeRecord,
  params: Params,
  person: Person,
  { site, zone, rights }: ListParts,
): Page<PostRecord> {
  checkStatuses(type, params, person, rights);
  const matches = filterOf(type, params, site, zone);
  const all = candidates(site, params).filter((entry) => matches(entry));
  const sorted = params.text('orderby') === 'include' ? all : all.sort(orderOf(params, zone));
  const { offset, limit } = sliceOf(params);
  const slice = sorted.slice(offset, offset + limit);
  const total = params.has('offset') && slice.length === 0 ? 0 : all.length;
  if (slice.length === 0 && total > 0) {
    const message = 'The page number requested is larger than the number of pages available.';
    throw new ReplyError(wpError(400, 'rest_post_invalid_page_number', message));
  }
  const isEdited = params.text('context') === 'edit';
  const readable = slice.filter((entry) => {
    const post = entry.read();
    return rights.mayRead(person, post) && (!isEdited || rights.mayEdit(person, post));
  });
  return { entries: readable, total };
}

/** Other posts than the published ones may be asked for by those who may edit some, private ones by their readers too. */
function checkStatuses(type: TypeRecord, params: Params, person: Person, rights: Rights): void {
  const asked = params.texts('status');
  const may = (name: string): boolean => rights.inType(person, type, name);
  const refused = asked.some(
    (status) =>
      status !== 'publish' &&
      !may('edit_posts') &&
      !(status === 'private' && may('read_private_posts')),
  );
  if (refused) {
    throw forbiddenStatus(person);
  }
}

function candidates({ posts }: SiteContent, params: Params): Entry<PostRecord>[] {
  const include = params.ids('include');
  return include.length > 0
    ? [...new Set(include)].flatMap((id) => posts.get(id) ?? [])
    : [...posts.all()];
}

function filterOf(
  type: TypeRecord,
  params: Params,
  site: SiteContent,
  zone: SiteZone,
): (entry: Entry<PostRecord>) => boolean {
  const created = rangeOf(params, '', 'site', zone);
  const modified = rangeOf(params, 'modified_', 'site', zone);
  const statuses = params.texts('status');
  const wanted = new Set(statuses.length === 0 ? ['publish'] : statuses);
  const exclude = new Set(params.ids('exclude'));
  const authors = params.ids('author');
  const words = (params.text('search') ?? '').split(/\s+/).filter((word) => word !== '');
  const bases = type.taxonomies.flatMap((name) => site.taxonomies[name]?.rest_base ?? []);
  const oneOf = (asked: readonly unknown[], value: unknown): boolean =>
    asked.length === 0 || asked.includes(value);
  const isWanted = ({ status }: PostRecord): boolean =>
    wanted.has(status) || (wanted.has('any') && !HIDDEN.has(status));
  return (entry) => {
    const post = entry.read();
    return (
      post.type === type.slug &&
      isWanted(post) &&
      inRange(entry, 'created', created, zone) &&
      inRange(entry, 'modified', modified, zone) &&
      !exclude.has(post.id) &&
      oneOf(authors, post.author) &&
      oneOf(params.ids('parent'), post.parent) &&
      oneOf(params.texts('slug'), post.slug) &&
      (!params.has('menu_order') || params.number('menu_order') === post.menu_order) &&
      words.every((word) => found(word, textsOf(post))) &&
      bases.every((base) => hasTerm(post[base], params.ids(base)))
    );
  };
}

function textsOf({ title, content, excerpt }: PostRecord): string[] {
  return [title.raw, content?.raw ?? '', excerpt?.raw ?? ''];
}

function hasTerm(own: unknown, asked: readonly number[]): boolean {
  return asked.length === 0 || (Array.isArray(own) && asked.some((id) => own.includes(id)));
}

/** Dates are compared in site time, and posts of one second come as the database likes: here by id, in both directions. */
function orderOf(
  params: Params,
  zone: SiteZone,
): (a: Entry<PostRecord>, b: Entry<PostRecord>) => number {
  const sign = params.text('order') === 'asc' ? 1 : -1;
  const key = keyOf(params.text('orderby') ?? 'date', zone);
  return (a, b) => {
    const [first, second] = [key(a), key(b)];
    return first === second ? a.id - b.id : sign * (first < second ? -1 : 1);
  };
}

function keyOf(orderby: string, zone: SiteZone): (entry: Entry<PostRecord>) => string | number {
  const keys: Record<string, (entry: Entry<PostRecord>) => string | number> = {
    id: ({ id }) => id,
    date: ({ created }) => zone.wall(created),
    modified: ({ modified }) => zone.wall(modified),
    author: ({ owner }) => owner,
    title: (entry) => entry.read().title.raw.toLowerCase(),
    slug: (entry) => entry.read().slug,
    parent: (entry) => entry.read().parent ?? 0,
    menu_order: (entry) => entry.read().menu_order ?? 0,
  };
  return keys[orderby] ?? (({ created }) => zone.wall(created));
}
