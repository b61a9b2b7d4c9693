import { AdminSession } from '../../lib/install/admin-session.ts';
import { serviceUrl } from '../../lib/install/outbound.ts';
import type { FoundUser } from '../../lib/connect/integration-user.ts';
import type { SfCli } from '../../lib/sf.ts';
import { wrongAnswers } from '../answers/ask-valid.ts';
import { customersIn, firstLoad, ORDERS, PUBLIC_ADDRESS, since } from '../answers/questions.ts';
import type { ServiceFolder } from '../service/folder.ts';
import { refuseMissing, type Looked } from './looked.ts';
import { lookAtOrg, type KnownStore, type OrgLook } from './org.ts';
import { type FoundContent, lookForContent } from './content-user.ts';
import { lookForShop, type FoundShop } from './shop-answers.ts';
import { lookForSyncUser } from './sync-user.ts';
import { wrongVariables } from './variables.ts';

/** What there is to begin with. Nothing was written to find it. */
export interface Found {
  readonly session: AdminSession;
  readonly org: OrgLook;
  readonly user: FoundUser;
  readonly shop: FoundShop;
  readonly content: FoundContent;
  readonly notes: readonly string[];
}

/**
 * Looks at both sides, the folder and what the environment answers, and asks for the shop.
 * @param packaged whether a package is to have brought the metadata
 * @throws Error that names all that is missing at once
 */
export async function lookFirst(
  sf: SfCli,
  folder: ServiceFolder,
  packaged: boolean,
): Promise<Found> {
  const session = await signedIn(sf);
  const isSignedIn = session instanceof AdminSession;
  const org = isSignedIn
    ? await lookAtOrg(session, packaged)
    : { ...session, store: null, hasPersons: false };
  const isUsable = isSignedIn && org.missing.length === 0;
  const user = isUsable ? await lookForSyncUser(session, folder) : null;
  const shop = await lookForShop(isUsable ? session : null, org.store);
  const content = await lookForContent(shop.found?.url ?? null);
  const places = [
    isSignedIn ? folder.problemFor(session.instanceUrl) : null,
    serviceProblem(org.store, { ...folder.env(), ...process.env }, folder.hasAnswers()),
  ].filter((sentence) => sentence !== null);
  const questions = [ORDERS, customersIn(org.hasPersons || !isUsable), since(new Date())];
  const wrong = wrongAnswers([...questions, PUBLIC_ADDRESS, firstLoad(false)]);
  refuseMissing([
    org,
    { missing: [...(user?.found.problems ?? []), ...places], notes: [] },
    shop,
    content,
    { missing: [...wrong, ...wrongVariables(folder, process.env)], notes: [] },
  ]);
  if (!isSignedIn || user === null || shop.found === null) throw new Error('Nothing was found.');
  const notes = [...org.notes, ...user.notes, ...shop.notes, ...content.notes];
  return { session, org, user: user.found, shop: shop.found, content: content.found, notes };
}

/**
 * Why a deploy would cut a service off that another set-up has made: its address and secret are in the org's outbound
 * messages, and a new secret is none of its own.
 * @param env what is known of the service; an empty PUBLIC_URL is meant
 * @param isOwn the folder of this set-up has the answers of an earlier one
 */
export function serviceProblem(
  store: KnownStore | null,
  { PUBLIC_URL, SIDECAR_SECRET = '' }: Readonly<Record<string, string | undefined>>,
  isOwn: boolean,
): string | null {
  if (store === null || store.serviceUrl === NO_SERVICE || PUBLIC_URL === '') return null;
  if (PUBLIC_URL !== undefined && SIDECAR_SECRET !== '') return null;
  // As earlier versions left it, whose outbound messages go somewhere all the same.
  if (store.serviceUrl === null)
    return isOwn
      ? null
      : 'Service URL of the Woo Store is blank, so the org does not say which service it tells of its changes: set PUBLIC_URL and SIDECAR_SECRET as that one has them, or PUBLIC_URL to nothing where it has no public address.';
  return `The org tells a service at ${store.serviceUrl} of its changes: set PUBLIC_URL and SIDECAR_SECRET as that one has them, or PUBLIC_URL to nothing where it is no more.`;
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
