import type { Assumption } from '../../model/assumption.ts';
import { eachObject, recode } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { queryPath } from '../../sides/answers.ts';
import { LICENSE } from './licences.ts';

/** What `scripts/lib/connect/integration-user.ts` gives a new user. */
const GIVEN: readonly string[] = [
  'Username',
  'LastName',
  'Alias',
  'Email',
  'ProfileId',
  'EmailEncodingKey',
  'TimeZoneSidKey',
  'LanguageLocaleKey',
  'LocaleSidKey',
];

const errorsIn = (body: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(body) ? (body as Record<string, unknown>[]) : [];

/** Is never answered, and so undoes what comes before it: nobody can delete a user. */
const REFUSED = { method: 'GET', url: queryPath('SELECT Id FROM Woo_Prove_Nothing__c') } as const;

/** The integration user, as the guided set-up makes it. */
export const USERS: readonly Assumption[] = [
  {
    id: 'frozen-users',
    statement:
      'A frozen integration user is refused a session at sign-in, in words that say nothing of it or call the user inactive; the query of `UserLogin.IsFrozen` shows an admin who is frozen',
    places: ['docs/connect.md', 'sidecar/src/errors/connections.ts'],
    person:
      'Freeze the integration user (Setup › Users), look at the log of the service and run `SELECT UserId, IsFrozen FROM UserLogin` as an admin.',
  },
  {
    id: 'needs-of-a-user',
    statement:
      'A user needs no more than user name, last name, alias, e-mail address, profile, and the keys of e-mail encoding, time zone, language and locale; what is missing is said at once, by `REQUIRED_FIELD_MISSING` with all `fields`',
    places: ['scripts/lib/connect/integration-user.ts', 'local/org/schema/standard/users.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { body } = await org.call('POST', 'sobjects/User', {});
      const [error] = errorsIn(body);
      const fields = error?.['fields'];
      const isSo =
        error?.['errorCode'] === 'REQUIRED_FIELD_MISSING' &&
        Array.isArray(fields) &&
        fields.length > 1 &&
        fields.every((one) => GIVEN.includes(String(one)));
      return verdict(isSo, shown(body));
    },
    deviation: {
      says: 'a nickname is needed too',
      change: (exchange) => {
        if (exchange.method !== 'POST' || !exchange.path.endsWith('/sobjects/User')) return;
        eachObject(exchange.body, (one) => {
          if (one['errorCode'] !== 'REQUIRED_FIELD_MISSING') return;
          one['fields'] = [...(one['fields'] as string[]), 'CommunityNickname'];
        });
      },
    },
  },
  {
    id: 'user-name-that-is-taken',
    statement:
      'A user whose name another has, in this org or in any other, is refused with `DUPLICATE_USERNAME`',
    places: ['scripts/lib/connect/integration-user.ts', 'local/org/rules/user-rules.ts'],
    calls: 4,
    probe: async ({ org }) => {
      const [self] = await org.rows(
        `SELECT Username, Email FROM User WHERE Id = '${await org.userId()}'`,
      );
      const [profile] = await org.rows(
        `SELECT Id FROM Profile WHERE UserLicense.Name = ${LICENSE} LIMIT 1`,
      );
      if (!self || !profile) throw new CannotTell('The org has no profile for such a user.');
      const body = {
        Username: self['Username'],
        Email: self['Email'],
        ProfileId: profile['Id'],
        LastName: 'woo-prove',
        Alias: 'wooprove',
        EmailEncodingKey: 'UTF-8',
        TimeZoneSidKey: 'GMT',
        LanguageLocaleKey: 'en_US',
        LocaleSidKey: 'en_US',
      };
      const made = { method: 'POST', url: 'sobjects/User', body } as const;
      const [answer] = await org.subanswers([made, REFUSED], true);
      const code = errorsIn(answer?.body)[0]?.['errorCode'];
      if (code === 'LICENSE_LIMIT_EXCEEDED') throw new CannotTell('No licence is left.');
      const came = code === 'PROCESSING_HALTED' ? 'the user was made, and undone' : answer?.body;
      return verdict(code === 'DUPLICATE_USERNAME', came);
    },
    deviation: {
      says: 'the code is that of other values',
      change: recode('DUPLICATE_USERNAME', 'DUPLICATE_VALUE'),
    },
  },
  {
    id: 'licence-that-is-used-up',
    statement:
      'A user is refused with `LICENSE_LIMIT_EXCEEDED` where no licence is left, and so is the assignment of a permission set licence',
    places: ['scripts/lib/connect/integration-user.ts', 'local/org/rules/user-rules.ts'],
    person:
      'In a Developer Edition org make users with the licence _Salesforce Integration_ until one is refused, by `POST sobjects/User`.',
  },
  {
    id: 'permission-set-licence-first',
    statement:
      'A user with the licence _Salesforce Integration_ gets a permission set with rights on objects once the permission set licence is assigned: before, "The user license doesn\'t allow the permission: Read Accounts"',
    places: ['local/org/rules/permission-set-rules.ts', 'scripts/lib/connect/integration-user.ts'],
    source:
      'Reported from real orgs with this message (goravseth.com/salesforce-integration-user); Help, _Give Integration Users API Only Access_',
  },
];
