import { type Answer, ok } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import type { Route } from '../api/route.ts';
import { ApiError } from '../model/errors.ts';
import { columnMetadata } from '../soql/columns.ts';
import { compile } from '../soql/compile.ts';

const pageSizes = { min: 200, usual: 2000, max: 2000 };

/** `Sforce-Query-Options: batchSize=500` asks for another page size within the limits. */
function pageSize(call: Call): number {
  const asked = /batchSize\s*=\s*(\d+)/.exec(call.headers['sforce-query-options'] ?? '')?.[1];
  if (asked === undefined) return pageSizes.usual;
  return Math.min(pageSizes.max, Math.max(pageSizes.min, Number(asked)));
}

const queryRoute = (path: string, withDeleted: boolean): Route => ({
  method: 'GET',
  pattern: path,
  kind: 'query',
  writes: false,
  handle(call): Answer {
    const soql = call.query.get('q');
    if (soql === null || soql.trim() === '') {
      throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
    }
    const { cursors, data } = call.services;
    if (call.query.get('columns') === 'true') {
      return ok(columnMetadata(compile(data, soql, withDeleted)));
    }
    return ok(
      cursors.start({
        org: data,
        soql,
        withDeleted,
        pageSize: pageSize(call),
        version: call.version,
      }),
    );
  },
});

const nextRoute = (path: string): Route => ({
  method: 'GET',
  pattern: `${path}/:locator`,
  kind: 'query',
  writes: false,
  handle: (call, { locator = '' }) => ok(call.services.cursors.next(locator, call.version)),
});

export const queryRoutes: readonly Route[] = [
  queryRoute('/query', false),
  queryRoute('/queryAll', true),
  nextRoute('/query'),
  nextRoute('/queryAll'),
];
