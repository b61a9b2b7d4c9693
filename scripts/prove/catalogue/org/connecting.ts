import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, recode } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member, recordsIn } from '../../sides/answers.ts';

const LICENSE = "'Salesforce Integration'";

/** What `scripts/lib/connect/integration-user.ts` gives a new user. */
const GIVEN: readonly string[] = [
  ...['Username', 'LastName', 'Alias', 'Email', 'ProfileId', 'EmailEncodingKey'],
  ...['TimeZoneSidKey', 'LanguageLocaleKey', 'LocaleSidKey'],
];

const errorsIn = (body: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(body) ? (body as Record<string, unknown>[]) : [];

/** The integration user and the external client app, as the guided set-up makes them. */
export const CONNECTING: readonly Assumption[] = [
  {
    id: 'licence-of-integrations',
    statement:
      '`UserLicense` has a row whose `Name` is _Salesforce Integration_ in every language, and counts in `TotalLicenses` and `UsedLicenses`',
    places: ['scripts/lib/connect/licenses.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const [row] = await org.rows(
        `SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = ${LICENSE}`,
      );
      if (!row) throw new CannotTell('The org has no such licence: its edition may have none.');
      const counts = [row['TotalLicenses'], row['UsedLicenses']];
      return verdict(
        counts.every((one) => Number.isInteger(one)),
        counts,
      );
    },
    deviation: {
      says: 'what is in use is not counted',
      change: (exchange) => {
        if (!asks(exchange, 'UsedLicenses FROM UserLicense')) return;
        for (const one of recordsIn(exchange.body)) one['UsedLicenses'] = null;
      },
    },
  },
  {
    id: 'profile-of-the-licence',
    statement:
      'The profiles of a licence are found by `UserLicense.Name`, and `PermissionsApiUserOnly` says which of them let only the API in: the standard one of _Salesforce Integration_ does, whatever its name is in the language of the org',
    places: ['scripts/lib/connect/licenses.ts', 'scripts/lib/connect/integration-user.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const rows = await org.rows(
        `SELECT Name, PermissionsApiUserOnly FROM Profile WHERE UserLicense.Name = ${LICENSE}`,
      );
      if (rows.length === 0) throw new CannotTell('The org has no such profile.');
      return verdict(
        rows.some((row) => row['PermissionsApiUserOnly'] === true),
        rows,
      );
    },
    deviation: {
      says: 'it lets people in too',
      change: (exchange) => {
        if (!asks(exchange, 'PermissionsApiUserOnly FROM Profile')) return;
        for (const one of recordsIn(exchange.body)) one['PermissionsApiUserOnly'] = false;
      },
    },
  },
  {
    id: 'name-of-the-permission-set-licence',
    statement:
      'The permission set licence _Salesforce API Integration_ has the developer name `SalesforceAPIIntegrationPsl`',
    places: ['scripts/lib/connect/licenses.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask(
        "SELECT MasterLabel FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
      );
      return verdict(recordsIn(answer.body).length === 1, answer.body);
    },
    deviation: {
      says: 'none has this name',
      change: (exchange) => {
        if (!asks(exchange, 'FROM PermissionSetLicense')) return;
        Object.assign(exchange, { body: { totalSize: 0, done: true, records: [] } });
      },
    },
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
      const { body } = await org.call('POST', 'sobjects/User', {
        ...{ Username: self['Username'], Email: self['Email'], ProfileId: profile['Id'] },
        ...{ LastName: 'woo-prove', Alias: 'wooprove', EmailEncodingKey: 'UTF-8' },
        ...{ TimeZoneSidKey: 'GMT', LanguageLocaleKey: 'en_US', LocaleSidKey: 'en_US' },
      });
      const code = errorsIn(body)[0]?.['errorCode'];
      if (code === 'LICENSE_LIMIT_EXCEEDED') throw new CannotTell('No licence is left.');
      return verdict(code === 'DUPLICATE_USERNAME', member(body, 'id') ?? shown(body));
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
  {
    id: 'certificate-turns-jwt-on',
    statement:
      'An external client app with the four components `ExternalClientApplication`, `ExtlClntAppOauthSettings`, `ExtlClntAppGlobalOauthSettings` with a certificate as PEM, and `ExtlClntAppOauthConfigurablePolicies` signs in by JWT, as a user with the licence _Salesforce Integration_ too, who is approved by the API name of a permission set',
    places: ['scripts/lib/connect/app-components.ts'],
    source:
      'Help, _Configure OAuth 2.0 JWT Bearer Flow for External Client Apps_; github.com/Electivus/Apex-Log-Viewer proved it on a Dev Hub on 7 September 2026, with an `ExtlClntAppConfigurablePolicies` beside them, and others without',
  },
  {
    id: 'consumer-key-is-shown',
    statement:
      'A retrieve of `ExtlClntAppGlobalOauthSettings` gives the consumer key that the org generated',
    places: ['scripts/lib/connect/app-components.ts', 'local/org/metadata/plan/client-apps.ts'],
    source:
      'The same, and other set-ups that read it so; the secret is not shown since `enableConsumerSecretApiAccess` is deprecated (Metadata API guide, _ExternalClientAppSettings_)',
  },
  {
    id: 'who-may-deploy-an-app',
    statement:
      'An administrator may deploy the OAuth settings of an app though _Allow access to External Client App consumer secrets via Metadata API_ is off; an org that refuses says so of these components',
    places: ['scripts/lib/connect/external-client-app.ts'],
    person:
      'In Setup › External Client App Settings turn it off, then run `npm run setup`: the app is made, or the set-up asks for the consumer key.',
  },
  {
    id: 'default-policies-of-an-app',
    statement:
      'OAuth settings named `Woo_Sync_oauth` that come without policies get `Woo_Sync_oauth_defaultPolicy`; one deploy brings settings and policies of that name together, and a second policy of an app is refused',
    places: ['scripts/lib/connect/app-components.ts', 'local/org/metadata/plan/client-apps.ts'],
    person:
      'Run `npm run setup` in an org without the app: it is deployed at once. In Setup › External Client App Manager › Woo Sync › Policies the run-as user and Woo_Integration stand.',
  },
  {
    id: 'refresh-token-scope',
    statement:
      'The JWT flow needs the scope `RefreshToken` beside `Api`; without it an approved user is refused with "user hasn\'t approved this consumer"',
    places: ['scripts/lib/connect/app-components.ts', 'local/org/data/client-apps.ts'],
    person:
      'Take the scope _Perform requests at any time_ from the app Woo Sync, wait ten minutes, start the service, and give the scope back.',
  },
  {
    id: 'user-who-is-not-approved',
    statement:
      'Where users are approved by an administrator, another is refused with `invalid_app_access`',
    places: ['local/org/data/client-apps.ts', 'sidecar/src/salesforce/rest/sign-in.ts'],
    person: 'Take Woo_Integration from the integration user, and start the service.',
  },
  {
    id: 'new-app-takes-minutes',
    statement:
      'A new app, or a new certificate of one, is known everywhere within ten minutes; until then a sign-in is refused with `invalid_client_id` or `invalid_grant`',
    places: ['scripts/lib/connect/sign-in.ts'],
    person: 'Run `npm run setup` in an org without the app, and see how long it tries.',
  },
];
