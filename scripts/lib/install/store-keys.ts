import { z } from 'zod';
import { refusalIn, type AdminSession, type OrgAnswer } from './admin-session.ts';

/** A key of WooCommerce's REST API. */
export interface StoreKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

/**
 * A key as the shop shows it once.
 * @throws Error that says what is wrong, without the key
 */
export function storeKeys(consumerKey: string, consumerSecret: string): StoreKeys {
  for (const [name, value, start] of [
    ['WOO_CONSUMER_KEY', consumerKey, 'ck_'],
    ['WOO_CONSUMER_SECRET', consumerSecret, 'cs_'],
  ] as const) {
    if (value.startsWith(start) && /^\w+$/.test(value)) continue;
    throw new Error(
      `${name} is not as WooCommerce makes it: it begins with ${start}, and has letters and digits only. See WooCommerce › Settings › Advanced › REST API.`,
    );
  }
  return { consumerKey, consumerSecret };
}

const PRINCIPAL = 'Woo_Keys';
const CREDENTIAL_PATH = '/services/data/v66.0/named-credentials/credential';

const placeOf = (externalCredential: string) => ({
  externalCredential,
  principalName: PRINCIPAL,
  principalType: 'NamedPrincipal',
});

/** What the org says of the principal that holds the keys of a shop; 404 where it has none. */
export function principalAnswer(
  session: AdminSession,
  externalCredential: string,
): Promise<OrgAnswer> {
  const query = new URLSearchParams(placeOf(externalCredential)).toString();
  return session.request('GET', `${CREDENTIAL_PATH}?${query}`);
}

/**
 * Puts the keys of a shop into an external credential of the org, which alone keeps them.
 * @throws Error with a sentence; it never holds the keys
 */
export async function setStoreKeys(
  session: AdminSession,
  externalCredential: string,
  { consumerKey, consumerSecret }: StoreKeys,
): Promise<void> {
  const known = await principalAnswer(session, externalCredential);
  if (known.status !== 200) {
    throw new Error(
      `The org shows no principal ${PRINCIPAL} of the external credential ${externalCredential} (${refusalIn(known)}). Deploy config/org first, as a user who may customize the application.`,
    );
  }
  const set = await session.request(isSet(known.body) ? 'PUT' : 'POST', CREDENTIAL_PATH, {
    ...placeOf(externalCredential),
    authenticationProtocol: 'Basic',
    credentials: {
      Username: { value: consumerKey, encrypted: false },
      Password: { value: consumerSecret, encrypted: true },
    },
  });
  if (set.status < 300) return;
  throw new Error(
    `The org did not take the keys for ${externalCredential} (${refusalIn(set)}). Set them by hand: Setup › Named Credentials › External Credentials › ${externalCredential} › Principals.`,
  );
}

/**
 * Reads the shop's currency through the gateway: class, credential, keys and shop work together.
 * @returns the code of the currency
 * @throws Error that says on which side the fault is
 */
export async function verifyGateway(session: AdminSession, store: string): Promise<string> {
  const path = `/services/apexrest/woo/${encodeURIComponent(store)}/data/currencies/current`;
  const answer = await session.request('GET', path);
  if (answer.status !== 200) {
    throw new Error(`The gateway of the org refused: ${refusalIn(answer)}`);
  }
  const status = answer.headers.get('woo-status') ?? 'without a status';
  const { code } = z.object({ code: z.string() }).safeParse(answer.body).data ?? {};
  if (status === '200' && code !== undefined) return code;
  const said = `HTTP ${status}${code === undefined ? '' : `, ${code}`}`;
  throw new Error(
    REFUSED.has(status)
      ? `The shop refused the key that the org now holds for the store ${store} (${said}). Run this again with a key of this shop that is not revoked and may read.`
      : `The shop was reached and did not answer as WooCommerce does (${said}): see whether the address of the named credential is the shop's.`,
  );
}

const REFUSED: ReadonlySet<string> = new Set(['401', '403']);

function isSet(body: unknown): boolean {
  const known = z.object({ authenticationStatus: z.string() }).safeParse(body).data;
  return known?.authenticationStatus === 'Configured';
}
