import { Collection } from '../core/collection.ts';
import type { Entry } from '../core/collection.ts';
import { recordedBody } from '../core/recordings.ts';
import { wireSeconds } from '../core/zone.ts';
import type { PostRecord, TaxonomyRecord, TermRecord, TypeRecord, UserRecord } from './records.ts';

/** The types of posts whose records the site has; what else `types` names is WordPress' own furniture. */
const FILLED = ['posts', 'pages', 'events', 'entries'] as const;

/** What the site holds beside the shop: its own posts, users and terms. */
export interface SiteContent {
  types: Record<string, TypeRecord>;
  taxonomies: Record<string, TaxonomyRecord>;
  /** of all types but images, which are in the media library */
  posts: Collection<PostRecord>;
  /** who works here; customers of the shop are users too, and are kept with the shop */
  users: Collection<UserRecord>;
  terms: Collection<TermRecord>;
  /** what trashed posts were before, where it was something else than published */
  statusBefore: Map<number, string>;
}

/** What was recorded, read once for all shops of the process; nothing changes a record in its place. */
let recorded: ReturnType<typeof readRecordings> | undefined;

/** The recorded site. */
export function recordedSite(): SiteContent {
  recorded ??= readRecordings();
  const { types, taxonomies, posts, users, terms } = recorded;
  return {
    types,
    taxonomies,
    posts: new Collection(posts.map(postEntry)),
    users: new Collection(users.map(userEntry)),
    terms: new Collection(terms.map(termEntry)),
    statusBefore: new Map([[5026, 'private']]),
  };
}

function readRecordings() {
  const edited = (path: string): unknown => recordedBody(`wordpress/${path}.json`);
  const posts = FILLED.flatMap((folder) => edited(`${folder}/list-all-edit`) as PostRecord[]);
  const terms = ['categories', 'tags', 'event-types'].flatMap(
    (base) => edited(`terms/${base}-edit-administrator`) as TermRecord[],
  );
  return {
    types: edited('types/administrator-edit') as SiteContent['types'],
    taxonomies: edited('taxonomies/administrator-edit') as SiteContent['taxonomies'],
    posts: posts.map(withoutLinks),
    users: (edited('users/list-all-edit') as UserRecord[]).map(withoutLinks),
    terms: terms.map(withoutLinks),
  };
}

export function postEntry(post: PostRecord): Entry<PostRecord> {
  return {
    id: post.id,
    created: wireSeconds(post.date_gmt),
    modified: wireSeconds(post.modified_gmt),
    status: post.status,
    owner: post.author,
    read: () => post,
  };
}

/** The `status` of a user's entry is the first role. */
export function userEntry(user: UserRecord): Entry<UserRecord> {
  const created = Date.parse(user.registered_date) / 1000;
  const [status = ''] = user.roles;
  return { id: user.id, created, modified: created, status, owner: 0, read: () => user };
}

/** The `status` of a term's entry is its taxonomy, its `owner` the parent. */
export function termEntry(term: TermRecord): Entry<TermRecord> {
  const { id, taxonomy, parent = 0 } = term;
  return { id, created: 0, modified: 0, status: taxonomy, owner: parent, read: () => term };
}

function withoutLinks<R extends object>(record: R): R {
  const copy = { ...record } as R & { _links?: unknown };
  delete copy._links;
  return copy;
}
