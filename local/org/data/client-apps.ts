import type {
  ApiSchemaTypes,
  ExtlClntAppGlobalOauthSettings,
  ExtlClntAppOauthConfigurablePolicies,
  ExtlClntAppOauthSettings,
} from '@salesforce/types/metadata';
import type { WholeOrg } from '../model/org-view.ts';

/** An external client app as the token endpoint meets it. */
export interface ClientApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** User name that the client credentials flow signs in; undefined where that is off or has no user. */
  readonly runAs?: string;
  /** PEM of a certificate or public key: turns the JWT bearer flow on. */
  readonly certificate?: string;
  /** Why a user may not sign in by an assertion; undefined for one who may. */
  refusalOf?(userId: string): AppRefusal | undefined;
}

interface AppRefusal {
  readonly error: string;
  readonly description: string;
}

const notApproved: AppRefusal = {
  error: 'invalid_grant',
  description: "user hasn't approved this consumer",
};
const notAdmitted: AppRefusal = {
  error: 'invalid_app_access',
  description: 'user is not admin approved to access this app',
};

/** The external client apps that were deployed. */
export class ClientApps {
  readonly #org: WholeOrg;

  constructor(org: WholeOrg) {
    this.#org = org;
  }

  /** The app of that consumer key; undefined where none has it. */
  withKey(clientId: string): ClientApp | undefined {
    const global = this.#bodies('ExtlClntAppGlobalOauthSettings').find(
      ({ consumerKey }) => consumerKey === clientId,
    );
    if (!global) return undefined;
    const isOfApp = (body: { readonly externalClientApplication: string }): boolean =>
      body.externalClientApplication.toLowerCase() ===
      global.externalClientApplication.toLowerCase();
    const settings = this.#bodies('ExtlClntAppOauthSettings');
    const policies = this.#bodies('ExtlClntAppOauthConfigurablePolicies');
    return this.#appOf(global, settings.find(isOfApp), policies.find(isOfApp));
  }

  #appOf(
    global: ExtlClntAppGlobalOauthSettings,
    settings: ExtlClntAppOauthSettings | undefined,
    policies: ExtlClntAppOauthConfigurablePolicies | undefined,
  ): ClientApp | undefined {
    if (!settings || !policies) return undefined;
    const { consumerKey = '', consumerSecret = '', certificate } = global;
    const { clientCredentialsFlowUser: runAs } = policies;
    const hasCredentialsFlow =
      global.isClientCredentialsFlowEnabled === true &&
      policies.isClientCredentialsFlowEnabled === true;
    // Without this scope an approval does not last, and an assertion needs one that does.
    const lasts = listed(settings.commaSeparatedOauthScopes).includes('refreshtoken');
    return {
      clientId: consumerKey,
      clientSecret: consumerSecret,
      ...(hasCredentialsFlow && runAs !== undefined ? { runAs } : {}),
      ...(certificate === undefined ? {} : { certificate: pemOf(certificate) }),
      refusalOf: (userId) => {
        if (policies.permittedUsersPolicyType !== 'AdminApprovedPreAuthorized' || !lasts)
          return notApproved;
        return this.#holds(userId, policies) ? undefined : notAdmitted;
      },
    };
  }

  #holds(userId: string, policies: ExtlClntAppOauthConfigurablePolicies): boolean {
    const sets = listed(policies.commaSeparatedPermissionSet);
    const profiles = listed(policies.commaSeparatedProfile);
    const held = this.#org.db.all(
      `SELECT s.Name AS name FROM PermissionSetAssignment a
         JOIN PermissionSet s ON s.Id = a.PermissionSetId
        WHERE a.AssigneeId = ? AND a.IsDeleted = 0`,
      userId,
    );
    const profile = this.#org.db.get(
      'SELECT p.Name AS name FROM User u JOIN Profile p ON p.Id = u.ProfileId WHERE u.Id = ?',
      userId,
    );
    const nameIn = (row: { readonly name?: unknown } | undefined): string =>
      String(row?.name).toLowerCase();
    return held.some((row) => sets.includes(nameIn(row))) || profiles.includes(nameIn(profile));
  }

  #bodies<T extends keyof ApiSchemaTypes>(type: T): readonly ApiSchemaTypes[T][] {
    return this.#org
      .components()
      .filter((one) => one.type === type)
      .map(({ body }) => body as ApiSchemaTypes[T]);
  }
}

const listed = (text = ''): readonly string[] =>
  text.split(',').map((one) => one.trim().toLowerCase());

/** A certificate that was deployed without its first and last line gets them. */
function pemOf(certificate: string): string {
  const text = certificate.trim();
  return text.startsWith('-----')
    ? text
    : `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
}
