import { sign } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeployResult } from '../../metadata/deploy/result.ts';
import { deployFiles, file, type Files } from '../../metadata/test/packages.ts';
import { createOrg, type Org } from '../../org.ts';
import { statement } from './statement.ts';

let certificate: string;
let privateKey: string;
let org: Org;
let url: string;
beforeAll(async () => {
  const pair = await generate([{ name: 'commonName', value: 'x' }], { keySize: 2048 });
  certificate = pair.cert;
  privateKey = pair.private;
  org = createOrg();
  url = await org.listen(0);
  mustDeploy({
    'permissionsets/Sync.permissionset': file('PermissionSet', '<label>Sync</label>'),
  });
});
afterAll(() => org.close());

type Values = Readonly<Record<string, string | boolean | undefined>>;
const elements = (values: Values): string =>
  Object.entries(values)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`<${name}>${String(value).trim()}</${name}>`],
    )
    .join('\n');

const ofApp = { externalClientApplication: 'Sync' };
const app = (more: Values = {}): Files => ({
  'externalClientApps/Sync.eca': file(
    'ExternalClientApplication',
    elements({
      contactEmail: 'a@example.com',
      distributionState: 'Local',
      label: 'Sync',
      ...more,
    }),
  ),
});
const settings = (more: Values = {}, name = 'Sync_oauth'): Files => ({
  [`extlClntAppOauthSettings/${name}.ecaOauth`]: file(
    'ExtlClntAppOauthSettings',
    elements({ commaSeparatedOauthScopes: 'Api, RefreshToken', ...ofApp, label: name, ...more }),
  ),
});
const global = (more: Values = {}, name = 'Sync_glbloauth'): Files => ({
  [`extlClntAppGlobalOauthSets/${name}.ecaGlblOauth`]: file(
    'ExtlClntAppGlobalOauthSettings',
    elements({ callbackUrl: 'https://localhost', certificate, ...ofApp, label: name, ...more }),
  ),
});
const policies = (more: Values = {}, name = 'Sync_oauth_defaultPolicy'): Files => ({
  [`extlClntAppOauthPolicies/${name}.ecaOauthPlcy`]: file(
    'ExtlClntAppOauthConfigurablePolicies',
    elements({
      commaSeparatedPermissionSet: 'Sync',
      ...ofApp,
      label: name,
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      ...more,
    }),
  ),
});
const whole = (): Files => ({ ...app(), ...settings(), ...global(), ...policies() });

const problemsOf = (result: DeployResult): readonly string[] =>
  result.details.componentFailures.map((one) => `${one.fullName}: ${one.problem ?? ''}`);

const refused = (files: Files): readonly string[] =>
  problemsOf(deployFiles(org.data, { ...whole(), ...files }, { checkOnly: true }));

function mustDeploy(files: Files): void {
  expect(problemsOf(deployFiles(org.data, files))).toEqual([]);
}

