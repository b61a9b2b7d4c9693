import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, type Exchange } from '../../model/exchange.ts';
import { verdict } from '../../model/verdict.ts';
import { named } from '../records.ts';
import { collection, member, queryPath } from '../../sides/answers.ts';
import { type Subrequest } from '../../sides/org-side.ts';
import { refusalIn } from '../../../lib/install/admin-session.ts';

const query: Subrequest = {
  method: 'GET',
  url: queryPath('SELECT Id FROM Woo_Order__c LIMIT 1'),
};
const some = (count: number, one: Subrequest): readonly Subrequest[] =>
  Array.from({ length: count }, () => one);

/** How many subrequests a composite call has. */
const sizeOf = ({ asked }: Exchange): number => {
  const requests = member(asked, 'compositeRequest');
  return Array.isArray(requests) ? requests.length : 0;
};

const MEGABYTE = 1_000_000;

export const COMPOSITE: readonly Assumption[] = [
  {
    id: 'composite-takes-five-queries',
    statement:
      'A composite call takes five queries (`/query`, `/queryAll`) as GET subrequests, their addresses as long as elsewhere',
    places: ['sidecar/src/salesforce/rest/queries.ts', 'sidecar/src/lib/soql.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const ids = Array.from({ length: 600 }, (_, at) => `'a00${String(at).padStart(12, '0')}'`);
      const soql = `SELECT Id FROM Woo_Order__c WHERE Id IN (${ids.join(',')})`;
      const long: Subrequest = { method: 'GET', url: queryPath(soql, 'queryAll') };
      const { status, body } = await org.composite([...some(4, query), long]);
      const answers = member(body, 'compositeResponse');
      const all = Array.isArray(answers) ? (answers as { httpStatusCode: number }[]) : [];
      const isSo = all.length === 5 && all.every(({ httpStatusCode }) => httpStatusCode === 200);
      return verdict(isSo, { status, answers: all.map(({ httpStatusCode }) => httpStatusCode) });
    },
    deviation: {
      says: 'a long query in a composite call is refused',
      change: (exchange) => {
        const answers = member(exchange.body, 'compositeResponse');
        if (sizeOf(exchange) !== 5 || !Array.isArray(answers)) return;
        if (!JSON.stringify(exchange.asked).includes('a00000000000000')) return;
        Object.assign(answers[4] as object, { httpStatusCode: 414, body: [] });
      },
    },
  },
  {
    id: 'composite-limits',
    statement:
      'More subrequests than 25, or more collections and queries than five, in a composite call are answered 400 `LIMIT_EXCEEDED`',
    places: ['local/org/rest/composite.ts', 'sidecar/src/sync/to-salesforce/call-packer.ts'],
    calls: 2,
    probe: async ({ org }) => {
      const many = await org.composite(some(26, { method: 'GET', url: 'limits' }));
      const queries = await org.composite(some(6, query));
      const said = [many, queries].map((answer) => `${answer.status} ${refusalIn(answer)}`);
      return verdict(
        said.every((one) => one.startsWith('400 LIMIT_EXCEEDED')),
        said,
      );
    },
    deviation: {
      says: 'six queries are answered',
      change: (exchange) => {
        if (sizeOf(exchange) !== 6) return;
        Object.assign(exchange, { status: 200, body: { compositeResponse: [] } });
      },
    },
  },
  {
    id: 'large-body',
    statement: 'A body beyond 6 MB is answered 413',
    places: ['local/org/api/body.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const body = { allOrNone: false, records: [], padding: 'x'.repeat(6.5 * MEGABYTE) };
      const answer = await org.call('POST', 'composite/sobjects', body);
      return verdict(answer.status === 413, `${answer.status} ${refusalIn(answer)}`);
    },
    deviation: {
      says: 'the status is 400',
      change: (exchange) => {
        if (exchange.status === 413) exchange.status = 400;
      },
    },
  },
  {
    id: 'composite-order',
    statement:
      'With `collateSubrequests` false a composite call runs in the order of its subrequests, as the REST API guide says',
    places: ['sidecar/src/salesforce/rest/composite.ts', 'sidecar/src/salesforce/collections.ts'],
    calls: 1,
    probe: async (probing) => {
      const record = named(probing);
      const key = String(record['Woo_Key__c']);
      const body = collection('Woo_Order__c', [record]);
      const soql = `SELECT Id FROM Woo_Order__c WHERE Woo_Key__c = '${key}'`;
      const [, found] = await probing.org.subanswers([
        { method: 'POST', url: 'composite/sobjects', body },
        { method: 'GET', url: queryPath(soql) },
      ]);
      return verdict(member(found?.body, 'totalSize') === 1, found?.body);
    },
    deviation: {
      says: 'the query runs first',
      change: (exchange) => {
        if (!asks(exchange, 'SELECT Id FROM Woo_Order__c WHERE Woo_Key__c =')) return;
        eachObject(exchange.body, (one) => {
          if ('records' in one) Object.assign(one, { records: [], totalSize: 0 });
        });
      },
    },
  },
  {
    id: 'composite-collation',
    statement:
      'Collated are only subrequests of the same method and version below `/sobjects`, at most five objects, and none with headers',
    places: ['local/org/rest/composite-order.ts'],
    source:
      'REST API guide, _Composite Request Body_: "subrequests that contain valid HTTP headers are not collated"',
  },
];
