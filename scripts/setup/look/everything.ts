import { AdminSession } from '../../lib/install/admin-session.ts';
import { unanswered } from '../../lib/install/ask.ts';
import { serviceUrl, syncUsers } from '../../lib/install/outbound.ts';
import { verifyGateway, type StoreKeys } from '../../lib/install/store-keys.ts';
import {
  defaultUsername,
  lookForUser,
  type FoundUser,
} from '../../lib/connect/integration-user.ts';
import type { SfCli } from '../../lib/sf.ts';
import { askValid, wrongAnswers } from '../answers/ask-valid.ts';
import {
  ADDRESS,
  customersIn,
  firstLoad,
  KEY,
  ORDERS,
  PUBLIC_ADDRESS,
  SECRET,
  since,
} from '../answers/questions.ts';
import type { ServiceFolder } from '../service/folder.ts';
import { refuseMissing, type Looked } from './looked.ts';
import { lookAtOrg, type KnownStore, type OrgLook } from './org.ts';
import { lookAtShop, shopAt } from './shop.ts';

/** What there is to begin with. Nothing was written to find it. */
export interface Found {
  readonly session: AdminSession;
  readonly org: OrgLook;
  readonly user: FoundUser;
  readonly shop: FoundShop;
  readonly notes: readonly string[];
}

interface FoundShop {
  readonly url: string;
  /** Null where the org has keys that work. */
  readonly keys: StoreKeys | null;
}

const SHOP_QUESTIONS = [ADDRESS, KEY, SECRET];

/**
 * Looks at both sides, the folder and what the environment answers, and asks for the shop.
 * @throws Error that names all that is missing at once
 */
export async function lookFirst(sf: SfCli, folder: ServiceFolder): Promise<Found> {
  const session = await signedIn(sf);
  const isSignedIn = session instanceof AdminSession;
  const org = isSignedIn
    ? await lookAtOrg(session)
    : { ...session, store: null, hasPersons: false };
  const isUsable = isSignedIn && org.missing.length === 0;
  const user = isUsable ? await lookForUser(session, await syncUsername(session, folder)) : null;
  const shop = await lookForShop(isUsable ? session : null, org.store);
  const places = [
    isSignedIn ? folder.problemFor(session.instanceUrl) : null,
    serviceProblem(org.store, { ...folder.env(), ...process.env }),
  ].filter((sentence) => sentence !== null);
  const questions = [ORDERS, customersIn(org.hasPersons || !isUsable), since(new Date())];
  const wrong = wrongAnswers([...questions, PUBLIC_ADDRESS, firstLoad(false)]);
  refuseMissing([
    org,
    { missing: [...(user?.problems ?? []), ...places], notes: [] },
    shop,
    { missing: wrong, notes: [] },
  ]);
  if (!isSignedIn || user === null || shop.found === null) throw new Error('Nothing was found.');
  return { session, org, user, shop: shop.found, notes: [...org.notes, ...shop.notes] };
}

/**
 * Why a deploy would cut a service off that another set-up has made: its address and secret are in the org's outbound
 * messages, and a new secret is none of its own.
 * @param env what is known of the service; an empty PUBLIC_URL is meant
 */
export function serviceProblem(
  store: KnownStore | null,
  { PUBLIC_URL, SIDECAR_SECRET = '' }: Readonly<Record<string, string | undefined>>,
): string | null {
  const there = store?.serviceUrl ?? NO_SERVICE;
  if (there === NO_SERVICE || PUBLIC_URL === '') return null;
  if (PUBLIC_URL !== undefined && SIDECAR_SECRET !== '') return null;
  return `The org tells a service at ${there} of its changes: set PUBLIC_URL and SIDECAR_SECRET as that one has them, or PUBLIC_URL to nothing where it is no more.`;
}

const NO_SERVICE = serviceUrl(null);

/** @returns what keeps from it where the CLI is not signed in */
async function signedIn(sf: SfCli): Promise<AdminSession | Looked> {
  try {
    const session = await AdminSession.open(sf);
    console.log(`Org: ${session.instanceUrl}, as ${session.username}`);
    return session;
  } catch (error) {
    return { missing: [error instanceof Error ? error.message : String(error)], notes: [] };
  }
}

/** As it was named, or as an earlier set-up has it, or a new one. */
async function syncUsername(session: AdminSession, folder: ServiceFolder): Promise<string> {
  const named = process.env['WOO_SYNC_USERNAME']?.trim() || folder.env()['SF_USERNAME'];
  if (named !== undefined) return named;
  const [only, ...others] = await syncUsers(session);
  return only !== undefined && others.length === 0 ? only : defaultUsername(session.instanceUrl);
}

type ShopLook = Looked & { readonly found: FoundShop | null };

async function lookForShop(
  session: AdminSession | null,
  store: KnownStore | null,
): Promise<ShopLook> {
  const questions = store === null ? SHOP_QUESTIONS : [KEY, SECRET];
  const isAsked = questions.some(({ variable }) => (process.env[variable] ?? '').trim() !== '');
  if (session !== null && store !== null && !isAsked && (await hasKeys(session)))
    return { missing: [], notes: [], found: { url: store.url, keys: null } };
  const missing = [...unanswered(questions), ...wrongAnswers(SHOP_QUESTIONS)];
  if (missing.length > 0) return { missing, notes: [], found: null };
  const url = store?.url ?? (await askValid(ADDRESS));
  const keys = { consumerKey: await askValid(KEY), consumerSecret: await askValid(SECRET) };
  console.log(`Looking at ${url} …`);
  return { ...(await lookAtShop(url, shopAt(url, keys))), found: { url, keys } };
}

/** Whether the org reaches the shop already. */
async function hasKeys(session: AdminSession): Promise<boolean> {
  try {
    await verifyGateway(session, 'main');
    return true;
  } catch {
    // Why not shows when the keys are there.
    return false;
  }
}
