import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member, recordsIn } from '../../sides/answers.ts';

const PREFIXES: Readonly<Record<string, string>> = {
  Account: '001',
  Contact: '003',
  Product2: '01t',
  User: '005',
  ContentDocument: '069',
  ContentVersion: '068',
};

export const ORGANIZATION: readonly Assumption[] = [
  {
    id: 'prefixes-of-ids',
    statement: 'Ids of custom objects begin with `a`; the prefixes of standard objects',
    places: ['sidecar/src/salesforce/record-id.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { body } = await org.call('GET', 'sobjects');
      const all = (member(body, 'sobjects') ?? []) as readonly Record<string, unknown>[];
      const wrong = all.filter(({ name, keyPrefix }) => {
        if (/^Woo_\w+__c$/.test(String(name))) return !String(keyPrefix).startsWith('a');
        const known = PREFIXES[String(name)];
        return known !== undefined && keyPrefix !== known;
      });
      if (all.length === 0) throw new CannotTell('The org lists no objects.');
      return verdict(
        wrong.length === 0,
        wrong.map(({ name, keyPrefix }) => [name, keyPrefix]),
      );
    },
    deviation: {
      says: 'products have another prefix',
      change: ({ path, body }) => {
        if (!path.endsWith('/sobjects')) return;
        eachObject(body, (one) => {
          if (one['name'] === 'Product2') one['keyPrefix'] = '01u';
        });
      },
    },
  },
  {
    id: 'who-has-a-permission-set',
    statement:
      'Who has a permission set can be asked by `PermissionSetAssignment` with `PermissionSet.Name` and `Assignee.IsActive`',
    places: ['scripts/lib/install/outbound.ts', 'scripts/lib/install/store-access.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask(
        "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Woo_Integration' AND Assignee.IsActive = true",
      );
      return verdict(answer.status === 200, answer.body);
    },
    deviation: {
      says: 'the query is refused',
      change: (exchange) => {
        if (!asks(exchange, 'Assignee.IsActive')) return;
        Object.assign(exchange, { status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
      },
    },
  },
  {
    id: 'kind-of-org',
    statement:
      '`Organization` tells by `IsSandbox` and `OrganizationType` whether an org is a production org',
    places: ['scripts/lib/install/production.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask('SELECT IsSandbox, OrganizationType FROM Organization LIMIT 1');
      const [row] = recordsIn(answer.body);
      const isSo =
        typeof row?.['IsSandbox'] === 'boolean' && typeof row['OrganizationType'] === 'string';
      return verdict(isSo, shown(answer.body));
    },
    deviation: {
      says: 'the edition is empty',
      change: (exchange) => {
        if (asks(exchange, 'FROM Organization LIMIT 1'))
          for (const one of recordsIn(exchange.body)) one['OrganizationType'] = null;
      },
    },
  },
];
