import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson, refuse } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { file } from '../reading/files.ts';

/** What the integration user may do, signed in as the service signs in. */
export const SERVICE: readonly Assumption[] = [
  {
    id: 'org-in-token',
    statement:
      'The token answer’s `id` address names the org, and so does a session token that begins with `00D…!`',
    places: ['sidecar/src/salesforce/rest/identity.ts'],
    calls: 0,
    probe: async (probing) => {
      const { id, token } = await probing.service();
      const [named] = /\b00D\w{12}/.exec(id) ?? ['no org'];
      const isSo = named !== 'no org' && (!token.includes('!') || token.startsWith(`${named}!`));
      return verdict(isSo, named === 'no org' ? named : 'the token and the address name two orgs');
    },
    deviation: {
      says: 'the address names the user alone',
      change: ({ path, body }) => {
        if (path === '/services/oauth2/token' && isJson(body)) body['id'] = 'https://id/005';
      },
    },
  },
  {
    id: 'caller-as-service',
    statement:
      'The list of resources names its caller also to the integration user, with the scope `api` alone',
    places: ['sidecar/src/salesforce/rest/identity.ts'],
    calls: 1,
    probe: async (probing) => {
      const { org } = await probing.service();
      const identity = member((await org.call('GET', '?as=service')).body, 'identity');
      return verdict(/\/005\w{12,15}$/.test(String(identity)), 'no identity');
    },
    deviation: {
      says: 'the list has no identity',
      change: ({ path, body }) => {
        if (path.endsWith('?as=service') && isJson(body)) delete body['identity'];
      },
    },
  },
  {
    id: 'licence-has-files',
    statement:
      'Users with the Salesforce Integration licence may read and create files (`ContentVersion`)',
    places: ['force-app/main/default/permissionsets'],
    calls: 2,
    probe: async (probing) => {
      const { org } = await probing.service();
      try {
        const row = await file({ org, name: () => `${probing.name()}-service` }, 'Title');
        return verdict(typeof row['Id'] === 'string', row);
      } catch (error) {
        if (error instanceof CannotTell) return verdict(false, error.message);
        throw error;
      }
    },
    deviation: {
      says: 'the licence has no files',
      change: (exchange) => {
        if (!asks(exchange, '-service.PNG')) return;
        refuse(exchange, 400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
      },
    },
  },
  {
    id: 'licence-runs-apex-rest',
    statement: 'The integration user’s licence may run Apex REST and use external credentials',
    places: ['force-app/main/default/permissionsets'],
    calls: 2,
    probe: async (probing) => {
      const path = '/services/apexrest/woo/main/products?per_page=2&_fields=id';
      const admin = await probing.org.call('GET', path);
      if (admin.status !== 200) throw new CannotTell(`The gateway: ${shown(admin.body)}`);
      const { org } = await probing.service();
      const { status, body } = await org.call('GET', `${path}&page=1`);
      return verdict(status === 200, body);
    },
    deviation: {
      says: 'the user may not use the class',
      change: (exchange) => {
        const isOurs =
          exchange.side === 'org' && exchange.path.endsWith('per_page=2&_fields=id&page=1');
        if (isOurs) refuse(exchange, 403, 'FORBIDDEN');
      },
    },
  },
  {
    id: 'sharing-models-as-service',
    statement:
      'The integration user may read `InternalSharingModel` of `EntityDefinition` without _View Setup_',
    places: ['sidecar/src/diagnostics/check/ownership.ts'],
    calls: 1,
    probe: async (probing) => {
      const { org } = await probing.service();
      const { status, body } = await org.ask(
        "SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ('Woo_Order__c')",
      );
      return verdict(status === 200 && member(body, 'totalSize') === 1, body);
    },
    deviation: {
      says: 'the rows are hidden',
      change: (exchange) => {
        if (!asks(exchange, 'QualifiedApiName, InternalSharingModel')) return;
        eachObject(exchange.body, (one) => {
          if ('records' in one) Object.assign(one, { totalSize: 0, records: [] });
        });
      },
    },
  },
  {
    id: 'limits-as-service',
    statement: 'Without _View Setup and Configuration_ `/limits` is refused',
    places: ['sidecar/src/salesforce/limits.ts'],
    person: 'Sign in as the integration user and ask `/services/data/v66.0/limits`.',
  },
];
