import type { Assumption } from '../../model/assumption.ts';
import { asks, recode, refuse } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { recordsIn } from '../../sides/answers.ts';
import { refusalIn } from '../../../lib/install/admin-session.ts';
import { named } from '../records.ts';

/** A query whose address has about so many characters. */
function longQuery(characters: number): string {
  const ids = Array.from(
    { length: Math.floor(characters / 24) },
    (_, at) => `'003${String(at).padStart(12, '0')}'`,
  );
  return `SELECT Id FROM Contact WHERE Id IN (${ids.join(',')})`;
}

const TOO_DEEP =
  'SELECT Contact__r.Account.Parent.Parent.Parent.Parent.Name FROM Woo_Order__c LIMIT 1';

/** Which queries are refused. */
export const QUERIES: readonly Assumption[] = [
  {
    id: 'alias-of-an-aggregate',
    statement:
      '`query?columns=true` names an aggregate with an alias by the alias in `columnName` and in `displayName`, so that `sf data query --result-format csv` shows its values',
    places: ['local/org/soql/columns.ts'],
    person:
      "Run sf data query --result-format csv --query 'SELECT Name kind, COUNT(Id) accounts FROM Account GROUP BY Name': both columns have values.",
  },
  {
    id: 'queue-by-name',
    statement:
      'The integration user may read QueueSobject with `Queue.DeveloperName` and `SobjectType`, so that an owner can be named by a queue',
    places: ['sidecar/src/diagnostics/record-names.ts'],
    person:
      'Make a queue for leads, map OwnerId of a lead by a static value that is its developer name, run woo-salesforce check, and see no MAPPING_BAD_STATIC.',
  },
  {
    id: 'record-type-in-describe',
    statement:
      'Describe gives `available` for the record types that the integration user may give to a record, with their `developerName`',
    places: ['sidecar/src/salesforce/describe.ts'],
    person:
      'Make two record types of an object, assign one to the profile or a permission set of the integration user, map RecordTypeId by a static value that is a developer name, and see that woo-salesforce check takes that of the one and refuses that of the other.',
  },
  {
    id: 'id-of-another-object',
    statement: 'A query by `Id IN` finds nothing for the id of another object, and is not refused',
    places: ['sidecar/src/sync/match/choices.ts'],
    calls: 3,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Product2', named(probing));
      const answer = await probing.org.ask(`SELECT Id FROM Contact WHERE Id IN ('${id}')`);
      const found = [answer.status, recordsIn(answer.body).length];
      return verdict(isSame(found, [200, 0]), found);
    },
    deviation: {
      says: 'it is refused',
      change: (exchange) => {
        if (asks(exchange, "FROM Contact WHERE Id IN ('01t"))
          refuse(exchange, 400, 'INVALID_QUERY_FILTER_OPERATOR');
      },
    },
  },
  {
    id: 'long-address',
    statement:
      'A SOQL call whose address is longer than about 16,000 characters is refused; one with 15,900 is answered',
    places: ['sidecar/src/salesforce/rest/query.ts', 'sidecar/src/lib/soql.ts'],
    calls: 2,
    probe: async ({ org }) => {
      const statuses: number[] = [];
      for (const length of [15_900, 24_000])
        statuses.push((await org.ask(longQuery(length))).status);
      return verdict(statuses[0] === 200 && Number(statuses[1]) >= 400, statuses);
    },
    deviation: {
      says: 'addresses beyond 8,000 characters are refused',
      change: (exchange) => {
        const isLong = exchange.path.length > 8_000 && exchange.path.length < 16_000;
        if (isLong) refuse(exchange, 414, 'URI_TOO_LONG');
      },
    },
  },
  {
    id: 'deep-query',
    statement: 'SOQL that goes up more than five relationships is refused with `MALFORMED_QUERY`',
    places: ['local/org/soql/compile.ts', 'local/org/soql/scope.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask(TOO_DEEP);
      const said = refusalIn(answer);
      return verdict(answer.status === 400 && said.startsWith('MALFORMED_QUERY'), said);
    },
    deviation: {
      says: 'it is refused with INVALID_FIELD',
      change: recode('MALFORMED_QUERY', 'INVALID_FIELD', (exchange) =>
        asks(exchange, 'Parent.Parent'),
      ),
    },
  },
  {
    id: 'type-not-deployed',
    statement:
      'The query of a custom metadata type that was not deployed is refused with `INVALID_TYPE`',
    places: ['scripts/lib/install/install.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask('SELECT Id FROM Woo_Prove_Nothing__mdt');
      const said = refusalIn(answer);
      return verdict(answer.status === 400 && said.startsWith('INVALID_TYPE'), said);
    },
    deviation: {
      says: 'the query finds nothing',
      change: (exchange) => {
        if (!asks(exchange, 'Woo_Prove_Nothing__mdt')) return;
        Object.assign(exchange, { status: 200, body: { totalSize: 0, done: true, records: [] } });
      },
    },
  },
];
