import { z } from 'zod';
import { refusalIn, type AdminSession } from './admin-session.ts';

/** A key of WooCommerce's REST API. */
export interface StoreKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

const PRINCIPAL = 'Woo_Keys';
const CREDENTIAL_PATH = '/services/data/v66.0/named-credentials/credential';

/**
 * Puts the keys of a shop into an external credential of the org, which alone keeps them.
 * @throws Error with a sentence; it never holds the keys
 */
export async function setStoreKeys(
  session: AdminSession,
  externalCredential: string,
  { consumerKey, consumerSecret }: StoreKeys,
): Promise<void> {
  const place = { externalCredential, principalName: PRINCIPAL, principalType: 'NamedPrincipal' };
  const query = new URLSearchParams(place).toString();
  const known = await session.request('GET', `${CREDENTIAL_PATH}?${query}`);
  if (known.status !== 200) {
    throw new Error(
      `The org shows no principal ${PRINCIPAL} of the external credential ${externalCredential} (${refusalIn(known)}). Deploy config/org first, as a user who may customize the application.`,
    );
  }
  const set = await session.request(isSet(known.body) ? 'PUT' : 'POST', CREDENTIAL_PATH, {
    ...place,
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
  throw new Error(
    `The shop was reached and did not answer as WooCommerce does (HTTP ${status}${code === undefined ? '' : `, ${code}`}): see whether the key is right and may read, and whether the address is the shop's.`,
  );
}

function isSet(body: unknown): boolean {
  const known = z.object({ authenticationStatus: z.string() }).safeParse(body).data;
  return known?.authenticationStatus === 'Configured';
}
