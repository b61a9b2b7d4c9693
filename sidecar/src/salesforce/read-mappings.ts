import { CodedError } from '../errors/coded-error.ts';
import type { MappingSource } from '../mapping/model/config-rows.ts';
import { mappingQueries } from './custom-metadata.ts';
import { toMappingSource } from './mapping-source.ts';
import { composite, type Subanswer, wholeError } from './rest/composite.ts';
import type { Connection } from './rest/connection.ts';
import { allRows, queryPath, type QueryRow } from './rest/query.ts';

/**
 * One API call.
 * @throws CodedError `SF_NOT_DEPLOYED` when the org does not show us one of the types or its fields
 */
export async function readMappings(connection: Connection): Promise<MappingSource> {
  const { stores, mappings, fields, conditions, every } = mappingQueries;
  const answers = await composite(
    connection,
    [stores, mappings, fields, conditions, every].map((soql) => ({
      method: 'GET',
      path: queryPath(soql),
    })),
  );
  const rows = [];
  for (const answer of answers) rows.push(await rowsOf(connection, answer));
  const [storeRows = [], mappingRows = [], fieldRows = [], conditionRows = [], all = []] = rows;
  return toMappingSource({
    stores: storeRows,
    mappings: mappingRows,
    fields: fieldRows,
    conditions: conditionRows,
    every: all,
  });
}

async function rowsOf(connection: Connection, answer: Subanswer): Promise<readonly QueryRow[]> {
  const error = wholeError(answer);
  if (error === null) return allRows(connection, answer.body);
  throw new CodedError(
    'SF_NOT_DEPLOYED',
    `The mappings cannot be read from the org: ${error.code} (${error.message.split('\n').at(-1) ?? ''}).`,
    'Deploy force-app and config/org (sf project deploy start -d force-app -d config/org), or install the package, which must have no namespace (docs/package.md), and assign the permission set Woo_Integration to the integration user.',
  );
}
