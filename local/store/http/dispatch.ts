import { recordedFile } from '../core/recordings.ts';
import { nobody, permissionProblem } from '../rest/request/auth.ts';
import type { Authenticator, AuthRequest, Identity } from '../rest/request/auth.ts';
import { readBody, withQuery } from '../rest/request/body.ts';
import type { BodyFields } from '../rest/request/body.ts';
import { bodyRefusal, castNulls } from '../rest/request/body-schema.ts';
import { checkParams, Params } from '../rest/request/params.ts';
import { parseQuery } from '../rest/request/php-query.ts';
import { mayManage, refusal, STRANGERS_VERB } from '../rest/response/refusal.ts';
import {
  Denied,
  invalidParams,
  isReply,
  noRoute,
  notEmulated,
  ok,
  ReplyError,
} from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import type { Handler, Route, Upload } from '../rest/route.ts';

/** A request with its body. */
export interface ApiRequest extends AuthRequest {
  upload: Upload;
}

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

/** The namespaces whose routes are known, so that others are no routes of the shop either. */
const served = /^\/(wc\/v3|wp\/v2|forms\/v1)(\/|$)/;
const noUpload: Upload = { bytes: Buffer.alloc(0), headers: {} };

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

  async answer(request: ApiRequest): Promise<Dispatched> {
    const identity = this.#authenticator.identify(request);
    if ('status' in identity) {
      return { reply: identity, identity: nobody, allow: undefined };
    }
    if (request.method === 'OPTIONS') {
      return this.#options(pathOf(request), identity);
    }
    const refused = permissionProblem(identity, request.method);
    if (refused !== undefined) {
      return { reply: refused, identity, allow: undefined };
    }
    const path = pathOf(request);
    if (path === '' && request.method === 'GET') {
      return { reply: this.#index(request.query), identity, allow: 'GET' };
    }
    return this.#route(path, request, identity);
  }

  /** What `GET` of a path below `/wp-json` gives to somebody with all rights, as webhooks show it. */
  async read(path: string, url: string): Promise<Reply> {
    const request = { method: 'GET', path: `/wp-json${path}`, url, query: parseQuery('') };
    const found = this.#find(path, 'GET');
    const handler = found?.route?.handlers['GET'];
    if (found?.route === undefined || handler === undefined) {
      return noRoute();
    }
    const names = found.match.exec(path)?.groups ?? {};
    const { params } = checkParams(request.query, found.route.params);
    const missing = found.route.missing?.(names);
    const call = { path: names, url, query: request.query, params, body: {}, upload: noUpload };
    const { reply } = await run(handler, { ...call, role: 'administrator', user: 1 });
    return missing ?? reply;
  }

  /** What a route takes; whoever asks need not be known. Its arguments and its schema are left out. */
  #options(path: string, identity: Identity): Dispatched {
    const found = this.#known.filter(({ match }) => match.test(path));
    if (found.length === 0) {
      return { reply: noRoute(), identity, allow: undefined };
    }
    const methods = [...new Set(found.flatMap((known) => known.methods))];
    const endpoints = found.map((known) => ({ methods: known.methods }));
    const body = { namespace: 'wc/v3', methods, endpoints };
    const [first] = found;
    return { reply: ok(body), identity, allow: first && allowOf(first, identity, {}) };
  }

  #find(path: string, method: string): Known | undefined {
    return this.#known.find(({ match, methods }) => match.test(path) && methods.includes(method));
  }

  async #route(path: string, request: ApiRequest, identity: Identity): Promise<Dispatched> {
    const known = this.#find(path, request.method);
    if (known === undefined) {
      const foreign = path !== '' && !served.test(path);
      const reply = foreign ? notEmulated(`${path}, a route of another plugin`) : noRoute();
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
    const allow = allowOf(known, identity, names);
    const checked = inputOf(request, route);
    if (isReply(checked)) {
      return answer(checked, allow);
    }
    const missing = route.missing?.(names) ?? refusal(request.method, route, names, identity.role);
    if (missing !== undefined) {
      return answer(missing, route.refusal === 'post' ? allow : undefined);
    }
    const { query, url, upload } = request;
    const { role, user } = identity;
    const call = { path: names, url, query, role, user, upload, ...checked };
    const { reply, isDenied } = await run(handler, call);
    return answer(reply, isDenied ? undefined : keptAllow(allow, route, names));
  }
}

function pathOf({ path }: ApiRequest): string {
  return path.slice('/wp-json'.length).replace(/\/$/, '');
}

function keptAllow(
  allow: string | undefined,
  { forgetsAllow }: Route,
  names: Record<string, string>,
): string | undefined {
  return forgetsAllow?.(names) === true ? undefined : allow;
}

interface Input {
  params: Params;
  body: BodyFields;
}

function inputOf(request: ApiRequest, route: Route): Input | Reply {
  return request.method === 'GET' ? readInput(request, route) : writeInput(request, route);
}

function readInput(request: ApiRequest, route: Route): Input | Reply {
  const refused = route.refuse?.(request.query);
  if (refused !== undefined) {
    return refused;
  }
  const { params, problems } = checkParams(request.query, route.params);
  return problems.length > 0 ? invalidParams(problems) : { params, body: {} };
}

/** A write checks its body; `_fields` and `context` of the query are left to the answer. */
function writeInput(request: ApiRequest, route: Route): Input | Reply {
  const { bytes, headers } = request.upload;
  const isFile = route.takesFile === true && request.method === 'POST';
  const read = isFile ? { fields: {} } : readBody(bytes.toString('utf8'), headers['content-type']);
  if ('problem' in read) {
    return read.problem;
  }
  const given = withQuery(read.fields, request.query);
  const creating = request.method === 'POST' && route.refusal === 'list';
  const schema = request.method === 'DELETE' ? undefined : route.body;
  const refused = schema === undefined ? undefined : bodyRefusal(given, schema, creating);
  const body = schema === undefined ? given : castNulls(given, schema);
  return refused ?? { params: new Params(new Map()), body };
}

async function run(
  handle: Handler,
  call: Parameters<Handler>[0],
): Promise<{ reply: Reply; isDenied: boolean }> {
  try {
    return { reply: await handle(call), isDenied: false };
  } catch (error) {
    if (error instanceof ReplyError) {
      return { reply: error.reply, isDenied: error instanceof Denied };
    }
    throw error;
  }
}

/** The verbs of a route that somebody may use; strangers may read WordPress' posts. */
function allowOf(
  { methods, route }: Known,
  { role, user }: Identity,
  names: Record<string, string>,
): string | undefined {
  if (route?.allow !== undefined) {
    return route.allow({ id: user, role }, names);
  }
  if (mayManage(role)) {
    return methods.join(', ');
  }
  return route?.refusal === 'post' ? STRANGERS_VERB : undefined;
}

/** The recorded route lists, each with what the local store can do there. */
function knownRoutes(routes: readonly Route[]): Known[] {
  const byPattern = new Map(routes.map((route) => [route.pattern, route]));
  const lists = ['routes', 'wordpress-routes'].map(
    (name) => recordedFile(`schema/${name}.json`) as string[],
  );
  return lists.flat().map((line) => {
    const at = line.lastIndexOf(' ');
    const pattern = line.slice(0, at);
    const methods = line.slice(at + 1).split(',');
    return { match: matcher(pattern), methods, route: byPattern.get(pattern) };
  });
}

function matcher(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('(?P<', '(?<')}$`);
}
