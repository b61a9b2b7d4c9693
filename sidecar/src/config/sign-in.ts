import type { SignIn } from '../salesforce/rest/sign-in.ts';
import type { Variables } from './variables.ts';

export type SignInMethod = 'client_credentials' | 'jwt' | 'access_token';

const needs: Readonly<Record<SignInMethod, readonly (keyof Variables)[]>> = {
  client_credentials: ['SF_LOGIN_URL', 'SF_CLIENT_ID', 'SF_CLIENT_SECRET'],
  jwt: ['SF_LOGIN_URL', 'SF_CLIENT_ID', 'SF_USERNAME', 'SF_JWT_KEY_FILE'],
  access_token: ['SF_ACCESS_TOKEN', 'SF_INSTANCE_URL'],
};

const whatToPut: Readonly<Partial<Record<keyof Variables, string>>> = {
  SF_LOGIN_URL: 'the My Domain address of the org, https://<name>.my.salesforce.com',
  SF_CLIENT_ID: 'the consumer key of the external client app',
  SF_CLIENT_SECRET: 'the consumer secret of the external client app',
  SF_USERNAME: 'the user name of the integration user',
  SF_JWT_KEY_FILE:
    'the path of the private key (PEM) whose certificate the external client app holds',
  SF_ACCESS_TOKEN: 'the access token of the session',
  SF_INSTANCE_URL: 'the address of the org that the access token is for',
};

/** Which way to sign in is meant; null, with problems added, when that or what it needs is not clear. */
export function wayToSignIn(
  given: Readonly<Record<string, string>>,
  problems: string[],
): SignInMethod | null {
  const only: readonly [keyof Variables, SignInMethod][] = [
    ['SF_CLIENT_SECRET', 'client_credentials'],
    ['SF_USERNAME', 'jwt'],
    ['SF_JWT_KEY_FILE', 'jwt'],
    ['SF_JWT_AUDIENCE', 'jwt'],
    ['SF_ACCESS_TOKEN', 'access_token'],
    ['SF_INSTANCE_URL', 'access_token'],
  ];
  const meant = only.filter(([name]) => name in given);
  const ways = new Set(meant.map(([, way]) => way));
  if (ways.size > 1) {
    const names = meant.map(([name]) => name).join(', ');
    problems.push(
      `${names} belong to different ways to sign in to Salesforce: keep one of ${allWays()}.`,
    );
    return null;
  }
  const started = 'SF_CLIENT_ID' in given || 'SF_LOGIN_URL' in given;
  const way = [...ways][0] ?? (started ? 'client_credentials' : null);
  if (way === null) {
    problems.push(
      `SF_LOGIN_URL and a way to sign in to Salesforce are not set: put values in ${allWays()}.`,
    );
    return null;
  }
  const missing = needs[way].filter((name) => !(name in given));
  for (const name of missing)
    problems.push(`${name} is not set: put ${whatToPut[name] ?? ''} in it.`);
  return missing.length === 0 ? way : null;
}

function allWays(): string {
  return Object.values(needs)
    .map((names) => names.join(' + '))
    .join(', or ');
}

/** What `wayToSignIn` has checked, as one value. */
export function signIn(way: SignInMethod, values: Variables): SignIn {
  const set = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error(`The sign-in "${way}" was not checked for its needs.`);
    return value;
  };
  switch (way) {
    case 'client_credentials':
      return {
        kind: way,
        loginUrl: set(values.SF_LOGIN_URL),
        clientId: set(values.SF_CLIENT_ID),
        clientSecret: set(values.SF_CLIENT_SECRET),
      };
    case 'jwt':
      return {
        kind: way,
        loginUrl: set(values.SF_LOGIN_URL),
        clientId: set(values.SF_CLIENT_ID),
        username: set(values.SF_USERNAME),
        privateKey: set(values.SF_JWT_KEY_FILE),
        ...(values.SF_JWT_AUDIENCE === undefined ? {} : { audience: values.SF_JWT_AUDIENCE }),
      };
    case 'access_token':
      return {
        kind: way,
        instanceUrl: set(values.SF_INSTANCE_URL),
        accessToken: set(values.SF_ACCESS_TOKEN),
      };
  }
}
