import type { Assumption } from '../../model/assumption.ts';
import { asks, isJson, recode, refuse } from '../../model/exchange.ts';
import { CannotTell, verdict } from '../../model/verdict.ts';
import { firstError, member } from '../../sides/answers.ts';
import { contact } from '../records.ts';

/** A field that no permission set of this project gives. */
const HIDDEN = 'Birthdate';
const OPTIONAL = `{ uiapi { query { Contact(first: 1) { edges { node { Id ${HIDDEN} @optional { value } } } } } } }`;

/** What the integration user meets where a field is hidden from it. */
export const HIDDEN_FIELDS: readonly Assumption[] = [
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
];
