import type { IncomingMessage } from 'node:http';
import type { ApexRuns } from '../apex/host/runs.ts';
import { answerRestClass } from '../apex/rest-classes.ts';
import type { AccessControl } from '../access/access-control.ts';
import { ApiError } from '../model/errors.ts';
import type { Faults } from '../data/faults.ts';
import { isVersion } from '../rest/about.ts';
import type { Call, RestServices } from '../api/call.ts';
import { dispatch, routeOf } from '../rest/router.ts';
import { refusal, refusalOf, sessionOver, type Answer } from '../api/answer.ts';
import { bodyLimits, parseJson, readBody } from '../api/body.ts';
import type { Tooling } from '../tooling/tooling.ts';
import type { MetadataApi } from '../metadata/answer/request.ts';
import type { Session, Sessions } from '../api/sessions.ts';
import { apiRefusal } from './api-permission.ts';
import { answerInstead, spoiled } from './call-fault.ts';
import { tokenOf, type Incoming } from './incoming.ts';
import { askMetadata } from './metadata-call.ts';
import { isUpload, readUpload } from './upload.ts';

export interface RestParts {
  /** All that calls need but the org as their caller sees it. */
  readonly services: Omit<RestServices, 'data' | 'viewOf'>;
  readonly access: AccessControl;
  readonly runs: ApexRuns;
  readonly sessions: Sessions;
  readonly metadata: MetadataApi;
  readonly tooling: Tooling;
  readonly faults: Faults;
}

const isRestMetadata = (path: string): boolean =>
  /^\/services\/data\/v\d+\.0\/metadata\//.test(path);

export const apexRoot = '/services/apexrest/';

/** How faults name a call: `composite`, `apexrest/woo/main/reads`. */
const faultRoute = (path: string): string => path.replace(/^\/services\/(data\/[^/]+\/)?/, '');

/** Calls of the REST API and of Apex classes: checks their session, counts them, and lets faults spoil them. */
export class RestCalls {
  private readonly parts: RestParts;

  constructor(parts: RestParts) {
    this.parts = parts;
  }

  async answer(incoming: Incoming): Promise<Answer> {
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
      viewOf: (userId) => access.viewOf(userId),
      // Asked for anew each time: a composite call may give its own user a permission set.
      get data() {
        return access.viewOf(session.user.id);
      },
    };
    if (isRestMetadata(url.pathname)) {
      services.log.count('metadata', false);
      return askMetadata(this.parts, incoming, session.user);
    }
    const match = routeOf(method, path);
    const isTooling = path.startsWith('/tooling/');
    services.log.count(
      match?.route.kind ?? (isTooling && method === 'GET' ? 'query' : 'other'),
      match?.route.writes ?? false,
    );
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
    return (isTooling ? await this.parts.tooling.answer(call) : undefined) ?? dispatch(call);
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

  private async apex({ request, method, url }: Incoming, session: Session): Promise<Answer> {
    const { services, access, runs } = this.parts;
    services.log.count('apex', false);
    const raw = await readBody(request, bodyLimits.rest);
    const asked = {
      method,
      uri: url.pathname.slice(apexRoot.length - 1),
      params: Object.fromEntries(url.searchParams),
      headers: request.headers as Readonly<Record<string, string>>,
      body: raw.length === 0 ? null : raw,
    };
    const { user } = session;
    return answerRestClass(asked, { view: access.viewOf(user.id), user, runs });
  }

  /** Each REST answer says how much of the day's calls is used. */
  private limited(answer: Answer): Answer {
    const { log } = this.parts.services;
    const usage = `api-usage=${log.totals().billed}/${log.dailyLimit}`;
    return { ...answer, headers: { 'Sforce-Limit-Info': usage, ...answer.headers } };
  }
}
