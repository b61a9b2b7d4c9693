import { notEmulated, refusal, type Answer } from '../api/answer.ts';
import type { Component } from '../model/deploy-target.ts';
import type { ApexContext, RestRequest, RestResponse, StandIn } from './apex-rest.ts';
import { wooGateway } from './woo-gateway.ts';

/** Classes that this org can run: as TypeScript that is held to the same tests as the Apex. */
const standIns: ReadonlyMap<string, StandIn> = new Map([['WooGateway', wooGateway]]);

/** Status codes that Apex REST has; any other becomes a 500. */
const statusCodes = new Set([
  ...[200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304],
  ...[400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 414, 415, 417, 500, 503],
]);

const verbs: Readonly<Record<string, string>> = {
  GET: 'HttpGet',
  POST: 'HttpPost',
  PUT: 'HttpPut',
  PATCH: 'HttpPatch',
  DELETE: 'HttpDelete',
};

/** A deployed class with an address. */
interface Endpoint {
  readonly className: string;
  readonly source: string;
}

/**
 * Answers a call below `/services/apexrest`.
 * @param mayUse whether a permission set gives the user the class
 * @param known the classes that can be run
 */
export async function answerApexRest(
  components: readonly Component[],
  request: RestRequest,
  mayUse: (className: string) => boolean,
  context: ApexContext,
  known: ReadonlyMap<string, StandIn> = standIns,
): Promise<Answer> {
  const endpoint = endpointAt(components, request.uri);
  if (!endpoint) return refusal(404, 'NOT_FOUND', 'Could not find a match for URL');
  const { className, source } = endpoint;
  if (!mayUse(className)) {
    return refusal(
      403,
      'FORBIDDEN',
      `You do not have access to the Apex class named: ${className}`,
    );
  }
  if (!new RegExp(`@${verbs[request.method] ?? 'none'}\\b`, 'i').test(source)) {
    return refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${request.method}' not allowed`);
  }
  const standIn = known.get(className);
  if (!standIn) return notEmulated(request.method, `/services/apexrest${request.uri}`);
  return toAnswer(await standIn(request, context));
}

function endpointAt(components: readonly Component[], uri: string): Endpoint | undefined {
  for (const { type, fullName, body } of components) {
    if (type !== 'ApexClass') continue;
    const source = (body as { readonly content?: string }).content ?? '';
    const [, mapping] = /@RestResource\s*\(\s*urlMapping\s*=\s*'([^']+)'/i.exec(source) ?? [];
    if (mapping !== undefined && isAt(mapping, uri)) return { className: fullName, source };
  }
  return undefined;
}

/** `/woo/*` is all that begins with `/woo/`; without a star it is that address alone. */
function isAt(mapping: string, uri: string): boolean {
  const path = mapping.startsWith('/') ? mapping : `/${mapping}`;
  return path.endsWith('*') ? uri.startsWith(path.slice(0, -1)) : uri === path;
}

function toAnswer({ status, headers, body }: RestResponse): Answer {
  if (statusCodes.has(status)) return { status, headers, body };
  return refusal(500, 'APEX_ERROR', `System.RestException: Invalid status code ${status}`);
}
