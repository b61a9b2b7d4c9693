import { z } from 'zod';
import { CodedError } from '../../errors/coded-error.ts';
import { Secret } from '../../lib/secret.ts';
import { organizationIdIn, organizationIdOf } from './identity.ts';
import { audiencesOf, jwtGrant, type JwtSignIn } from './jwt.ts';
import { checkAnswer, exchange, SessionExpired, unexpected } from './transport.ts';

/** How to get a session: the external client app's own user, a signed assertion, or one that exists already. */
export type SignIn =
  | {
      readonly kind: 'client_credentials';
      /** My Domain address without a trailing slash. */
      readonly loginUrl: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
    }
  | JwtSignIn
  | { readonly kind: 'access_token'; readonly instanceUrl: string; readonly accessToken: Secret };

export interface Session {
  readonly instanceUrl: string;
  readonly accessToken: Secret;
  /** Of the org, by 15 or 18 characters; null where the sign-in does not tell. */
  readonly organizationId: string | null;
}

type TokenSignIn = Exclude<SignIn, { kind: 'access_token' }>;

/**
 * Gets a session.
 * @throws CodedError `SF_SIGN_IN_REFUSED` that names the variable to check; Transient when it may pass
 */
export async function openSession(signIn: SignIn, deadlineMs: number): Promise<Session> {
  if (signIn.kind === 'access_token')
    return {
      instanceUrl: signIn.instanceUrl,
      accessToken: signIn.accessToken,
      organizationId: organizationIdOf(signIn.accessToken.reveal()),
    };
  const { host, protocol } = new URL(signIn.loginUrl);
  const { answer, body, refusal } = await askForToken(signIn, deadlineMs);
  if (refusal !== undefined) throw refused(signIn, refusal);
  try {
    checkAnswer(host, answer);
  } catch (error) {
    if (!(error instanceof SessionExpired)) throw error;
    throw unexpected(host, 'HTTP 401 and no reason to a sign-in');
  }
  const token = tokenSchema.safeParse(body).data;
  if (token === undefined) throw unexpected(host, 'something that is not an access token');
  const instance = URL.canParse(token.instance_url) ? new URL(token.instance_url) : null;
  // A session that was got by https is not handed to a plain address.
  if (instance?.protocol !== protocol) throw unexpected(host, 'an access token without an address');
  return {
    instanceUrl: instance.origin,
    accessToken: new Secret(token.access_token),
    organizationId: organizationIdIn(token.id ?? '') ?? organizationIdOf(token.access_token),
  };
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  instance_url: z.string(),
  id: z.string().optional(),
});
const refusalSchema = z.object({
  error: z.string().regex(/^[\w.-]{1,80}$/),
  error_description: z.string().optional(),
});

type Refusal = z.infer<typeof refusalSchema>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface TokenAnswer {
  readonly answer: Awaited<ReturnType<typeof exchange>>;
  readonly body: unknown;
  readonly refusal: Refusal | undefined;
}

async function sendGrant(
  { loginUrl }: TokenSignIn,
  form: URLSearchParams,
  deadlineMs: number,
): Promise<TokenAnswer> {
  const answer = await exchange(
    {
      method: 'POST',
      url: `${loginUrl}/services/oauth2/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    },
    deadlineMs,
  );
  const body = parse(answer.body);
  const isRefused = answer.statusCode >= 400 && answer.statusCode < 500;
  return { answer, body, refusal: isRefused ? refusalSchema.safeParse(body).data : undefined };
}

async function askForToken(signIn: TokenSignIn, deadlineMs: number): Promise<TokenAnswer> {
  if (signIn.kind === 'client_credentials') {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: signIn.clientId,
      client_secret: signIn.clientSecret.reveal(),
    });
    return sendGrant(signIn, form, deadlineMs);
  }
  const [likelier = '', other] = audiencesOf(signIn);
  const first = await sendGrant(signIn, await jwtGrant(signIn, likelier), deadlineMs);
  if (other === undefined || !isOfAudience(first.refusal)) return first;
  return sendGrant(signIn, await jwtGrant(signIn, other), deadlineMs);
}

/** "audience is invalid": the assertion is meant for the other of Salesforce's login hosts. */
const isOfAudience = (refusal: Refusal | undefined): boolean =>
  refusal?.error === 'invalid_grant' && /\baudience\b/i.test(refusal.error_description ?? '');

function refused(signIn: TokenSignIn, refusal: Refusal): CodedError {
  const description = refusal.error_description?.slice(0, 200);
  return new CodedError(
    'SF_SIGN_IN_REFUSED',
    `${new URL(signIn.loginUrl).host} refuses the sign-in: ${refusal.error}${description === undefined ? '' : ` (${description})`}.`,
    isOfAudience(refusal)
      ? otherAudience
      : (cures[signIn.kind][refusal.error] ?? cures[signIn.kind].other),
  );
}

interface Cures {
  readonly [error: string]: string;
  readonly other: string;
}

const wrongAddress =
  'Put the My Domain address of the org (https://<name>.my.salesforce.com) in SF_LOGIN_URL.';
const otherAudience =
  'Clear SF_JWT_AUDIENCE, so that https://login.salesforce.com and https://test.salesforce.com are tried, or put the login host in it that your org belongs to.';
const wrongApp =
  'Check SF_CLIENT_ID: it is the consumer key of the external client app, and new apps need some minutes to become known.';

const cures: Readonly<Record<TokenSignIn['kind'], Cures>> = {
  client_credentials: {
    invalid_client_id: wrongApp,
    invalid_client: 'Check SF_CLIENT_ID and SF_CLIENT_SECRET: consumer key and secret of the app.',
    invalid_grant:
      'Check that SF_LOGIN_URL is the My Domain address, and that the client credentials flow of the app in SF_CLIENT_ID is on and has a user to run as.',
    inactive_user: 'Activate the user that the app in SF_CLIENT_ID runs as, or choose another.',
    inactive_org: 'The org at SF_LOGIN_URL is not active: ask its administrator.',
    unsupported_grant_type: wrongAddress,
    other: 'Check SF_LOGIN_URL, SF_CLIENT_ID and SF_CLIENT_SECRET.',
  },
  jwt: {
    invalid_client_id: wrongApp,
    invalid_client:
      'Check SF_CLIENT_ID, and that the app holds the certificate of the key in SF_JWT_KEY_FILE.',
    invalid_grant:
      'Check SF_USERNAME, that a permission set allows this user the app, that the app holds the certificate of the key in SF_JWT_KEY_FILE, that SF_LOGIN_URL belongs to the same org, and that the clock of this machine is right.',
    invalid_app_access: 'Allow the user in SF_USERNAME the app, by permission set.',
    inactive_user: 'Activate the user in SF_USERNAME.',
    inactive_org: 'The org at SF_LOGIN_URL is not active: ask its administrator.',
    unsupported_grant_type: wrongAddress,
    other: 'Check SF_LOGIN_URL, SF_CLIENT_ID, SF_USERNAME and SF_JWT_KEY_FILE.',
  },
};
