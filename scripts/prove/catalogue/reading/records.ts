import { setTimeout as wait } from 'node:timers/promises';

import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson, type Json } from '../../model/exchange.ts';
import { CannotTell, isSame, verdict } from '../../model/verdict.ts';
import {
  collection,
  member,
  queryPath,
  recordsIn,
  recordsOf,
  rowsIn,
} from '../../sides/answers.ts';
import { named } from '../records.ts';

/** Stamps have whole seconds. */
const STAMP_MS = 1_100;
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
      const records = [named(probing), named(probing), named(probing)];
      const ids = (await probing.org.create('Woo_Order__c', ...records)).toSorted();
      await wait(STAMP_MS);
      const since = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
      const list = ids.map((id) => `'${id}'`).join();
      const sorted = queryPath(
        `SELECT Id, SystemModstamp FROM Woo_Order__c WHERE Id IN (${list}) AND SystemModstamp > ${since} ORDER BY SystemModstamp, Id`,
      );
      const body = collection('Woo_Order__c', [{ Id: ids[0], Payment_Method__c: 'changed' }]);
      const answers = await probing.org.subanswers([
        { method: 'GET', url: sorted },
        { method: 'PATCH', url: 'composite/sobjects', body },
        { method: 'GET', url: sorted },
      ]);
      const [, changed] = answers;
      const [row] = rowsIn(changed?.httpStatusCode ?? 0, changed?.body);
      if (row?.success !== true) throw new CannotTell('The org did not change the record.');
      const [before, , after] = answers.map((one) => recordsIn(one?.body).map(({ Id }) => Id));
      const wanted = [ids, [...ids.slice(1), ids[0]]];
      return verdict(isSame([before, after], wanted), { before, after });
    },
    deviation: {
      says: 'a change does not move it',
      change: (exchange) => {
        if (!asks(exchange, 'ORDER BY SystemModstamp')) return;
        const answers = member(exchange.body, 'compositeResponse') as Json[];
        Object.assign(answers[2] as Json, { body: answers[0]?.['body'] });
      },
    },
  },
  {
    id: 'untouched-record',
    statement:
      '`CreatedDate` and `LastModifiedDate` of a record are the same until somebody changes it, and differ from then on',
    places: ['sidecar/src/sync/merge/kept-sides.ts'],
    calls: 3,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const soql = `SELECT CreatedDate, LastModifiedDate FROM Woo_Order__c WHERE Id = '${id}'`;
      const [made] = recordsOf(await probing.org.ask(soql));
      await wait(STAMP_MS);
      const body = collection('Woo_Order__c', [{ Id: id, Payment_Method__c: 'changed' }]);
      const [, read] = await probing.org.subanswers([
        { method: 'PATCH', url: 'composite/sobjects', body },
        { method: 'GET', url: queryPath(soql) },
      ]);
      const [changed] = recordsIn(read?.body);
      const isEqual = [made, changed].map(
        (one) => one?.['CreatedDate'] === one?.['LastModifiedDate'],
      );
      return verdict(isSame(isEqual, [true, false]), { made, changed });
    },
    deviation: {
      says: 'a record that was made just now counts as changed a second later',
      change: (exchange) => {
        if (exchange.side !== 'org' || !asks(exchange, 'CreatedDate, LastModifiedDate')) return;
        eachObject(exchange.body, (one) => {
          if (one['LastModifiedDate'] !== undefined)
            one['LastModifiedDate'] = '2099-01-01T00:00:00.000+0000';
        });
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
