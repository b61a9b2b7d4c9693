import type { IncomingMessage } from 'node:http';
import { runApexRest } from '../apex/run.ts';
import type { AccessControl } from '../access/access-control.ts';
import { ApiError } from '../model/errors.ts';
import type { Faults } from '../data/faults.ts';
import { shepherd, shepherdRoot } from './shepherd.ts';
import { versions, isVersion } from '../rest/about.ts';
import type { Call, RestServices } from '../api/call.ts';
import { dispatch, routeOf } from '../rest/router.ts';
import { notEmulated, ok, refusal, refusalOf, sessionOver, type Answer } from '../api/answer.ts';
import { isRecord } from '../api/call.ts';
import { bodyLimits, parseJson, readBody } from '../api/body.ts';
import { answerInstead, spoiled } from './call-fault.ts';
import type { Control } from './control.ts';
import type { MetadataApi, MetadataRequest } from '../metadata/answer/request.ts';
import { apiRefusal } from './api-permission.ts';
import { refuseStreaming } from './streaming.ts';
import type { OAuth } from './oauth.ts';
import type { OrgUser, Session, Sessions } from '../api/sessions.ts';
import { isUpload, readUpload } from './upload.ts';

export interface GatewayParts {
  /** All that calls need but the org as their caller sees it. */
  readonly services: Omit<RestServices, 'data'>;
  readonly access: AccessControl;
  readonly sessions: Sessions;
  readonly oauth: OAuth;
  readonly metadata: MetadataApi;
  readonly control: Control;
  readonly faults: Faults;
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly url: URL;
  readonly base: string;
}

const tokenOf = (request: IncomingMessage): string | undefined =>
  /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];

const isRestMetadata = (path: string): boolean =>
  /^\/services\/data\/v\d+\.0\/metadata\//.test(path);

const apexRoot = '/services/apexrest/';

/** How faults name a call: `composite`, `apexrest/woo/main/reads`. */
const faultRoute = (path: string): string => path.replace(/^\/services\/(data\/[^/]+\/)?/, '');

/** Decides what a request is for, checks its session and counts it. */
export class Gateway {
  private readonly parts: GatewayParts;

  constructor(parts: GatewayParts) {
    this.parts = parts;
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    // `sf` stores the address with a trailing slash and then asks for //services/…
    const path = (request.url ?? '/').replace(/^\/{2,}/, '/');
    const base = `http://${request.headers.host ?? 'localhost'}`;
    const incoming = { request, method: request.method ?? 'GET', url: new URL(path, base), base };
    const { pathname } = incoming.url;
    if (pathname.startsWith('/local/')) return this.control(incoming);
    if (pathname.startsWith('/services/oauth2/') || pathname.startsWith('/id/')) {
      this.parts.services.log.count('oauth', false);
      return this.signIn(incoming);
    }
    if (/^\/services\/data\/?$/.test(pathname)) return versions();
    if (pathname.startsWith('/services/Soap/m/')) return this.soap(incoming);
    if (pathname.startsWith('/services/data/') || pathname.startsWith(apexRoot)) {
      return this.rest(incoming);
    }
    if (pathname.startsWith(shepherdRoot)) return this.file(incoming);
    if (pathname.startsWith('/cometd/')) {
      const body = await readBody(request, bodyLimits.rest);
      return refuseStreaming(parseJson(body, 'application/json'));
    }
    return notEmulated(incoming.method, pathname);
  }

  private async control({ request, method, url }: Incoming): Promise<Answer> {
    if (method === 'GET' && url.pathname === '/local/custom-permissions') {
      return this.customPermissions(request);
    }
    const raw = await readBody(request, bodyLimits.rest);
    const body = parseJson(raw, 'application/json') ?? {};
    if (isRecord(body)) return this.parts.control.answer(method, url.pathname, body);
    throw new ApiError(400, 'INVALID_INPUT', 'The body must be a JSON object.');
  }

  /** What a page of a real org knows by `@salesforce/customPermission`, and no API tells every user. */
  private customPermissions(request: IncomingMessage): Answer {
    const session = this.parts.sessions.find(tokenOf(request) ?? '');
    if (!session) return sessionOver();
    return ok(this.parts.access.viewOf(session.user.id).access.customPermissions);
  }

  private async signIn({ request, method, url, base }: Incoming): Promise<Answer> {
    const { oauth, sessions } = this.parts;
    const { pathname } = url;
    if (method === 'POST' && pathname === '/services/oauth2/token') {
      const body = await readBody(request, bodyLimits.rest);
      if (this.parts.faults.takeSignIn()) return oauth.inactiveUser();
      return oauth.token(new URLSearchParams(body.toString('utf8')), base);
    }
    const isIdentity = pathname === '/services/oauth2/userinfo' || pathname.startsWith('/id/');
    if (!isIdentity) return notEmulated(method, pathname);
    const token = tokenOf(request) ?? url.searchParams.get('oauth_token') ?? '';
    const session = sessions.find(token);
    if (!session)
      return { status: 403, body: 'Bad_OAuth_Token', headers: { 'content-type': 'text/html' } };
    return oauth.identity(session.user, base);
  }

