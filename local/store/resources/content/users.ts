import { wordPressParams } from '../../content/params.ts';
import type { UserRecord } from '../../content/records.ts';
import type { Person, Rights } from '../../content/rights.ts';
import type { Entry } from '../../core/collection.ts';
import type { Params } from '../../rest/request/params.ts';
import type { Page } from '../../rest/response/list.ts';
import { Denied, ReplyError, wpError } from '../../rest/response/reply.ts';
import { listReply, pathId, sliceOf } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import type { Shop } from '../../shop/shop.ts';
import { allUsers, userById } from '../../shop/users.ts';
import { found } from '../listing.ts';
import { ALL_VERBS, API } from './post-links.ts';
import { denied, fieldsReply, personOf, refusing } from './refusals.ts';

const EDITORS =
  'username first_name last_name email locale nickname roles registered_date capabilities extra_capabilities'.split(
    ' ',
  );
const refuse = refusing(['capabilities', 'who', 'search_columns', 'has_published_posts'], {
  orderby: ['url', 'include_slugs'],
});

/**
 * Users: everybody sees those who have published something, only `list_users` all of them, and only `edit_users` others
 * than oneself in the context `edit`: a page leaves them out, and its total counts them.
 */
export function userRoutes(shop: Shop, rights: Rights): Route[] {
  const specs = wordPressParams('users');
  const mayList = (person: Person): boolean => rights.has(person, 'list_users');
  const verbsOn = (person: Person, id: number): string[] => {
    if (rights.has(person, 'edit_users')) {
      return ALL_VERBS;
    }
    return person.id === id && id !== 0 ? ALL_VERBS.slice(0, -1) : ['GET'];
  };
  const show = (call: Call, user: UserRecord): object =>
    userView(user, call.params.text('context') ?? '', verbsOn(personOf(call), user.id));
  return [
    {
      pattern: '/wp/v2/users',
      params: specs,
      refusal: 'own',
      refuse,
      allow: (person) => (rights.has(person, 'create_users') ? 'GET, POST' : 'GET'),
      handlers: {
        GET: (call) => {
          checkList(call, mayList(personOf(call)));
          const page = shownIn(call, rights, userPage(shop, call.params, mayList(personOf(call))));
          return listReply(call, { specs, page, render: (user) => show(call, user) });
        },
      },
    },
    {
      pattern: '/wp/v2/users/(?P<id>[\\d]+)',
      params: wordPressParams('user'),
      refusal: 'own',
      refuse,
      allow: (person, path) => verbsOn(person, pathId(path)).join(', '),
      handlers: {
        GET: (call) => {
          const user = visible(shop, pathId(call.path), call, rights);
          return fieldsReply(call, show(call, user));
        },
      },
    },
    {
      pattern: '/wp/v2/users/me',
      params: wordPressParams('me'),
      refusal: 'own',
      refuse,
      allow: (person) => verbsOn(person, person.id).join(', '),
      handlers: {
        GET: (call) => {
          const user = userById(shop, call.user);
          if (user === undefined) {
            const message = 'You are not currently logged in.';
            throw new ReplyError(wpError(401, 'rest_not_logged_in', message));
          }
          return fieldsReply(call, show(call, user));
        },
      },
    },
  ];
}

function checkList(call: Call, mayList: boolean): void {
  const { params } = call;
  const person = personOf(call);
  if (mayList) {
    return;
  }
  if (params.texts('roles').length > 0) {
    throw denied(person, 'rest_user_cannot_view', 'filter users by role');
  }
  if (params.text('context') === 'edit') {
    throw denied(person, 'rest_forbidden_context', 'edit users');
  }
  if (['email', 'registered_date'].includes(params.text('orderby') ?? '')) {
    throw denied(person, 'rest_forbidden_orderby', 'order users by this parameter');
  }
}

