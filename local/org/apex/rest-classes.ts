import type { UserView } from '../access/user-view.ts';
import { refusal, type Answer } from '../api/answer.ts';
import type { OrgUser } from '../api/sessions.ts';
import type { RestRequest } from './calls.ts';
import { programOf } from './host/programs.ts';
import type { ApexRuns } from './host/runs.ts';
import { RestRequestObject, RestResponseObject } from './runtime/library/http.ts';
import { deserializeUntyped, toJson, typed } from './runtime/library/json.ts';
import { ApexException, LimitFault, NotEmulated } from './runtime/run/exception.ts';
import type { LinkedClass, MethodOutline } from './runtime/run/linked.ts';
import type { Transaction } from './runtime/run/transaction.ts';
import { ApexMap } from './runtime/values/collections.ts';
import { textOf } from './runtime/values/text.ts';
import { ApexBlob, type Value } from './runtime/values/value.ts';

/** Status codes that Apex REST has; any other becomes a 500. */
const statusCodes = new Set([
  200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304, 400, 401, 403, 404, 405, 406, 409,
  410, 412, 413, 414, 415, 417, 500, 503,
]);

/** `/woo/*` is all that begins with `/woo/`; without a star it is that address alone. */
function isAt(mapping: string, uri: string): boolean {
  const path = mapping.startsWith('/') ? mapping : `/${mapping}`;
  return path.endsWith('*') ? uri.startsWith(path.slice(0, -1)) : uri === path;
}

const mappingOf = ({ outline }: LinkedClass): string | undefined =>
  /urlMapping\s*=\s*'([^']+)'/i.exec(outline.annotations['restresource'] ?? '')?.[1];

/** Answers a call below `/services/apexrest` as the user who makes it. */
export async function answerRestClass(
  request: RestRequest,
  {
    view,
    user,
    runs,
  }: { readonly view: UserView; readonly user: OrgUser; readonly runs: ApexRuns },
): Promise<Answer> {
  const { classes } = programOf(view.whole);
  const found = classes.find((one) => isAt(mappingOf(one) ?? ' ', request.uri));
  if (!found) return refusal(404, 'NOT_FOUND', 'Could not find a match for URL');
  const { name, methods } = found.outline;
  if (!view.access.mayUseClass(name)) {
    return refusal(403, 'FORBIDDEN', `You do not have access to the Apex class named: ${name}`);
  }
  const verb = `http${request.method.toLowerCase()}`;
  const method = methods.find((one) => verb in one.annotations);
  if (!method) {
    return refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${request.method}' not allowed`);
  }
  try {
    return await runs.run(user, ({ classes: all }, transaction) => {
      const code = all.find(({ outline }) => outline.name === name);
      if (!code) throw new Error(`the class ${name} is gone`);
      return respond(code, method, request, transaction);
    });
  } catch (error) {
    return faultAnswer(error);
  }
}

/** What the caller is told of what no code has caught. */
function faultAnswer(error: unknown): Answer {
  if (error instanceof NotEmulated) return refusal(501, 'NOT_EMULATED', error.message);
  if (!(error instanceof ApexException) && !(error instanceof LimitFault)) throw error;
  const { typeName, message, trace } = error;
  return refusal(500, 'APEX_ERROR', `${typeName}: ${message}\n\n${trace}`);
}

const textMap = (values: Readonly<Record<string, string>>): ApexMap =>
  new ApexMap('String', 'String', Object.entries(values));

function respond(
  code: LinkedClass,
  method: MethodOutline,
  asked: RestRequest,
  transaction: Transaction,
): Answer {
  const request = new RestRequestObject();
  const response = new RestResponseObject();
  request.requestURI = asked.uri;
  request.resourcePath = `/services/apexrest${mappingOf(code) ?? ''}`;
  request.httpMethod = asked.method;
  request.params = textMap(asked.params);
  request.headers = textMap(asked.headers);
  request.requestBody = asked.body && new ApexBlob(asked.body);
  transaction.request = request;
  transaction.response = response;
  if (asked.body) transaction.usage.hold(asked.body.length);
  const returned = code.statics[method.code]?.(...argumentsOf(method, asked)) ?? null;
  if (method.returns !== 'void')
    response.responseBody = new ApexBlob(Buffer.from(toJson(returned)));
  return answerOf(response, method);
}

/** Members of a body of JSON are the arguments, by the names of the parameters. */
function argumentsOf({ parameters }: MethodOutline, { body }: RestRequest): readonly Value[] {
  if (parameters.length === 0) return [];
  const members = body === null ? null : deserializeUntyped(body.toString('utf8'));
  return parameters.map(({ name, type }) =>
    typed(members instanceof ApexMap ? members.get(name) : null, type),
  );
}

function answerOf(
  { statusCode, responseBody, headers }: RestResponseObject,
  method: MethodOutline,
): Answer {
  const status = typeof statusCode === 'number' ? statusCode : 200;
  if (!statusCodes.has(status)) {
    return refusal(500, 'APEX_ERROR', `System.RestException: Invalid status code ${status}`);
  }
  const own = (headers as ApexMap)
    .entries()
    .map(([name, value]) => [textOf(name), textOf(value)] as const);
  const isJson = method.returns !== 'void';
  return {
    status,
    headers: {
      ...(isJson ? { 'Content-Type': 'application/json' } : {}),
      ...Object.fromEntries(own),
    },
    body: responseBody instanceof ApexBlob ? responseBody.bytes : Buffer.alloc(0),
  };
}
