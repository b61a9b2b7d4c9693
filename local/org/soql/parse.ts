import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { malformed } from './problem.ts';

/** Salesforce names the token it stumbled over; the parser says it in its own words. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const token = /but found(?: -->|:) '?([^'\s]*)/.exec(message)?.[1];
  if (token === '') return 'unexpected token: <EOF>';
  return token === undefined ? message : `unexpected token: '${token}'`;
}

/** @throws ApiError MALFORMED_QUERY */
export function parse(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw malformed(reason(error));
  }
}
