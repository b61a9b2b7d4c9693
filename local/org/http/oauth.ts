import { timingSafeEqual } from 'node:crypto';
import type { Answer } from '../api/answer.ts';
import type { ClientApp } from '../data/client-apps.ts';
import { isSignedBy, readClaims } from './jwt.ts';
import type { OrgUser, Session, Sessions } from '../api/sessions.ts';

/** The external client app of a consumer key; undefined where the org knows none. */
export type FindApp = (clientId: string) => ClientApp | undefined;

const refused = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

const unknownApp = (): Answer => refused('invalid_client_id', 'client identifier invalid');

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function granted(sessions: Sessions, session: Session, base: string, now: Date): Answer {
  return {
    status: 200,
    body: {
      access_token: session.token,
      scope: 'api',
      instance_url: base,
      id: `${base}/id/${sessions.organizationId()}/${session.user.id}`,
      token_type: 'Bearer',
      issued_at: String(now.getTime()),
    },
  };
}

/** The token endpoint: client credentials and JWT bearer. */
export class OAuth {
  private readonly sessions: Sessions;
  private readonly findApp: FindApp;
  private readonly now: () => Date;

  constructor(sessions: Sessions, findApp: FindApp, now: () => Date) {
    this.sessions = sessions;
    this.findApp = findApp;
    this.now = now;
  }

  /** @param base where this org was asked, such as `http://127.0.0.1:8090` */
  token(form: URLSearchParams, base: string): Answer {
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return this.clientCredentials(form, base);
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
        return this.jwtBearer(form.get('assertion') ?? '', base);
      default:
        return refused('unsupported_grant_type', 'grant type not supported');
    }
  }

  /** What a user who was deactivated or blocked hears. */
  inactiveUser(): Answer {
    return refused('inactive_user', 'user is inactive');
  }

  /** What a new app hears that is not known everywhere yet. */
  unknownApp(): Answer {
    return unknownApp();
  }

  private signIn(user: OrgUser | undefined, base: string): Answer {
    if (!user) return refused('invalid_grant', "user hasn't approved this consumer");
    return granted(this.sessions, this.sessions.issue(user), base, this.now());
  }

  private clientCredentials(form: URLSearchParams, base: string): Answer {
    const app = this.findApp(form.get('client_id') ?? '');
    if (!app) return unknownApp();
    if (!sameText(app.clientSecret, form.get('client_secret') ?? '')) {
      return refused('invalid_client', 'invalid client credentials');
    }
    if (app.runAs === undefined) {
      return refused('invalid_grant', 'no client credentials user enabled');
    }
    return this.signIn(this.sessions.user(app.runAs), base);
  }

  private jwtBearer(assertion: string, base: string): Answer {
    const claims = readClaims(assertion);
    if (!claims) return refused('invalid_grant', 'invalid assertion');
    const app = this.findApp(claims.iss);
    if (!app) return unknownApp();
    if (app.certificate === undefined || !isSignedBy(assertion, app.certificate)) {
      return refused('invalid_grant', 'invalid assertion');
    }
    // Never the org's own address: a real org refuses its My Domain.
    const audiences = ['https://login.salesforce.com', 'https://test.salesforce.com'];
    if (!audiences.includes(claims.aud.replace(/\/$/, ''))) {
      return refused('invalid_grant', 'audience is invalid');
    }
    if (claims.expires <= this.now().getTime())
      return refused('invalid_grant', 'assertion expired');
    const user = this.sessions.user(claims.sub);
    const refusal = user && app.refusalOf?.(user.id);
    return refusal ? refused(refusal.error, refusal.description) : this.signIn(user, base);
  }

  /** The answer to userinfo and to the identity URL. */
  identity(user: OrgUser, base: string): Answer {
    const organization = this.sessions.organizationId();
    return {
      status: 200,
      body: {
        sub: `${base}/id/${organization}/${user.id}`,
        id: `${base}/id/${organization}/${user.id}`,
        user_id: user.id,
        organization_id: organization,
        preferred_username: user.username,
        username: user.username,
        display_name: user.name,
        name: user.name,
        email: user.email,
        user_type: 'STANDARD',
        active: true,
        urls: {
          rest: `${base}/services/data/v{version}/`,
          sobjects: `${base}/services/data/v{version}/sobjects/`,
          query: `${base}/services/data/v{version}/query/`,
          metadata: `${base}/services/Soap/m/{version}/${organization}`,
        },
      },
    };
  }
}
