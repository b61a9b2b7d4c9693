import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { escapedXml } from '../escaped-xml.ts';
import { VERSION } from '../metadata-package.ts';

/** The app by which the sidecar signs in, as it is to be. */
export interface WantedApp {
  /** Whom Salesforce writes to about the app. */
  readonly contactEmail: string;
  /** PEM. */
  readonly certificate: string;
  /** User name of the user of the sync: runs the client credentials flow. */
  readonly username: string;
}

export const NAME = 'Woo_Sync';
/** As Setup names them. */
const OAUTH = `${NAME}_oauth`;
export const GLOBAL = `${NAME}_glbloauth`;
/** As the org names the policies that it makes by itself for an app that is deployed without any. */
const POLICIES = `${OAUTH}_defaultPolicy`;
/** Who holds it may sign in by the app. */
export const PERMISSION_SET = 'Woo_Integration';

export interface Kind {
  readonly type: string;
  readonly folder: string;
  readonly suffix: string;
}

export const kinds = {
  app: { type: 'ExternalClientApplication', folder: 'externalClientApps', suffix: 'eca' },
  oauth: {
    type: 'ExtlClntAppOauthSettings',
    folder: 'extlClntAppOauthSettings',
    suffix: 'ecaOauth',
  },
  global: {
    type: 'ExtlClntAppGlobalOauthSettings',
    folder: 'extlClntAppGlobalOauthSets',
    suffix: 'ecaGlblOauth',
  },
  policies: {
    type: 'ExtlClntAppOauthConfigurablePolicies',
    folder: 'extlClntAppOauthPolicies',
    suffix: 'ecaOauthPlcy',
  },
} satisfies Record<string, Kind>;

type Values = Readonly<Record<string, string | boolean>>;

/** Writes the four components as the Metadata API takes them. */
export async function writeComponents(
  folder: string,
  { contactEmail, certificate, username }: WantedApp,
  policyName: string | null,
): Promise<void> {
  const ofApp = { externalClientApplication: NAME };
  const policies = policyName ?? POLICIES;
  const components: readonly (readonly [Kind, string, Values])[] = [
    [
      kinds.app,
      NAME,
      {
        contactEmail,
        description: 'Signs the service in that keeps WooCommerce and Salesforce in step.',
        distributionState: 'Local',
        isProtected: false,
        label: 'Woo Sync',
      },
    ],
    [
      kinds.oauth,
      OAUTH,
      // Without RefreshToken the JWT flow refuses users who are approved.
      { commaSeparatedOauthScopes: 'Api, RefreshToken', ...ofApp, label: OAUTH },
    ],
    [
      kinds.global,
      GLOBAL,
      {
        callbackUrl: 'https://localhost',
        certificate,
        ...ofApp,
        isClientCredentialsFlowEnabled: true,
        isConsumerSecretOptional: false,
        isIntrospectAllTokens: false,
        isPkceRequired: true,
        isSecretRequiredForRefreshToken: true,
        label: GLOBAL,
        shouldRotateConsumerKey: false,
        shouldRotateConsumerSecret: false,
      },
    ],
    [
      kinds.policies,
      policies,
      {
        clientCredentialsFlowUser: username,
        commaSeparatedPermissionSet: PERMISSION_SET,
        ...ofApp,
        ipRelaxationPolicyType: 'Enforce',
        isClientCredentialsFlowEnabled: true,
        label: policies,
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        refreshTokenPolicyType: 'Zero',
      },
    ],
  ];
  for (const [{ type, folder: directory, suffix }, name, values] of components) {
    await write(join(folder, directory, `${name}.${suffix}`), type, elements(values));
  }
  const types = components.map(
    ([{ type }, members]) => `<types>\n${elements({ members, name: type })}\n</types>`,
  );
  const version = elements({ version: VERSION });
  await write(join(folder, 'package.xml'), 'Package', [...types, version].join('\n'));
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
async function write(file: string, type: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${NAMESPACE}">\n${content}\n</${type}>\n`;
  await writeFile(file, xml, { mode: 0o600 });
}

const elements = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${escapedXml(String(value))}</${name}>`)
    .join('\n');
