import { z } from 'zod';
import { refusalIn, type AdminSession, type OrgAnswer } from './admin-session.ts';
import type { Question } from './ask.ts';

/** A key of WooCommerce's REST API. */
export interface StoreKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export const CONSUMER_KEY: Question = {
  variable: 'WOO_CONSUMER_KEY',
  text: 'Key of the REST API of the shop (WooCommerce › Settings › Advanced › REST API), ck_…',
  secret: true,
};
export const CONSUMER_SECRET: Question = {
  variable: 'WOO_CONSUMER_SECRET',
  text: 'Its secret, cs_…',
  secret: true,
};

/** A key as the shop shows it. @throws Error that says what is wrong, without the key */
export const consumerKeyOf = (text: string): string => keyPart(CONSUMER_KEY, text, 'ck_');
/** Its secret, which the shop shows once. @throws Error that says what is wrong, without the secret */
export const consumerSecretOf = (text: string): string => keyPart(CONSUMER_SECRET, text, 'cs_');

export const storeKeys = (consumerKey: string, consumerSecret: string): StoreKeys => ({
  consumerKey: consumerKeyOf(consumerKey),
  consumerSecret: consumerSecretOf(consumerSecret),
});

function keyPart({ variable }: Question, value: string, start: string): string {
  if (value.startsWith(start) && /^\w+$/.test(value)) return value;
  throw new Error(
    `${variable} is not as WooCommerce makes it: it begins with ${start}, and has letters and digits only. See WooCommerce › Settings › Advanced › REST API.`,
  );
}

const PRINCIPAL = 'Woo_Keys';
const CREDENTIAL_PATH = '/services/data/v66.0/named-credentials/credential';

/** Where an external credential of the org keeps a user name and a password. */
interface Place {
  readonly externalCredential: string;
  readonly principalName: string;
}

const placeOf = (externalCredential: string): Place => ({
  externalCredential,
  principalName: PRINCIPAL,
});

/** What the org says of the principal that holds the keys of a shop; 404 where it has none. */
export function principalAnswer(
  session: AdminSession,
  externalCredential: string,
): Promise<OrgAnswer> {
  return answerOf(session, placeOf(externalCredential));
}

function answerOf(session: AdminSession, place: Place): Promise<OrgAnswer> {
  const query = new URLSearchParams({ ...place, principalType: 'NamedPrincipal' }).toString();
  return session.request('GET', `${CREDENTIAL_PATH}?${query}`);
}

/**
 * Puts the keys of a shop into an external credential of the org, which alone keeps them.
 * @throws Error with a sentence; it never holds the keys
 */
export function setStoreKeys(
  session: AdminSession,
  externalCredential: string,
  { consumerKey, consumerSecret }: StoreKeys,
): Promise<void> {
  const place = placeOf(externalCredential);
  return setPrincipal(session, place, 'the keys', [consumerKey, consumerSecret]);
}

/**
 * Puts a user name and a password into an external credential of the org, which alone keeps them.
 * @param what in words, for errors
 * @throws Error with a sentence; it never holds what is secret
 */
export async function setPrincipal(
  session: AdminSession,
  place: Place,
  what: string,
  [user, password]: readonly [string, string],
): Promise<void> {
  const { externalCredential, principalName } = place;
  const known = await answerOf(session, place);
  if (known.status !== 200) {
    throw new Error(
      `The org shows no principal ${principalName} of the external credential ${externalCredential} (${refusalIn(known)}). Deploy config/org first, as a user who may customize the application.`,
    );
  }
  const set = await session.request(isSet(known.body) ? 'PUT' : 'POST', CREDENTIAL_PATH, {
    ...place,
    principalType: 'NamedPrincipal',
    authenticationProtocol: 'Basic',
    credentials: {
      Username: { value: user, encrypted: false },
      Password: { value: password, encrypted: true },
    },
  });
  if (set.status < 300) return;
  throw new Error(
    `The org did not take ${what} for ${externalCredential} (${refusalIn(set)}). Set them by hand: Setup › Named Credentials › External Credentials › ${externalCredential} › Principals.`,
  );
}

/**
 * Reads the shop's currency through the gateway: class, credential, keys and shop work together.
 * @returns the code of the currency
 * @throws Error that says on which side the fault is
 */
export async function verifyGateway(
  session: Pick<AdminSession, 'request'>,
  store: string,
): Promise<string> {
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
