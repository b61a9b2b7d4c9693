import { isAdministrator } from '../../../sidecar/src/woo/content/content-user.ts';
import { refusalIn, type AdminSession } from './admin-session.ts';
import { givenTo, type Question } from './ask.ts';
import { setPrincipal } from './store-keys.ts';

/** By which WordPress's own content is read. */
export interface ContentPassword {
  readonly user: string;
  readonly password: string;
}

const USER: Question = {
  variable: 'WOO_APP_USER',
  text: 'the name of the WordPress user whose application password is in WOO_APP_PASSWORD',
};
const PASSWORD: Question = {
  variable: 'WOO_APP_PASSWORD',
  text: 'an application password of the user in WOO_APP_USER (WordPress › Users › Profile › Application Passwords)',
  secret: true,
};

/**
 * What the environment gives; null where it gives none, for most shops need none.
 * @throws Error that names the variable that is missing or wrong
 */
export function givenContentPassword(): ContentPassword | null {
  const [user, password] = [givenTo(USER), givenTo(PASSWORD)];
  if (user === undefined && password === undefined) return null;
  if (user === undefined) throw new Error(`${USER.variable} is not set: put ${USER.text} in it.`);
  if (password === undefined)
    throw new Error(`${PASSWORD.variable} is not set: put ${PASSWORD.text} in it.`);
  if (user.includes(':'))
    throw new Error(
      `${USER.variable} holds a colon: put the user's name in it alone, and the password in ${PASSWORD.variable}.`,
    );
  return { user, password };
}

/** Of WordPress, who asks. */
export const ME_PATH = 'wp/v2/users/me?context=edit&_fields=roles,capabilities';

/** What WordPress answered to that. */
interface MeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Why the password is of no use; null where it is.
 */
export function contentProblem(host: string, { status, body }: MeAnswer): string | null {
  const code = codeOf(body);
  if (status === 200 && typeof body === 'object') return null;
  if (code === 'rest_not_logged_in')
    return `WordPress at ${host} does not look at the application password: let the web server pass on the header Authorization and the proxy send X-Forwarded-Proto: https, and see that no plugin switches application passwords off.`;
  if (status === 401 && code !== null)
    return `WordPress at ${host} does not take the application password (HTTP 401, ${code}): put ${USER.text} in ${USER.variable}, and ${PASSWORD.text} in ${PASSWORD.variable}. The password by which that user signs in is none.`;
  return `WordPress at ${host} does not say whose the application password is (HTTP ${status}${code === null ? '' : `, ${code}`}): let /wp-json/wp/v2 pass the firewall or the security plugin in front of the shop.`;
}

/** What is worth saying of a password that works; null where it is nothing. */
export function contentNote(host: string, { body }: MeAnswer): string | null {
  if (!isAdministrator(Object(body) as Readonly<Record<string, unknown>>)) return null;
  return `The application password in ${PASSWORD.variable} is of an administrator of ${host}, and opens the whole site: make a WordPress user with no more rights than the mappings need (docs/content.md), give its password instead, and revoke this one.`;
}

function codeOf(body: unknown): string | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : null;
}

/** Of the store whose keys an external credential holds; the permission set that grants it has the same name. */
export const contentCredential = (storeCredential: string): string => `${storeCredential}_Content`;

/** Puts the password into the org, which alone keeps it. @throws Error with a sentence; it never holds the password */
export function setContentPassword(
  session: AdminSession,
  externalCredential: string,
  { user, password }: ContentPassword,
): Promise<void> {
  const place = { externalCredential, principalName: 'Woo_Content' };
  return setPrincipal(session, place, 'the application password', [user, password]);
}

/** Asks WordPress through the gateway. @returns a note @throws Error that says on which side the fault is */
export async function verifyContent(
  session: Pick<AdminSession, 'request'>,
  store: string,
): Promise<string | null> {
  const path = `/services/apexrest/woo/${encodeURIComponent(store)}/content/${ME_PATH}`;
  const answer = await session.request('GET', path);
  if (answer.status !== 200)
    throw new Error(`The gateway of the org refused to read content: ${refusalIn(answer)}`);
  const me = { status: Number(answer.headers.get('woo-status')), body: answer.body };
  const problem = contentProblem(`the store ${store}`, me);
  if (problem !== null) throw new Error(problem);
  return contentNote(`the store ${store}`, me);
}
