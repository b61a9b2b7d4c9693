import { z } from 'zod';

/** An org that is not this process's own, as `npm run test:org` hands it to the journeys. */
const schema = z.object({
  instanceUrl: z.url(),
  username: z.string(),
  accessToken: z.string(),
  /** How the service signs in: what of the sidecar's variables says so. */
  service: z.record(z.string(), z.string()),
  /** Keeps what the journeys have made and changed there, for the clean-up. */
  folder: z.string(),
});

export type OrgUnderTest = Readonly<z.infer<typeof schema>>;

/** Holds it, in the environment of the journeys alone: command lines are seen by others. */
const VARIABLE = 'ORG_UNDER_TEST';

export const environmentOf = (org: OrgUnderTest): Record<string, string> => ({
  [VARIABLE]: JSON.stringify(org),
});

/** Null where the journeys start local orgs of their own. */
export function orgUnderTest(): OrgUnderTest | null {
  const given = process.env[VARIABLE];
  return given === undefined ? null : schema.parse(JSON.parse(given));
}

const SIGN_IN =
  /^SF_(?:LOGIN_URL|CLIENT_ID|CLIENT_SECRET|USERNAME|JWT_KEY_FILE|JWT_AUDIENCE|INSTANCE_URL|ACCESS_TOKEN)$/;

/** The service's own sign-in where the environment has one, else the session of the CLI. */
export function serviceSignIn(
  env: Readonly<Record<string, string | undefined>>,
  session: { readonly instanceUrl: string; readonly accessToken: string },
): Record<string, string> {
  const own = Object.entries(env).flatMap(([name, value]) =>
    SIGN_IN.test(name) && value !== undefined && value !== '' ? [[name, value] as const] : [],
  );
  if (own.length > 0) return Object.fromEntries(own);
  return { SF_INSTANCE_URL: session.instanceUrl, SF_ACCESS_TOKEN: session.accessToken };
}
