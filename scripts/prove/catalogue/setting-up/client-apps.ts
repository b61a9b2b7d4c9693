import type { Assumption } from '../../model/assumption.ts';

/** The external client app, as the guided set-up makes it. */
export const CLIENT_APPS: readonly Assumption[] = [
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
    places: ['scripts/lib/connect/found-app.ts', 'local/org/metadata/plan/client-apps.ts'],
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
    id: 'page-of-client-apps',
    statement:
      'External Client App Manager is at `/lightning/setup/ManageExternalClientApplication/home` of the org',
    places: ['scripts/lib/connect/external-client-app.ts'],
    person: 'Open that address of an org, signed in as an administrator.',
  },
  {
    id: 'certificate-that-is-over',
    statement:
      'A sign-in by JWT goes on after the certificate of the app is no longer valid, as others report of connected apps (Salesforce Stack Exchange, question 313488): the service looks at no date of it, and `npm run setup` alone wants a new pair',
    places: ['scripts/lib/connect/key-pair.ts'],
    person:
      'Give an app for tests a certificate that is valid for a day, and sign in by its key two days later.',
  },
  {
    id: 'new-app-takes-minutes',
    statement:
      'A new app, or a new certificate of one, is known everywhere within ten minutes; until then a sign-in is refused with `invalid_client_id` or `invalid_grant`',
    places: ['scripts/lib/connect/sign-in.ts'],
    person: 'Run `npm run setup` in an org without the app, and see how long it tries.',
  },
];
