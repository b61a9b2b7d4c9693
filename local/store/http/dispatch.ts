import { recordedFile } from '../recordings.ts';
import { permissionProblem } from './auth.ts';
import type { Authenticator, AuthRequest, Identity } from './auth.ts';
import { checkParams } from './params.ts';
import { invalidParams, noRoute, notEmulated, ReplyError, wpError } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

interface Known {
  match: RegExp;
  methods: string[];
  route: Route | undefined;
}

/** An answer with what its headers depend on. */
export interface Dispatched {
  reply: Reply;
  identity: Identity;
  /** the verbs that the `Allow` header names, where it is sent at all */
  allow: string | undefined;
}

const nobody: Identity = { role: undefined, key: undefined };

/** Answers requests below `/wp-json/` as WordPress does: who, may they, where, with what, then the handler. */
export class Dispatcher {
  readonly #authenticator: Authenticator;
  readonly #index: (query: AuthRequest['query']) => Reply;
  readonly #known: Known[];

  constructor(
    authenticator: Authenticator,
    routes: readonly Route[],
    index: (query: AuthRequest['query']) => Reply,
  ) {
    this.#authenticator = authenticator;
    this.#index = index;
    this.#known = knownRoutes(routes);
  }

  answer(request: AuthRequest): Dispatched {
    const identity = this.#authenticator.identify(request);
    if ('status' in identity) {
      return { reply: identity, identity: nobody, allow: undefined };
    }
    const refused = permissionProblem(identity, request.method);
    if (refused !== undefined) {
      return { reply: refused, identity, allow: undefined };
    }
    const path = request.path.slice('/wp-json'.length).replace(/\/$/, '');
    if (path === '' && request.method === 'GET') {
      return { reply: this.#index(request.query), identity, allow: 'GET' };
    }
    return this.#route(path, request, identity);
  }

  #route(path: string, request: AuthRequest, identity: Identity): Dispatched {
    const known = this.#known.find(
      ({ match, methods }) => match.test(path) && methods.includes(request.method),
    );
    if (known === undefined) {
      const foreign = path !== '' && !/^\/wc\/v3(\/|$)/.test(path);
      const reply = foreign ? notEmulated(`${path}, which is not a wc/v3 route`) : noRoute();
      return { reply, identity, allow: undefined };
    }
    const { route } = known;
    const handler = route?.handlers[request.method];
    if (route === undefined || handler === undefined) {
      const reply = notEmulated(`${request.method} ${path}`);
      return { reply, identity, allow: undefined };
    }
    const names = known.match.exec(path)?.groups ?? {};
    const answer = (reply: Reply, allow?: string): Dispatched => ({ reply, identity, allow });
    const allow = mayUse(identity) ? known.methods.join(', ') : undefined;
    const { params, problems } = checkParams(request.query, route.params);
    if (problems.length > 0) {
      return answer(invalidParams(problems), allow);
    }
    const missing = route.missing?.(names) ?? refusal(route, names, identity);
    if (missing !== undefined) {
      return answer(missing);
    }
    const { query, url } = request;
    return answer(
      run(() => handler({ path: names, url, query, params })),
      allow,
    );
  }
}

function run(handle: () => Reply): Reply {
  try {
    return handle();
  } catch (error) {
    if (error instanceof ReplyError) {
      return error.reply;
    }
    throw error;
  }
}

function mayUse({ role }: Identity): boolean {
  return role === 'administrator' || role === 'shop_manager';
}

/** The answer to somebody without rights; WooCommerce asks for some rights only where there is a record. */
function refusal(
  { refusal: kind, rightsNeedRecord }: Route,
  names: Record<string, string>,
  identity: Identity,
): Reply | undefined {
  if (mayUse(identity) || rightsNeedRecord?.(names) === false) {
    return undefined;
  }
  const message =
    kind === 'list' ? 'Sorry, you cannot list resources.' : 'Sorry, you cannot view this resource.';
  const status = identity.role === undefined ? 401 : 403;
  return wpError(status, 'woocommerce_rest_cannot_view', message);
}

/** The recorded route list, each with what the local store can do there. */
function knownRoutes(routes: readonly Route[]): Known[] {
  const byPattern = new Map(routes.map((route) => [route.pattern, route]));
  return (recordedFile('schema/routes.json') as string[]).map((line) => {
    const at = line.lastIndexOf(' ');
    const pattern = line.slice(0, at);
    return {
      match: new RegExp(`^${pattern.replaceAll('(?P<', '(?<')}$`),
      methods: line.slice(at + 1).split(','),
      route: byPattern.get(pattern),
    };
  });
}