  private readonly userOf = (token: string): OrgUser | undefined =>
    this.parts.sessions.find(token)?.user;

  private async soap(incoming: Incoming): Promise<Answer> {
    this.parts.services.log.count('metadata', false);
    return this.metadata(incoming, undefined);
  }

  private async metadata(
    { request, method, url }: Incoming,
    user: OrgUser | undefined,
  ): Promise<Answer> {
    const body = await readBody(request, bodyLimits.metadata);
    const asked: MetadataRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      user,
    };
    return this.parts.metadata.handle(asked, this.userOf);
  }

  /** The session of a REST request, or the answer that refuses it. */
  private session(request: IncomingMessage): Session | Answer {
    const { log } = this.parts.services;
    const token = tokenOf(request);
    const session = token === undefined ? undefined : this.parts.sessions.find(token);
    if (!session) {
      log.count('refused', false);
      return token === undefined
        ? refusal(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE')
        : sessionOver();
    }
    if (log.isSpent()) {
      log.count('refused', false);
      return refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    }
    const disabled = apiRefusal(this.parts.access, session.user);
    if (!disabled) return session;
    log.count('refused', false);
    return refusalOf(disabled);
  }

  private async rest(incoming: Incoming): Promise<Answer> {
    const { faults, services } = this.parts;
    const fault = faults.takeCall(incoming.method, faultRoute(incoming.url.pathname));
    const instead = fault && answerInstead(fault);
    if (instead) {
      services.log.count('refused', false);
      return instead;
    }
    const answer = await this.carriedOut(incoming);
    return fault ? spoiled(answer, fault) : answer;
  }

  private async carriedOut(incoming: Incoming): Promise<Answer> {
    const session = this.session(incoming.request);
    if ('status' in session) return session;
    try {
      const isApex = incoming.url.pathname.startsWith(apexRoot);
      return this.limited(await this[isApex ? 'apex' : 'resource'](incoming, session));
    } catch (error) {
      if (error instanceof ApiError) return this.limited(refusalOf(error));
      throw error;
    }
  }

  private async resource(incoming: Incoming, session: Session): Promise<Answer> {
    const { request, method, url, base } = incoming;
    const [, version = '', path = '/'] =
      /^\/services\/data\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    if (!isVersion(version)) {
      return refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    const { access } = this.parts;
    const services: RestServices = {
      ...this.parts.services,
      // Asked for anew each time: a composite call may give its own user a permission set.
      get data() {
        return access.viewOf(session.user.id);
      },
    };
    if (isRestMetadata(url.pathname)) {
      services.log.count('metadata', false);
      return this.metadata(incoming, session.user);
    }
    const match = routeOf(method, path);
    services.log.count(match?.route.kind ?? 'other', match?.route.writes ?? false);
    const body = isUpload(method, path)
      ? await readUpload(request)
      : parseJson(await readBody(request, bodyLimits.rest), request.headers['content-type']);
    const call: Call = {
      services,
      session,
      method,
      version,
      path,
      query: url.searchParams,
      headers: request.headers as Readonly<Record<string, string | undefined>>,
      body,
      base,
    };
    return dispatch(call);
  }

  /** A file for a page of the org: no API call, and no permission to use the API is needed. */
  private file({ request, method, url }: Incoming): Answer {
    const { services, sessions, access } = this.parts;
    const session = sessions.find(tokenOf(request) ?? '');
    services.log.count(session ? 'download' : 'refused', false);
    return session ? shepherd(access.viewOf(session.user.id), method, url) : sessionOver();
  }

  private async apex({ request, method, url }: Incoming, session: Session): Promise<Answer> {
    const { services, access } = this.parts;
    // Whatever the verb: stand-ins read rows of the org, and write elsewhere if at all.
    services.log.count('apex', false);
    const raw = await readBody(request, bodyLimits.rest);
    const asked = {
      method,
      uri: url.pathname.slice(apexRoot.length - 1),
      params: Object.fromEntries(url.searchParams),
      body: raw.length === 0 ? null : raw,
    };
    return runApexRest(asked, access.viewOf(session.user.id), services.credentials);
  }

  /** Each REST answer says how much of the day's calls is used. */
  private limited(answer: Answer): Answer {
    const { log } = this.parts.services;
    const usage = `api-usage=${log.totals().billed}/${log.dailyLimit}`;
    return { ...answer, headers: { 'Sforce-Limit-Info': usage, ...answer.headers } };
  }
}
