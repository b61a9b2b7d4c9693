import type { KeyObject } from 'node:crypto';

/** A sign-in by an assertion that is signed with the key of the app's certificate. */
export interface JwtSignIn {
  readonly kind: 'jwt';
  /** My Domain address without a trailing slash. */
  readonly loginUrl: string;
  readonly clientId: string;
  readonly username: string;
  readonly privateKey: KeyObject;
  /** Whom the assertion is for, where neither of Salesforce's two login hosts is right. */
  readonly audience?: string;
}

const production = 'https://login.salesforce.com';
const sandbox = 'https://test.salesforce.com';

/** Sandboxes and scratch orgs by their My Domain host: `acme--uat.sandbox.my.salesforce.com`. */
const isSandbox = (host: string): boolean =>
  /--|\.(sandbox|scratch)\./.test(host) || host === new URL(sandbox).host;

/**
 * Audiences of an assertion, the likelier first. Salesforce takes one of its two login hosts, never
 * the My Domain address, and which of them is not always to be seen from that address.
 */
export function audiencesOf({ audience, loginUrl }: JwtSignIn): readonly string[] {
  if (audience !== undefined) return [audience];
  return isSandbox(new URL(loginUrl).hostname) ? [sandbox, production] : [production, sandbox];
}

/** The body of a request for a token. */
export async function jwtGrant(signIn: JwtSignIn, audience: string): Promise<URLSearchParams> {
  // Loaded here, for most sign in without it.
  const { SignJWT } = await import('jose');
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(signIn.clientId)
    .setSubject(signIn.username)
    .setAudience(audience)
    .setIssuedAt(now)
    // Salesforce takes at most three minutes.
    .setExpirationTime(now + 120)
    .sign(signIn.privateKey);
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
  });
}
