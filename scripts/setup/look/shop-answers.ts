import { otherAddress } from '../../lib/install/address-note.ts';
import type { AdminSession } from '../../lib/install/admin-session.ts';
import { givenTo, unanswered } from '../../lib/install/ask.ts';
import { verifyGateway, type StoreKeys } from '../../lib/install/store-keys.ts';
import { askValid, wrongAnswers } from '../answers/ask-valid.ts';
import { ADDRESS, KEY, SECRET } from '../answers/questions.ts';
import type { Looked } from './looked.ts';
import type { KnownStore } from './org.ts';
import { lookAtShop, shopAt } from './shop.ts';

export interface FoundShop {
  readonly url: string;
  /** Null where the org has keys that work. */
  readonly keys: StoreKeys | null;
}

export type ShopLook = Looked & { readonly found: FoundShop | null };

/**
 * Takes the shop and its keys from the environment or the terminal, and looks at it with them. Keys go to no shop
 * that was not meant.
 * @param session null where the org cannot be asked
 * @param store as the org has it; null where it has none
 */
export async function lookForShop(
  session: AdminSession | null,
  store: KnownStore | null,
  at = shopAt,
): Promise<ShopLook> {
  const questions = store === null ? [ADDRESS, KEY, SECRET] : [KEY, SECRET];
  const isAsked = questions.some((question) => givenTo(question) !== undefined);
  const known =
    session !== null && store !== null && !isAsked && (await hasKeys(session))
      ? { url: store.url, keys: null }
      : null;
  const wrong = wrongAnswers([ADDRESS, KEY, SECRET]);
  const missing = [...(known === null ? unanswered(questions) : []), ...wrong, ...other(store)];
  if (missing.length > 0) return { missing, notes: [], found: null };
  if (known !== null) return { missing: [], notes: [], found: known };
  const url = store?.url ?? (await askValid(ADDRESS));
  const keys = { consumerKey: await askValid(KEY), consumerSecret: await askValid(SECRET) };
  console.log(`Looking at ${url} …`);
  return { ...(await lookAtShop(url, at(url, keys))), found: { url, keys } };
}

/** Says where another shop was given than the one that the org has; what is no address is said elsewhere. */
function other(store: KnownStore | null): readonly string[] {
  const given = givenTo(ADDRESS);
  if (store === null || given === undefined || wrongAnswers([ADDRESS]).length > 0) return [];
  const sentence = otherAddress('main', store.url, given);
  return sentence === null
    ? []
    : [`${sentence} To keep that shop, leave WOO_STORE_URL out, and give its own keys.`];
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
