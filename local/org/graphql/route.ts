import { ok } from '../api/answer.ts';
import { bodyOf, type Call, isRecord } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import type { Route } from '../api/route.ts';
import { ApiError } from '../model/errors.ts';
import { answerGraphql } from './answer.ts';
import type { GraphqlRequest } from './request.ts';

/** @throws ApiError for a body that is no request */
function requestOf(call: Call): GraphqlRequest {
  const { query, variables, operationName } = bodyOf(call);
  const wrong = (name: string, what: string): ApiError =>
    new ApiError(400, 'JSON_PARSER_ERROR', `"${name}" of a GraphQL request must be ${what}.`);
  if (typeof query !== 'string') throw wrong('query', 'a text');
  if ((variables ?? null) !== null && !isRecord(variables)) throw wrong('variables', 'an object');
  if ((operationName ?? null) !== null && typeof operationName !== 'string') {
    throw wrong('operationName', 'a text');
  }
  return {
    query,
    variables: isRecord(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}

/** `POST /graphql`: one API call, whatever is in it. */
export const graphqlRoute: Route = {
  method: 'POST',
  pattern: '/graphql',
  kind: 'other',
  writes: false,
  handle: (call) =>
    ok(
      answerGraphql(
        { org: call.services.data, version: call.version, caller: callerOf(call) },
        requestOf(call),
      ),
    ),
};