function userPage(shop: Shop, params: Params, mayList: boolean): Page<UserRecord> {
  const published = publishers(shop);
  const include = params.ids('include');
  const exclude = params.ids('exclude');
  const slugs = params.texts('slug');
  const roles = params.texts('roles');
  const search = (params.text('search') ?? '').replaceAll('*', '');
  const matching = allUsers(shop).filter(
    (entry) =>
      (mayList || published.has(entry.id)) &&
      (include.length === 0 || include.includes(entry.id)) &&
      !exclude.includes(entry.id) &&
      (roles.length === 0 || roles.includes(entry.status)) &&
      (slugs.length === 0 || slugs.includes(entry.read().slug)) &&
      (search === '' || found(search, searched(entry.read(), mayList))),
  );
  const { offset, limit } = sliceOf(params);
  const sorted = sort(matching, params);
  return { entries: sorted.slice(offset, offset + limit), total: matching.length };
}

/** As get_items of WordPress' class-wp-rest-users-controller.php does it. */
function shownIn(call: Call, rights: Rights, page: Page<UserRecord>): Page<UserRecord> {
  const person = personOf(call);
  if (call.params.text('context') !== 'edit' || rights.has(person, 'edit_users')) return page;
  return { ...page, entries: page.entries.filter(({ id }) => id === person.id) };
}

/** Addresses are searched only for those who may see them. */
function searched({ username, name, slug, email, url }: UserRecord, mayList: boolean): string[] {
  return [username, name, slug, ...(mayList ? [email, String(url)] : [])];
}

function sort(entries: Entry<UserRecord>[], params: Params): Entry<UserRecord>[] {
  const sign = params.text('order') === 'desc' ? -1 : 1;
  const include = params.ids('include');
  const keys: Record<string, (entry: Entry<UserRecord>) => string | number> = {
    id: ({ id }) => id,
    include: ({ id }) => include.indexOf(id),
    registered_date: ({ created }) => created,
    slug: (entry) => entry.read().slug,
    email: (entry) => entry.read().email,
    name: (entry) => entry.read().name.toLowerCase(),
  };
  const key = keys[params.text('orderby') ?? 'name'] ?? keys['name'];
  const ranked = entries.map((entry) => ({ entry, rank: key?.(entry) ?? 0 }));
  ranked.sort((a, b) =>
    a.rank === b.rank ? a.entry.id - b.entry.id : sign * (a.rank < b.rank ? -1 : 1),
  );
  return ranked.map(({ entry }) => entry);
}

function publishers({ site }: Shop): Set<number> {
  const published = site.posts.all().filter(({ status }) => status === 'publish');
  return new Set(published.map(({ owner }) => owner));
}

/** @throws Denied where there is no such user, or where the person may not see it so */
function visible(shop: Shop, id: number, call: Call, rights: Rights): UserRecord {
  const user = userById(shop, id);
  const person = personOf(call);
  if (user === undefined) {
    throw new Denied(wpError(404, 'rest_user_invalid_id', 'Invalid user ID.'));
  }
  const mayEdit = rights.has(person, 'edit_users') || person.id === id;
  if (call.params.text('context') === 'edit' && !mayEdit) {
    throw denied(person, 'rest_forbidden_context', 'edit this user');
  }
  if (!mayEdit && !rights.has(person, 'list_users') && !publishers(shop).has(id)) {
    throw denied(person, 'rest_user_cannot_view', 'list users');
  }
  return user;
}

function userView(user: UserRecord, context: string, allow: readonly string[]): object {
  const isEdited = context === 'edit';
  const fields = Object.entries(user)
    .filter(([name]) => isEdited || !EDITORS.includes(name))
    .map(([name, value]) => [name, name === 'meta' && !isEdited ? [] : value] as const);
  const list = `${API}/wp/v2/users`;
  return {
    ...Object.fromEntries(fields),
    _links: {
      self: [{ href: `${list}/${user.id}`, targetHints: { allow } }],
      collection: [{ href: list }],
    },
  };
}
