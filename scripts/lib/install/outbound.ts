import { z } from 'zod';
import { variables } from '../../../sidecar/src/config/variables.ts';
import { DerivedSecrets } from '../../../sidecar/src/config/derived-secrets.ts';
import { outboundUrl } from '../../../sidecar/src/config/public-path.ts';
import { isLocalHost } from '../../../sidecar/src/lib/local-host.ts';
import { refusalIn, type AdminSession } from './admin-session.ts';
import { ask, type Question } from './ask.ts';

/** Where the outbound messages and the flows that send them are: an upgrade brings them anew, as it does `force-app`. */
export const OUTBOUND_FOLDER = 'config/org/main/outbound';

/** What a deploy puts into the outbound messages. */
export interface OutboundMessages {
  /** Where they go, token and all; null where the sidecar has no public address. */
  readonly endpoint: string | null;
  /** User of the org as whom they are sent: the user of the sync. */
  readonly username: string;
}

/** Where messages go that nobody is to get: no such host can exist. As it stands in the source. */
export const NOWHERE = 'https://woo-sync.invalid/salesforce/outbound/REPLACE_TOKEN';

const PATH = '/salesforce/outbound/';

/** Where a sidecar takes outbound messages. @throws Error that names a variable that is not as the sidecar wants it */
export function endpointOf(env: Readonly<Record<string, string | undefined>>): string {
  const read = variables.pick({ PUBLIC_URL: true, SIDECAR_SECRET: true }).safeParse({
    PUBLIC_URL: env['PUBLIC_URL']?.trim(),
    // What is set to nothing counts as not set, as for the sidecar.
    SIDECAR_SECRET: env['SIDECAR_SECRET']?.trim() || undefined,
  });
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: 'is wrong' };
    throw new Error(`${path.join('.')} ${message}`);
  }
  const { PUBLIC_URL: url, SIDECAR_SECRET: secret } = read.data;
  if (url === undefined || secret === undefined) {
    throw new Error('PUBLIC_URL and SIDECAR_SECRET belong together: set both, as the sidecar has.');
  }
  return outboundUrl(url, new DerivedSecrets(secret, null).outboundToken().current);
}

/** PUBLIC_URL of the service that takes messages at this address; one that cannot exist where it has none. */
export function serviceUrl(endpoint: string | null): string {
  const address = endpoint ?? NOWHERE;
  return address.slice(0, address.lastIndexOf(PATH));
}

export const ENDPOINT: Question = {
  variable: 'WOO_SYNC_ENDPOINT',
  text: `Where outbound messages go (PUBLIC_URL${PATH}…, a secret); empty where the sidecar has no public address`,
  secret: true,
  optional: true,
};

/**
 * Where the messages are to go: as WOO_SYNC_ENDPOINT says, else as it follows from the sidecar's own variables,
 * else as is typed.
 * @returns null where the sidecar has no public address
 * @throws Error that says what is wrong, without the token
 */
export async function askEndpoint(): Promise<string | null> {
  const { WOO_SYNC_ENDPOINT, PUBLIC_URL = '' } = process.env;
  if (WOO_SYNC_ENDPOINT === undefined && PUBLIC_URL !== '') return endpointOf(process.env);
  const given = await ask(ENDPOINT);
  return given === '' || given === NOWHERE ? null : endpointAddress(given);
}

/** The address that was given for the messages. @throws Error that does not repeat it */
export function endpointAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isGood =
    url !== null &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLocalHost(url.hostname))) &&
    url.href === `${url.origin}${url.pathname}` &&
    /\/salesforce\/outbound\/[\w-]{16,}$/.test(url.pathname);
  if (isGood) return url.href;
  throw new Error(
    `WOO_SYNC_ENDPOINT is not where a sidecar takes outbound messages: https://<PUBLIC_URL>${PATH}<token>. Leave it unset and set PUBLIC_URL and SIDECAR_SECRET as the sidecar has them: it is worked out from them. Or take what npx --no -- woo-salesforce outbound-url prints where the sidecar runs.`,
  );
}

const holders = z.object({
  records: z.array(z.object({ Assignee: z.object({ Username: z.string() }) })),
});

/**
 * The user of the sync: as WOO_SYNC_USERNAME says, else the only one in the org who has the rights of the sync,
 * else as is typed.
 */
export async function askSyncUser(session: AdminSession): Promise<string> {
  if ((process.env['WOO_SYNC_USERNAME'] ?? '') === '') {
    const [only, ...others] = await syncUsers(session);
    if (only !== undefined && others.length === 0) return only;
  }
  return askUsername();
}

export const USERNAME: Question = {
  variable: 'WOO_SYNC_USERNAME',
  text: 'User name of the integration user in the org',
};

/** The user name of the integration user, from the environment or typed. */
export const askUsername = (): Promise<string> => ask(USERNAME);

/** User names of those who have the rights of the sync, two at most. @throws Error where the org does not say */
export async function syncUsers(
  session: Pick<AdminSession, 'request'>,
): Promise<readonly string[]> {
  const soql = new URLSearchParams({
    q:
      'SELECT Assignee.Username FROM PermissionSetAssignment ' +
      "WHERE PermissionSet.Name = 'Woo_Integration' AND Assignee.IsActive = true LIMIT 2",
  });
  const answer = await session.request('GET', `/services/data/v66.0/query?${soql.toString()}`);
  const found = holders.safeParse(answer.body).data;
  if (answer.status === 200 && found) return found.records.map((one) => one.Assignee.Username);
  throw new Error(`The org does not say who has Woo_Integration: ${refusalIn(answer)}`);
}

/** What is said of the messages before they are deployed; the token is left out. */
export function outboundNote({ endpoint, username }: OutboundMessages): string {
  return endpoint === null
    ? 'Outbound messages go nowhere, since the sidecar has no public address: it asks Salesforce for changes instead.'
    : `Outbound messages go to ${endpoint.slice(0, endpoint.lastIndexOf('/'))}/…, as ${username}.`;
}
