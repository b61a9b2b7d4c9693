import { CodedError } from '../../errors/coded-error.ts';
import { Transient } from '../../lib/retry.ts';
import { classify } from '../error-classes.ts';
import { composite, type Subanswer, wholeError } from './composite.ts';
import type { Connection } from './connection.ts';
import { allRows, queryPath, type QueryRow } from './query.ts';

/** Queries of one call: Salesforce takes five of the kind. */
const AT_ONCE = 5;

/**
 * The rows of several queries, following their pages: one API call per five queries.
 * @param resource `queryAll` finds deleted records too
 * @returns one list of rows per query, in order
 */
export async function runQueries(
  connection: Connection,
  soql: readonly string[],
  resource: 'query' | 'queryAll' = 'query',
): Promise<readonly (readonly QueryRow[])[]> {
  const found: (readonly QueryRow[])[] = [];
  for (let from = 0; from < soql.length; from += AT_ONCE) {
    const some = soql.slice(from, from + AT_ONCE);
    const subrequests = some.map((one) => ({
      method: 'GET' as const,
      path: queryPath(one, resource),
    }));
    const answers = await connection.retrying(async () => {
      const got = await composite(connection, subrequests);
      for (const answer of got) checkQuery(answer);
      return got;
    });
    for (const { body } of answers) found.push(await allRows(connection, body));
  }
  return found;
}

/** @throws Transient or CodedError for a query that the org refused */
function checkQuery(answer: Subanswer): void {
  const error = wholeError(answer);
  if (error === null) return;
  // Behind the query that Salesforce quotes: it holds customers' data.
  const said = error.message.split(/ERROR at Row:\d+:Column:\d+\s*/).at(-1) ?? '';
  const outcome = new CodedError(
    'SF_QUERY_REFUSED',
    `Salesforce refused a query: ${error.code} (${said.trim().split('\n').at(-1) ?? ''}).`,
    'Check that the integration user has the permission set Woo_Integration and may read the fields that mappings match by or write when empty.',
  );
  throw classify(error.code, error.message) === 'retry' ? new Transient(outcome) : outcome;
}
