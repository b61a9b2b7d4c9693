import { recordedBody, recordingsIn } from '../../core/recordings.ts';
import type { Recording } from '../../core/recordings.ts';
import { basic } from '../client.ts';
import type { Replayer } from './replayer.ts';
import type { Step } from './story.ts';

/** The application passwords of the recorded site's people. */
export const passwords = ['admin', 'editor', 'author', 'contributor', 'subscriber', 'author2'].map(
  (user) => ({ user, password: `${user} word` }),
);

/** Who asked, and how the site was set up; nobody, by https and for a developer unless the recording says so. */
interface Asked {
  headers: Record<string, string>;
  environment: string | undefined;
}

/** `author` is the user with the right password, `author:x` the one with another. */
export function asked({ request }: Recording): Asked {
  const { user, scheme, environment } = request as {
    user?: string;
    scheme?: string;
    environment?: string;
  };
  const [name = '', given] = (user ?? '').split(':');
  const known = passwords.find(({ user: one }) => one === name.split('@')[0]);
  const password = given === undefined || given === '<password>' ? known?.password : given;
  return {
    environment,
    headers: {
      ...(user === undefined ? {} : basic(name, password ?? '')),
      ...(scheme === 'http' ? {} : { 'x-forwarded-proto': 'https' }),
    },
  };
}

const folders = 'auth entries errors events media pages posts taxonomies terms types users'.split(
  ' ',
);

const httpLink = 'the recorded site calls itself by https, this store as it was asked';
const revision = 'the store keeps no revisions';
const guid = 'the recorded images were put there by hand, without the address of their file';
const but: Record<string, Record<string, string>> = {
  'auth/401-http-production-edit': { 'header link': httpLink },
  'auth/http-local': { 'header link': httpLink },
  'auth/http-production-is-a-stranger': { 'header link': httpLink },
  'auth/http-production-wrong-password-is-a-stranger': { 'header link': httpLink },
  'media/list-all-edit': {
    'body[0].guid.rendered': guid,
    'body[0].guid.raw': guid,
    'body[1].guid.rendered': guid,
    'body[1].guid.raw': guid,
  },
  'media/list-stranger': { 'body[0].guid.rendered': guid, 'body[1].guid.rendered': guid },
  'media/one-stranger': { 'body.guid.rendered': guid },
  'posts/list-all-edit': {
    'body[9]._links keys': revision,
    'body[9]._links.version-history[0].count': revision,
  },
  'posts/one-trash-full-administrator': {
    'body._links keys': revision,
    'body._links.version-history[0].count': revision,
  },
};

/** Uses of the routes that nobody needs of the store: it answers 501. */
export const refusedReads: Record<string, string> = {
  'wordpress/events/event-types-with-children.json': 'terms with their children',
  'wordpress/posts/list-embed.json': 'the fields for themes',
  'wordpress/posts/sticky.json': 'sticky posts',
  'wordpress/users/has-published-posts.json': 'users by what they published',
};

/** Recorded reads of the site as it was. */
export const reads: Step[] = folders
  .flatMap((folder) => recordingsIn(`wordpress/${folder}`))
  .filter((path) => !(path in refusedReads))
  .map((path) => ({ path, but: but[path.slice('wordpress/'.length, -'.json'.length)] ?? {} }));

/** An event is made, trashed and deleted, as the recorded site's editor did it by REST. */
export const MADE = 5028;

function doTo(replayer: Replayer, method: string, more: string, body?: object): Promise<unknown> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  return replayer.client.ask(`/local/content/${replayer.own(MADE)}${more}`, { method, ...text });
}

async function makeEvent(replayer: Replayer): Promise<void> {
  const recorded = recordedBody('wordpress/life/event-create.json') as { id: number };
  const { title, content, status, meta, ...terms } = eventAsMade;
  const body = JSON.stringify({
    type: 'event',
    author: 301,
    title,
    content,
    status,
    meta,
    ...terms,
  });
  const made = await replayer.client.ask<{ id: number }>('/local/content', {
    method: 'POST',
    body,
  });
  replayer.alias(recorded.id, made.body.id);
}

const eventAsMade = {
  title: 'Dye market & more',
  content: 'Bring "cash".',
  status: 'publish',
  meta: { seats: 12, vip: true, event_date: '2027-02-01' },
  'event-types': [505],
};

/** Ids in texts are the store's own. */
const byId = 'it holds the id';
const ofEvent = {
  'header link': byId,
  'body.guid.rendered': 'a site that made it by REST named it after its slug',
  'body.guid.raw': 'a site that made it by REST named it after its slug',
  'body.link': byId,
  'body.class_list[0]': byId,
};

/** What the site shows after each thing that was done to it. */
export const life: Step[] = [
  {
    path: 'event-one-trashed-stranger',
    before: async (replayer: Replayer) => {
      await makeEvent(replayer);
      await doTo(replayer, 'DELETE', '');
    },
  },
  { path: 'event-one-trashed-subscriber' },
  { path: 'event-one-trashed-author' },
  {
    path: 'event-one-trashed-editor',
    but: {
      'header link': byId,
      'body.guid.rendered': ofEvent['body.guid.rendered'],
      'body.link': byId,
      'body.class_list[0]': byId,
    },
  },
  { path: 'event-one-trashed-editor-edit', but: ofEvent },
  { path: 'event-include-trashed-stranger' },
  { path: 'event-include-trashed-editor' },
  {
    path: 'event-one-deleted-stranger',
    before: (replayer: Replayer) => doTo(replayer, 'DELETE', '?force=true'),
  },
  { path: 'event-one-deleted-editor' },
  { path: 'event-include-deleted' },
  {
    path: 'term-one-deleted',
    before: ({ client }: Replayer) => client.ask('/local/terms/507', { method: 'DELETE' }),
  },
  {
    path: 'user-one-deleted-stranger',
    before: ({ client }: Replayer) => client.ask('/local/users/305', { method: 'DELETE' }),
  },
  { path: 'user-one-deleted-administrator' },
  { path: 'media-501-delete-no-force' },
  {
    path: 'media-delete',
    but: { 'body.previous.guid.rendered': guid, 'body.previous.guid.raw': guid },
  },
  { path: 'media-one-deleted-stranger' },
  { path: 'event-whose-media-is-gone' },
].map((step) => ({ ...step, path: `wordpress/life/${step.path}.json` }));

/** The store's content is written through its back door: by REST it answers 501. */
export const refusedWrites: Record<string, string> = Object.fromEntries(
  [
    ...'event-401-delete-stranger event-403-delete-author event-create event-create-draft event-trash'.split(
      ' ',
    ),
    ...'event-410-trash-again event-untrash event-update event-delete-force event-404-delete-again'.split(
      ' ',
    ),
    ...'term-501-delete-no-force term-delete user-501-delete-no-force user-403-delete-editor user-delete'.split(
      ' ',
    ),
  ].map((name) => [`wordpress/life/${name}.json`, 'content is written through the back door']),
);
