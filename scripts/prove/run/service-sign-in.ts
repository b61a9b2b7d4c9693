import { z } from 'zod';

import { loadConfig } from '../../../sidecar/src/config/load-config.ts';
import { CodedError } from '../../../sidecar/src/errors/coded-error.ts';
import { audiencesOf, jwtGrant } from '../../../sidecar/src/salesforce/rest/jwt.ts';
import { jsonOf } from '../../lib/install/admin-session.ts';
import { CannotTell, shown } from '../model/verdict.ts';

const answered = z.object({ access_token: z.string(), id: z.string() });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/** Of the integration user, beside the address of the org, which is the one that is asked. */
const VARIABLES = [
  'SF_CLIENT_ID',
  'SF_CLIENT_SECRET',
  'SF_USERNAME',
  'SF_JWT_KEY_FILE',
  'SF_JWT_AUDIENCE',
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Signs in as the service does. @throws CannotTell where the environment has no sign-in, or it is refused */
export async function signInAsService(
  instanceUrl: string,
  env: Environment,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly token: string }> {
  let refusal = 'without a reason';
  for (const grant of await grantsOf(instanceUrl, env)) {
    const response = await fetch(`${instanceUrl}/services/oauth2/token`, {
      method: 'POST',
      body: grant,
      signal,
    });
    const body = jsonOf(await response.text());
    const answer = answered.safeParse(body).data;
    if (answer) return { id: answer.id, token: answer.access_token };
    const { error = shown(body), error_description = '' } = refused.safeParse(body).data ?? {};
    refusal = `${response.status}: ${[error, error_description].join(' ').trim()}`;
  }
  throw new CannotTell(`The sign-in of the integration user was answered with ${refusal}.`);
}

/** Requests for a token, one for each audience that may be meant. @throws CannotTell where variables are missing */
async function grantsOf(
  instanceUrl: string,
  env: Environment,
): Promise<readonly URLSearchParams[]> {
  const own = VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  if (own.length === 0)
    throw new CannotTell(
      'No sign-in of the integration user is set: SF_CLIENT_ID and SF_CLIENT_SECRET, or SF_CLIENT_ID, SF_USERNAME and SF_JWT_KEY_FILE.',
    );
  const signIn = read({ ...Object.fromEntries(own), SF_LOGIN_URL: instanceUrl });
  if (signIn.kind === 'jwt')
    return Promise.all(audiencesOf(signIn).map((audience) => jwtGrant(signIn, audience)));
  return [
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: signIn.clientId,
      client_secret: signIn.clientSecret.reveal(),
    }),
  ];
}

/** @throws CannotTell that lists what is wrong with the variables */
function read(env: Environment) {
  try {
    const { salesforce } = loadConfig(env);
    if (salesforce.kind !== 'access_token') return salesforce;
  } catch (error) {
    if (error instanceof CodedError) throw new CannotTell(error.message);
    throw error;
  }
  throw new CannotTell('A session is no sign-in of the integration user.');
}
