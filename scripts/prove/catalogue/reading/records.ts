import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson, refuse } from '../../model/exchange.ts';
import { verdict } from '../../model/verdict.ts';
import { member, recordsOf } from '../../sides/answers.ts';
import { named } from '../records.ts';

/** What the sweep of the org looks back. */
const OLD_MS = 10 * 60_000;

export const RECORDS: readonly Assumption[] = [
  {
    id: 'system-modstamp',
    statement:
      '`SystemModstamp` moves with each change, and can be filtered and sorted by together with `Id`',
    places: ['sidecar/src/sync/reconcile/foreign-edits.ts'],
    calls: 2,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const since = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
      const answer = await probing.org.ask(
        `SELECT SystemModstamp FROM Woo_Order__c WHERE Id = '${id}' AND SystemModstamp > ${since} ORDER BY SystemModstamp, Id`,
      );
      return verdict(member(answer.body, 'totalSize') === 1, answer.body);
    },
    deviation: {
      says: 'it cannot be sorted by',
      change: (exchange) => {
        if (asks(exchange, 'ORDER BY SystemModstamp')) refuse(exchange, 400, 'MALFORMED_QUERY');
      },
    },
  },
  {
    id: 'modstamp-is-now',
    statement: '`SystemModstamp` is no older than ten minutes when a save can be read',
    places: ['sidecar/src/sync/detect/sweep-salesforce.ts'],
    calls: 2,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const soql = `SELECT SystemModstamp, Name FROM Woo_Order__c WHERE Id = '${id}'`;
      const answer = await probing.org.ask(soql);
      const stamp = String(recordsOf(answer)[0]?.['SystemModstamp']);
      const now = Date.parse(answer.headers.get('date') ?? '') || Date.now();
      return verdict(now - Date.parse(stamp) < OLD_MS, { stamp });
    },
    deviation: {
      says: 'it is that of an hour ago',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          const stamp = one['SystemModstamp'];
          if (typeof stamp !== 'string') return;
          const before = new Date(Date.parse(stamp) - 60 * 60_000).toISOString();
          one['SystemModstamp'] = before.replace('Z', '+0000');
        });
      },
    },
  },
  {
    id: 'caller-in-resources',
    statement: 'The list of resources (`/services/data/v66.0/`) names its caller in `identity`',
    places: ['sidecar/src/salesforce/rest/identity.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const identity = member((await org.call('GET', '')).body, 'identity');
      return verdict(/\/id\/00D\w{15}\/005\w{15}$/.test(String(identity)), 'no identity');
    },
    deviation: {
      says: 'the list has no identity',
      change: ({ body, path }) => {
        if (path.endsWith('/services/data/v66.0/') && isJson(body)) delete body['identity'];
      },
    },
  },
  {
    id: 'flow-definition-view-for-service',
    statement:
      '`FlowDefinitionView` is shown to the integration user; where it is not, `check` says that it cannot tell',
    places: ['sidecar/src/diagnostics/check/flows.ts'],
    person:
      'Run `woo-salesforce check` with the integration user’s sign-in, and look for FLOW_UNKNOWN.',
  },
];
