import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, isSame, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { named } from '../records.ts';
import { file } from '../reading/files.ts';

/** As the wires of the components send it. */
const ask = async ({ org }: Probing, inner: string, variables: object = {}, head = '') => {
  const query = `query prove${head} { uiapi { query { ${inner} } } }`;
  return org.call('POST', 'graphql', { query, variables, operationName: 'prove' });
};

const path = (value: unknown, ...names: readonly string[]): unknown => names.reduce(member, value);

const nodes = (body: unknown, object: string): readonly unknown[] => {
  const edges = path(body, 'data', 'uiapi', 'query', object, 'edges');
  if (!Array.isArray(edges)) throw new CannotTell(`GraphQL answered ${shown(body)}`);
  return edges.map((edge) => member(edge, 'node'));
};

const WRONG = 'No_Such_Column__c';

export const GRAPHQL: readonly Assumption[] = [
  {
    id: 'graphql-refusal',
    statement: 'GraphQL answers a refused query with status 200, `data` null or `{}`, and `errors`',
    places: ['local/org/graphql/run', 'force-app/main/default/lwc/wooErrors'],
    calls: 1,
    probe: async (probing) => {
      const inner = `Woo_Order__c(first: 1) { edges { node { ${WRONG} { value } } } }`;
      const { status, body } = await ask(probing, inner);
      const data = member(body, 'data');
      const errors = member(body, 'errors');
      const isEmpty = data === null || (isJson(data) && Object.keys(data).length === 0);
      const isSo = status === 200 && isEmpty && Array.isArray(errors) && errors.length > 0;
      return verdict(isSo, { status, data });
    },
    deviation: {
      says: 'the status is 400',
      change: (exchange) => {
        if (exchange.path.endsWith('/graphql') && asks(exchange, WRONG)) exchange.status = 400;
      },
    },
  },
  {
    id: 'graphql-versions-by-id',
    statement: 'GraphQL finds `ContentVersion` by ids, and takes ids of 15 characters',
    places: [
      'force-app/main/default/lwc/wooProductImages/query.js',
      'force-app/main/default/lwc/wooOrderItems',
    ],
    calls: 4,
    probe: async (probing) => {
      const id = String((await file(probing, 'Title'))['Id']);
      const inner = 'ContentVersion(where: { Id: { in: $ids } }) { edges { node { Id } } }';
      const found: unknown[] = [];
      for (const one of [id, id.slice(0, 15)]) {
        const { body } = await ask(probing, inner, { ids: [one] }, '($ids: [ID])');
        found.push(...nodes(body, 'ContentVersion').map((node) => member(node, 'Id')));
      }
      return verdict(isSame(found, [id, id]), found);
    },
    deviation: {
      says: 'it finds none by 15 characters',
      change: (exchange) => {
        const ids = path(exchange.asked, 'variables', 'ids');
        if (!Array.isArray(ids) || String(ids[0]).length !== 15) return;
        eachObject(exchange.body, (one) => {
          if ('edges' in one) one['edges'] = [];
        });
      },
    },
  },
  {
    id: 'graphql-display-value',
    statement: 'GraphQL shows a number as `displayValue` with the thousands of the user’s locale',
    places: ['local/org/graphql', 'local/org/ui-api/display-value.ts'],
    calls: 2,
    probe: async (probing) => {
      const record = named(probing, { Total__c: 1234.5 });
      await probing.org.create('Woo_Order__c', record);
      const inner =
        'Woo_Order__c(where: { Woo_Key__c: { eq: $key } }) { edges { node { Total__c { value displayValue } } } }';
      const variables = { key: record['Woo_Key__c'] };
      const { body } = await ask(probing, inner, variables, '($key: String)');
      const [node] = nodes(body, 'Woo_Order__c');
      const text = path(node, 'Total__c', 'displayValue');
      return verdict(/^1\D?234\D50?$/.test(String(text)), text);
    },
    deviation: {
      says: 'numbers have no displayValue',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if ('displayValue' in one) one['displayValue'] = null;
        });
      },
    },
  },
  {
    id: 'graphql-recent',
    statement: 'GraphQL filters by SystemModstamp of the last days, and by a text from `!` on',
    places: [
      'force-app/main/default/lwc/wooSyncHealth/query.js',
      'force-app/main/default/lwc/wooSalesRecords/query.js',
    ],
    calls: 2,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const recent = 'SystemModstamp: { gte: { range: { last_n_days: 60 } } }';
      const inner = `Woo_Order__c(where: { Id: { eq: $id }, Woo_Key__c: { gte: "!" }, ${recent} }) { edges { node { Id } } }`;
      const { body } = await ask(probing, inner, { id }, '($id: ID)');
      const found = nodes(body, 'Woo_Order__c').map((node) => member(node, 'Id'));
      return verdict(isSame(found, [id]), found);
    },
    deviation: {
      says: 'no record is found so',
      change: (exchange) => {
        if (!asks(exchange, 'last_n_days')) return;
        eachObject(exchange.body, (one) => {
          if ('edges' in one) one['edges'] = [];
        });
      },
    },
  },
  {
    id: 'graphql-aggregate',
    statement:
      'GraphQL aggregates by Boolean and Picklist, gives the `label` of a group, and sorts by several fields; variables are `Picklist`, `ID` and `X_Filter`',
    places: ['local/org/graphql'],
    source:
      'The GraphQL schema of a real org (InnovateUKGitHub/innovation-funding-service-post-award, sfSchema.gql) and the GraphQL guide, _Aggregate Functions for Field Types_',
  },
  {
    id: 'graphql-aggregate-sales',
    statement:
      'A GraphQL request asks for ten aggregates of one object under names of its own; an aggregate groups by a picklist, by a lookup and by a field of the parent, filters by fields of the parent, sorts by a sum, gives 2,000 groups at most, and `hasNextPage` says whether there are more',
    places: ['local/org/graphql', 'force-app/main/default/lwc/wooSalesRecords'],
    person:
      'With orders of two currencies, open the page Sales, choose 30 days and each chart: the table beside it has the numbers of the report of the same name in _WooCommerce Sales_.',
  },
  {
    id: 'save-of-a-changed-record',
    statement:
      'A save with `If-Unmodified-Since` that comes too late is refused with 400 `CollisionDetectedException` or 412',
    places: [
      'local/org/ui-api',
      'force-app/main/default/lwc/wooProductImageBoard',
      'force-app/main/default/lwc/wooMatchDecide',
    ],
    calls: 2,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Product2', named(probing));
      const since = new Date(Date.now() - 60 * 60_000).toISOString();
      const { status, body } = await probing.org.call(
        ...(['PATCH', `ui-api/records/${id}`] as const),
        { fields: { Description: 'late' } },
        { 'If-Unmodified-Since': since },
      );
      const isCollision = JSON.stringify(body).includes('CollisionDetectedException');
      return verdict(status === 412 || (status === 400 && isCollision), `${status}`);
    },
    deviation: {
      says: 'the save wins',
      change: (exchange) => {
        if ('if-unmodified-since' in exchange.askedHeaders) exchange.status = 200;
      },
    },
  },
];
