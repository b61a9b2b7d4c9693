import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson, recode, refuse } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { firstError, member } from '../../sides/answers.ts';
import { file } from '../reading/files.ts';
import { contact } from '../records.ts';

/** A field that no permission set of this project gives. */
const HIDDEN = 'Birthdate';
const OPTIONAL = `{ uiapi { query { Contact(first: 1) { edges { node { Id ${HIDDEN} @optional { value } } } } } } }`;

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
    id: 'write-of-hidden-field',
    statement:
      'A field without read access is refused in a write with `INVALID_FIELD` (`No such column`)',
    places: ['local/org/access/visible-schema.ts'],
    calls: 1,
    probe: async (probing) => {
      const { org } = await probing.service();
      const record = contact(probing, { [HIDDEN]: '2000-01-01' });
      const [row] = await org.write('POST', 'Contact', [record]);
      if (row?.success === true) throw new CannotTell(`The user may write ${HIDDEN} of a contact.`);
      const { code, message } = row ? firstError(row) : { code: 'no result', message: '' };
      const isSo = code === 'INVALID_FIELD' && message.includes('No such column');
      return verdict(isSo, `${code}: ${message}`);
    },
    deviation: {
      says: 'the code is INSUFFICIENT_ACCESS_OR_READONLY',
      change: recode('INVALID_FIELD', 'INSUFFICIENT_ACCESS_OR_READONLY', (exchange) =>
        asks(exchange, `"${HIDDEN}"`),
      ),
    },
  },
  {
    id: 'query-of-hidden-field',
    statement: 'A field without read access is refused in a query with `INVALID_FIELD`',
    places: ['sidecar/src/salesforce/describe.ts', 'local/org/access/visible-schema.ts'],
    calls: 1,
    probe: async (probing) => {
      const { org } = await probing.service();
      const { status, body } = await org.ask(`SELECT ${HIDDEN} FROM Contact LIMIT 1`);
      if (status === 200) throw new CannotTell(`The user may read ${HIDDEN} of a contact.`);
      const code = Array.isArray(body) ? member(body[0], 'errorCode') : status;
      return verdict(status === 400 && code === 'INVALID_FIELD', code);
    },
    deviation: {
      says: 'the status is 403',
      change: (exchange) => {
        if (asks(exchange, `SELECT ${HIDDEN} FROM`)) refuse(exchange, 403, 'INSUFFICIENT_ACCESS');
      },
    },
  },
  {
    id: 'graphql-optional',
    statement:
      'A field that the user may not see is left out by `@optional` in GraphQL, without an error',
    places: ['local/org/graphql/run/optional.ts', 'force-app/main/default/lwc/wooErrors'],
    calls: 1,
    probe: async (probing) => {
      const { org } = await probing.service();
      const { status, body } = await org.call('POST', 'graphql', { query: `query ${OPTIONAL}` });
      const errors = member(body, 'errors');
      const isQuiet = errors === undefined || (Array.isArray(errors) && errors.length === 0);
      const hasData = isJson(member(member(body, 'data'), 'uiapi'));
      return verdict(status === 200 && isQuiet && hasData, errors ?? status);
    },
    deviation: {
      says: 'the whole query is refused',
      change: (exchange) => {
        if (!asks(exchange, '@optional')) return;
        exchange.body = { data: {}, errors: [{ message: `FieldUndefined: ${HIDDEN}` }] };
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
