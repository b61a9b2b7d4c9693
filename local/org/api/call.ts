import type { NamedCredentials } from '../data/named-credentials.ts';
import { ApiError, resourceNotFound } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import type { Cursors } from '../soql/cursors.ts';
import type { RequestLog } from './request-log.ts';
import type { Session } from './sessions.ts';

/** What the REST resources work with. */
export interface RestServices {
  /** As the caller sees it. */
  readonly data: OrgView;
  /** As somebody else sees it, such as the running user of a dashboard. */
  readonly viewOf: (userId: string) => OrgView;
  readonly cursors: Cursors;
  readonly log: RequestLog;
  readonly credentials: NamedCredentials;
  readonly organizationId: () => string;
}

/** One request to `/services/data/vXX.0/…`, alone or inside a composite call. */
export interface Call {
  readonly services: RestServices;
  readonly session: Session;
  readonly method: string;
  /** `v66.0` */
  readonly version: string;
  /** Path below the version, starting with `/`, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  /** Scheme and host under which the org was asked. */
  readonly base: string;
}

/** @throws ApiError 404 when the address names an object that the org has not */
export function objectAt(call: Call, name: string | undefined): ObjectDefinition {
  const object = call.services.data.object(name ?? '');
  if (!object) throw resourceNotFound();
  return object;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws ApiError when the body is no JSON object */
export function bodyOf(call: Call): Readonly<Record<string, unknown>> {
  if (isRecord(call.body)) return call.body;
  throw new ApiError(
    400,
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required and must be a JSON object, but this request has none.',
  );
}
