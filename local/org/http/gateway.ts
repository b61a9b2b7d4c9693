import type { IncomingMessage } from 'node:http';
import { ApiError } from '../model/errors.ts';
import { shepherd, shepherdRoot } from './shepherd.ts';
import { versions } from '../rest/about.ts';
import { notEmulated, ok, sessionOver, type Answer } from '../api/answer.ts';
import { isRecord } from '../api/call.ts';
import { bodyLimits, parseJson, readBody } from '../api/body.ts';
import { askComponent, componentRoot, type ComponentParts } from './component-call.ts';
import type { Control } from './control.ts';
import { tokenOf, type Incoming } from './incoming.ts';
import { askMetadata } from './metadata-call.ts';
import { apexSoapRoot, askApex } from './soap/apex-soap.ts';
import { askPartner, partnerRoot } from './soap/partner-soap.ts';
import { apexRoot, RestCalls, type RestParts } from './rest-calls.ts';
import type { Streaming } from './streaming.ts';
import type { OAuth } from './oauth.ts';

export interface GatewayParts extends RestParts, ComponentParts {
  readonly oauth: OAuth;
  readonly control: Control;
  readonly streaming: Streaming;
}

/** What pages of a real org know of their user, and no API tells every user. */
const TOLD = {
  '/local/custom-permissions': 'customPermissions',
  '/local/tabs': 'tabs',
} as const;
const isTold = (path: string): path is keyof typeof TOLD => Object.hasOwn(TOLD, path);

/** Decides what a request is for. */
export class Gateway {
  private readonly parts: GatewayParts;
  private readonly restCalls: RestCalls;

  constructor(parts: GatewayParts) {
    this.parts = parts;
    this.restCalls = new RestCalls(parts);
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    // `sf` stores the address with a trailing slash and then asks for //services/…
    const path = (request.url ?? '/').replace(/^\/{2,}/, '/');
    const base = `http://${request.headers.host ?? 'localhost'}`;
    const incoming = { request, method: request.method ?? 'GET', url: new URL(path, base), base };
    const { pathname } = incoming.url;
    if (pathname.startsWith(componentRoot)) return askComponent(this.parts, incoming);
    if (pathname.startsWith('/local/')) return this.control(incoming);
    if (pathname.startsWith('/services/oauth2/') || pathname.startsWith('/id/')) {
      this.parts.services.log.count('oauth', false);
      return this.signIn(incoming);
    }
    if (/^\/services\/data\/?$/.test(pathname)) return versions();
    if (pathname.startsWith('/services/Soap/')) return this.soap(incoming);
    if (pathname.startsWith('/services/data/') || pathname.startsWith(apexRoot)) {
      return this.restCalls.answer(incoming);
    }
    if (pathname.startsWith(shepherdRoot)) return this.file(incoming);
    if (pathname.startsWith('/cometd/')) return this.stream(request);
    return notEmulated(incoming.method, pathname);
  }

  private async control({ request, method, url }: Incoming): Promise<Answer> {
    if (method === 'GET' && isTold(url.pathname)) return this.told(request, url.pathname);
    if (method === 'GET' && url.pathname === '/local/notifications') return this.heard(request);
    const raw = await readBody(request, bodyLimits.rest);
    const body = parseJson(raw, 'application/json') ?? {};
    if (isRecord(body)) return this.parts.control.answer(method, url.pathname, body);
    throw new ApiError(400, 'INVALID_INPUT', 'The body must be a JSON object.');
  }

  private told(request: IncomingMessage, path: keyof typeof TOLD): Answer {
    const session = this.parts.sessions.find(tokenOf(request) ?? '');
    return session
      ? ok(this.parts.access.viewOf(session.user.id).access[TOLD[path]])
      : sessionOver();
  }

  private heard(request: IncomingMessage): Answer {
    const session = this.parts.sessions.find(tokenOf(request) ?? '');
    return session ? this.parts.control.heardBy(session.user.username) : sessionOver();
  }

  private async signIn({ request, method, url, base }: Incoming): Promise<Answer> {
    const { oauth, sessions } = this.parts;
    const { pathname } = url;
    if (method === 'POST' && pathname === '/services/oauth2/token') {
      const body = await readBody(request, bodyLimits.rest);
      if (this.parts.faults.takeSignIn()) return oauth.inactiveUser();
      if (this.parts.faults.takeUnknownApp()) return oauth.unknownApp();
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

  private async stream(request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request, bodyLimits.rest);
    const session = this.parts.sessions.find(tokenOf(request) ?? '');
    return this.parts.streaming.answer(parseJson(body, 'application/json'), session !== undefined);
  }

  private async soap(incoming: Incoming): Promise<Answer> {
    const { pathname } = incoming.url;
    const { log } = this.parts.services;
    if (pathname.startsWith('/services/Soap/m/')) {
      log.count('metadata', false);
      return askMetadata(this.parts, incoming);
    }
    if (pathname.startsWith(apexSoapRoot)) return askApex({ ...this.parts, log }, incoming);
    if (pathname.startsWith(partnerRoot)) return askPartner({ ...this.parts, log }, incoming);
    return notEmulated(incoming.method, pathname);
  }

  /** A file for a page of the org: no API call, and no permission to use the API is needed. */
  private file({ request, method, url }: Incoming): Answer {
    const { services, sessions, access } = this.parts;
    const session = sessions.find(tokenOf(request) ?? '');
    services.log.count(session ? 'download' : 'refused', false);
    return session ? shepherd(access.viewOf(session.user.id), method, url) : sessionOver();
  }
}
