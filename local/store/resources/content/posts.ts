import { wordPressParams } from '../../content/params.ts';
import type { PostRecord, TypeRecord } from '../../content/records.ts';
import type { Rights } from '../../content/rights.ts';
import type { Shop } from '../../shop/shop.ts';
import { Denied, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { listReply, pathId } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import { ALL_VERBS, PostLinks } from './post-links.ts';
import { postPage } from './post-list.ts';
import { postView } from './post-views.ts';
import type { Viewer } from './post-views.ts';
import { denied, fieldsReply, pageLink, personOf, refusing } from './refusals.ts';

/** The types whose posts the site has. */
const SERVED = ['post', 'page', 'event', 'form_entry'];

const OTHER_PARAMS = (
  'author_exclude search_semantics search_columns tax_relation categories_exclude tags_exclude ' +
  'event-types_exclude sticky ignore_sticky format parent_exclude excerpt_length'
).split(' ');

/** Posts, pages and the site's own types, each below the namespace and base that `types` names. */
export function postRoutes(shop: Shop, rights: Rights): Route[] {
  const { site, zone } = shop;
  const parts = { site, zone, rights };
  const view = { zone, links: new PostLinks(site, rights) };
  return SERVED.flatMap((name) => site.types[name] ?? []).flatMap((type): Route[] => {
    const list = `/${type.rest_namespace}/${type.rest_base}`;
    const specs = wordPressParams(type.rest_base);
    const find = (path: Record<string, string>): PostRecord | undefined => {
      const post = site.posts.get(pathId(path))?.read();
      return post?.type === type.slug ? post : undefined;
    };
    const refuse = refusing(OTHER_PARAMS, { orderby: ['relevance', 'include_slugs'] });
    return [
      {
        pattern: list,
        params: specs,
        refusal: 'own',
        refuse,
        allow: (person) => (rights.inType(person, type, 'create_posts') ? 'GET, POST' : 'GET'),
        handlers: {
          GET: (call) => {
            const viewer = { person: personOf(call), context: call.params.text('context') ?? '' };
            const page = postPage(type, call.params, viewer.person, parts);
            checkContext(viewer, type, rights);
            return listReply(call, {
              specs,
              page,
              render: (post) => postView(post, type, viewer, view),
            });
          },
        },
      },
      {
        pattern: `${list}/(?P<id>[\\d]+)`,
        params: wordPressParams('post'),
        refusal: 'own',
        refuse,
        allow: (person, path) => {
          const post = find(path);
          return post !== undefined && rights.mayEdit(person, post) ? ALL_VERBS.join(', ') : 'GET';
        },
        handlers: {
          GET: (call) => {
            const viewer = viewerOf(call);
            const post = readable(find(call.path), viewer, rights);
            const headers = type.viewable ? pageLink(post.link) : {};
            return fieldsReply(call, postView(post, type, viewer, view), headers);
          },
        },
      },
    ];
  });
}

function viewerOf(call: Call): Viewer {
  const { params } = call;
  const context = params.text('context') ?? '';
  return { person: personOf(call), context, password: params.text('password') };
}

function checkContext({ person, context }: Viewer, type: TypeRecord, rights: Rights): void {
  if (context === 'edit' && !rights.inType(person, type, 'edit_posts')) {
    throw denied(person, 'rest_forbidden_context', 'edit posts in this post type');
  }
}

/** @throws Denied where there is no such post, or where the person may not see it so */
function readable(post: PostRecord | undefined, viewer: Viewer, rights: Rights): PostRecord {
  const { person, context, password } = viewer;
  if (post === undefined) {
    throw new Denied(unknownPost());
  }
  if (context === 'edit' && !rights.mayEdit(person, post)) {
    throw denied(person, 'rest_forbidden_context', 'edit this post');
  }
  if (password !== undefined && password !== '' && password !== post.password) {
    throw new Denied(wpError(403, 'rest_post_incorrect_password', 'Incorrect post password.'));
  }
  if (!rights.mayRead(person, post)) {
    throw denied(person, 'rest_forbidden', 'do that');
  }
  return post;
}

function unknownPost(): Reply {
  return wpError(404, 'rest_post_invalid_id', 'Invalid post ID.');
}