interface Consumer {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

const component = (name: string) => org.data.components().find((one) => one.fullName === name);
const consumer = (): Consumer => component('Sync_glbloauth')?.body as Consumer;

async function ask(form: Record<string, string>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body });
  return (await answer.json()) as Record<string, unknown>;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(sub = org.integrationUsername): Promise<Record<string, unknown>> {
  const claims = { iss: consumer().consumerKey, sub, aud: 'https://login.salesforce.com' };
  const exp = Math.floor(Date.now() / 1000) + 120;
  const text = `${encode({ alg: 'RS256' })}.${encode({ ...claims, exp })}`;
  const assertion = `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  return ask({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
}

function credentials(more: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { consumerKey, consumerSecret } = consumer();
  const form = { client_id: consumerKey, client_secret: consumerSecret, ...more };
  return ask({ grant_type: 'client_credentials', ...form });
}

function assign(username: string): void {
  const id = (table: string, field: string, value: string): unknown =>
    org.data.db.get(`SELECT Id FROM ${table} WHERE ${field} = ?`, value)?.['Id'];
  org.data.putSystemRow(
    'PermissionSetAssignment',
    {
      AssigneeId: String(id('User', 'Username', username)),
      PermissionSetId: String(id('PermissionSet', 'Name', 'Sync')),
    },
    { IsDeleted: false },
  );
}

statement.group(
  'An external client app has a contact, a distribution state (`Local`, others are not emulated) and a label; its OAuth settings, its global OAuth settings and its policies name it and are there once each.',
  () => {
    it.each<[string, () => Files, string]>([
      ['contactEmail', () => app({ contactEmail: undefined }), 'Required field is missing'],
      ['distributionState', () => app({ distributionState: 'Packaged' }), 'Local only'],
      ['label', () => app({ label: undefined }), 'Must specify a non-empty label'],
      ['label', () => global({ label: undefined }), 'Must specify a non-empty label'],
      ['isAdminApproved', () => settings({ isAdminApproved: true }), 'invalid at this location'],
      [
        'externalClientApplication',
        () => policies({ externalClientApplication: 'Other' }),
        'no ExternalClientApplication named Other found',
      ],
      [
        'externalClientApplication',
        () => global({}, 'Second'),
        'ExternalClientApplicationId duplicates value on Sync_glbloauth',
      ],
    ])('%s, number %#', (_, files, problem) => {
      expect(refused(files()).join('\n')).toContain(problem);
    });

    it('is deployed whole', () => {
      expect(refused({})).toEqual([]);
    });
  },
);

statement.group(
  'OAuth scopes are known ones, the callback URL is one, the certificate is an X.509 certificate of an RSA key, the run-as user is there and lets only the API in, and permission sets and profiles that are named exist.',
  () => {
    it.each<[string, () => Files, string]>([
      [
        'scope',
        () => settings({ commaSeparatedOauthScopes: 'Api, Nope' }),
        'Invalid OAuth scope: Nope',
      ],
      ['callback', () => global({ callbackUrl: 'nowhere' }), 'Invalid callback URL: "nowhere"'],
      ['certificate', () => global({ certificate: 'My_Certificate' }), 'Invalid certificate'],
      [
        'user',
        () => policies({ clientCredentialsFlowUser: 'x@example.com' }),
        'no User named x@example.com found',
      ],
      [
        'user',
        () => policies({ clientCredentialsFlowUser: org.adminUsername }),
        'needs the API Only User permission',
      ],
      [
        'permission set',
        () => policies({ commaSeparatedPermissionSet: 'Sync, Nope' }),
        'no PermissionSet named Nope found',
      ],
      ['profile', () => policies({ commaSeparatedProfile: 'Nope' }), 'no Profile named Nope found'],
      [
        'type',
        () => policies({ permittedUsersPolicyType: 'AdminPreApproved' }),
        'not a valid value',
      ],
      ['relaxation', () => policies({ ipRelaxationPolicyType: 'Nope' }), 'not a valid value'],
      ['device flow', () => global({ isDeviceFlowEnabled: true }), 'does not emulate'],
    ])('%s, number %#', (_, files, problem) => {
      expect(refused(files()).join('\n')).toContain(problem);
    });
  },
);

statement(
  'With `--no-client-apps` OAuth settings of external client apps are refused with `Not available for deploy for this organization`.',
  async () => {
    const closed = createOrg({ features: { clientAppsBlocked: true } });
    const result = deployFiles(closed.data, { ...app(), ...settings() });
    await closed.close();
    expect(problemsOf(result)).toEqual([
      'Sync_oauth: Not available for deploy for this organization',
    ]);
  },
);

describe('once it is deployed', () => {
  statement(
    'The org generates consumer key and secret of an external client app, and keeps them when it is deployed again; a retrieve gives the key, never the secret. Settings without policies get `<settings>_defaultPolicy`, by which users approve themselves.',
    () => {
      mustDeploy({ ...app(), ...settings(), ...global() });
      const { consumerKey, consumerSecret } = consumer();
      expect(consumerKey).toMatch(/^3MVG9[\w.]{80}$/);
      const { xml } = component('Sync_glbloauth') ?? {};
      expect(xml).toContain(`<consumerKey>${consumerKey}</consumerKey>`);
      expect(xml).not.toContain(consumerSecret);
      expect(component('Sync_oauth_defaultPolicy')?.xml).toContain('>AllSelfAuthorized<');
      mustDeploy(global());
      expect(consumer()).toMatchObject({ consumerKey, consumerSecret });
      mustDeploy(global({ shouldRotateConsumerSecret: true }));
      expect(consumer().consumerKey).toBe(consumerKey);
      expect(consumer().consumerSecret).not.toBe(consumerSecret);
    },
  );

  statement(
    'A JWT bearer assertion signs in by the certificate of a deployed app who holds a permission set or profile of its policies; others are refused with `invalid_app_access`, and all are where users approve themselves or the scope `RefreshToken` is missing.',
    async () => {
      const approved = { error_description: "user hasn't approved this consumer" };
      expect(await jwt()).toMatchObject({ error: 'invalid_grant', ...approved });
      mustDeploy(policies());
      expect(await jwt()).toMatchObject({ error: 'invalid_app_access' });
      assign(org.integrationUsername);
      expect(await jwt()).toMatchObject({ token_type: 'Bearer' });
      mustDeploy(settings({ commaSeparatedOauthScopes: 'Api' }));
      expect(await jwt()).toMatchObject(approved);
      mustDeploy({ ...settings(), ...policies({ commaSeparatedPermissionSet: undefined }) });
      expect(await jwt()).toMatchObject({ error: 'invalid_app_access' });
      const profile = 'Minimum Access - API Only Integrations';
      mustDeploy(policies({ commaSeparatedProfile: profile }));
      expect(await jwt()).toMatchObject({ token_type: 'Bearer' });
      const body = certificate.replaceAll(/-----[A-Z ]+-----/g, '');
      mustDeploy(global({ certificate: body }));
      expect(await jwt()).toMatchObject({ token_type: 'Bearer' });
      mustDeploy(global({ certificate: undefined }));
      expect(await jwt()).toMatchObject({ error_description: 'invalid assertion' });
    },
  );

  statement(
    'Client credentials of a deployed app sign in as its run-as user, where its global settings and its policies both have the flow on.',
    async () => {
      const none = { error_description: 'no client credentials user enabled' };
      expect(await credentials()).toMatchObject(none);
      const on = { isClientCredentialsFlowEnabled: true };
      const runAs = { clientCredentialsFlowUser: org.integrationUsername.toUpperCase() };
      mustDeploy(policies({ ...runAs, ...on }));
      expect(await credentials()).toMatchObject(none);
      mustDeploy(global(on));
      const { access_token: token } = await credentials();
      expect(org.sessions.find(String(token))?.user.username).toBe(org.integrationUsername);
      expect(await credentials({ client_secret: 'x' })).toMatchObject({ error: 'invalid_client' });
    },
  );

  statement(
    '`{"kind": "app_unknown", "times": 2}`: the next two sign-ins are refused with 400 `invalid_client_id`, as a new app is that is not known everywhere yet.',
    async () => {
      mustDeploy(global());
      const body = JSON.stringify({ kind: 'app_unknown', times: 2 });
      await fetch(`${url}/local/faults`, { method: 'POST', body });
      const answers = [await jwt(), await jwt(), await jwt()];
      expect(answers.map((one) => one['error'])).toEqual([
        'invalid_client_id',
        'invalid_client_id',
        undefined,
      ]);
    },
  );

  statement(
    'A permission set that the policies of an external client app name is not deleted, nor is an app that has settings.',
    () => {
      const remove = (type: string, name: string): readonly string[] => {
        const named = `<types><members>${name}</members><name>${type}</name></types>`;
        const version = '<version>66.0</version>';
        const files = {
          'package.xml': file('Package', version),
          'destructiveChanges.xml': file('Package', named + version),
        };
        return problemsOf(deployFiles(org.data, files));
      };
      expect(remove('ExternalClientApplication', 'Sync').join()).toContain('Sync_oauth');
      mustDeploy(policies());
      org.data.db.run('DELETE FROM PermissionSetAssignment');
      expect(remove('PermissionSet', 'Sync').join()).toContain('Sync_oauth_defaultPolicy');
    },
  );
});
