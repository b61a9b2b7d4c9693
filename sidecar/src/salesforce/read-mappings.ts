import { CodedError } from '../errors/coded-error.ts';
import type { MappingSource } from '../mapping/model/config-rows.ts';
import { mappingQueries } from './custom-metadata.ts';
import { toMappingSource } from './mapping-source.ts';
import { composite, type Subanswer, wholeError } from './rest/composite.ts';
import type { Connection } from './rest/connection.ts';
import { allRows, queryPath, type QueryRow } from './rest/query.ts';

/**
 * One API call, which takes five queries; one more where orders go back to the shop, for the list of transitions.
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
    transitions: mappingRows.some(sendsOrders) ? await readTransitions(connection) : [],
  });
}

function sendsOrders(row: QueryRow): boolean {
  const { Woo_Resource__c: resource, Direction__c: direction, Active__c: active } = row;
  const back = direction === 'both' || direction === 'to_woo';
  return active === true && resource === 'order' && back;
}

async function readTransitions(connection: Connection): Promise<readonly QueryRow[]> {
  const call = { method: 'GET', path: queryPath(mappingQueries.transitions) } as const;
  const [answer] = await composite(connection, [call]);
  return answer === undefined ? [] : rowsOf(connection, answer);
}

/** A deploy of config/org would replace the admin's own mappings by the shipped ones; an upgrade does not. */
const OLDER_METADATA =
  'The metadata in the org is older than this version of the service: run npm run deploy -- --upgrade --target-org NAME, which leaves your stores and mappings alone (docs/upgrade.md); where a package brought the metadata, install its newer version (docs/package.md).';
const NO_METADATA =
  'Bring the metadata into the org by npm run setup -- --target-org NAME (docs/connect.md), or install the package, which must have no namespace (docs/package.md). Where it is there, assign the permission set Woo_Integration to the integration user.';

async function rowsOf(connection: Connection, answer: Subanswer): Promise<readonly QueryRow[]> {
  const error = wholeError(answer);
  if (error === null) return allRows(connection, answer.body);
  throw new CodedError(
    'SF_NOT_DEPLOYED',
    `The mappings cannot be read from the org: ${error.code} (${error.message.split('\n').at(-1) ?? ''}).`,
    error.code === 'INVALID_FIELD' ? OLDER_METADATA : NO_METADATA,
  );
}
