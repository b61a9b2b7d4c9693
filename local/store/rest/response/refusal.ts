import type { Role } from '../request/auth.ts';
import { wpError } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route } from '../route.ts';

/** What WordPress lets strangers do with its posts. */
export const STRANGERS_VERB = 'GET';

/** Whether somebody in this role may read and write what the shop holds. */
export function mayManage(role: Role | undefined): boolean {
  return role === 'administrator' || role === 'shop_manager';
}

/** The answer to somebody without rights; WooCommerce asks for some rights only where there is a record. */
export function refusal(
  method: string,
  { refusal: kind, rightsNeedRecord }: Route,
  names: Record<string, string>,
  role: Role | undefined,
): Reply | undefined {
  if (kind === 'own' || mayManage(role) || rightsNeedRecord?.(names) === false) {
    return undefined;
  }
  const status = role === undefined ? 401 : 403;
  if (kind === 'post' && role === 'editor') {
    return undefined;
  }
  if (kind === 'post') {
    return postRefusal(method, 'id' in names, status);
  }
  const { code, message } = wordsFor(method, kind);
  return wpError(status, `woocommerce_rest_${code}`, `Sorry, you ${message}`);
}

/** WordPress' words for its own posts, media among them. */
function postRefusal(method: string, isKnown: boolean, status: number): Reply | undefined {
  if (method === STRANGERS_VERB) {
    return undefined;
  }
  const [verb, rest] = !isKnown
    ? ['create', 'posts as this user']
    : [method === 'DELETE' ? 'delete' : 'edit', 'this post'];
  return wpError(status, `rest_cannot_${verb}`, `Sorry, you are not allowed to ${verb} ${rest}.`);
}

function wordsFor(
  method: string,
  kind: Exclude<Route['refusal'], 'own' | 'post'>,
): { code: string; message: string } {
  if (kind === 'batch') {
    return {
      code: 'cannot_batch',
      message: 'are not allowed to batch manipulate this resource.',
    };
  }
  if (method === 'GET') {
    const message = kind === 'list' ? 'cannot list resources.' : 'cannot view this resource.';
    return { code: 'cannot_view', message };
  }
  if (method === 'DELETE') {
    return { code: 'cannot_delete', message: 'are not allowed to delete this resource.' };
  }
  return kind === 'list'
    ? { code: 'cannot_create', message: 'are not allowed to create resources.' }
    : { code: 'cannot_edit', message: 'are not allowed to edit this resource.' };
}
