import { CodedError } from '../errors/coded-error.ts';
import { plainAddress } from '../lib/redact.ts';
import { SHOP_ADDRESS } from '../ports/state.ts';
import type { DurableState } from './state.ts';

type Kept = Pick<DurableState, 'cursor' | 'saveCursor'>;
/** What tells which org's and which shops' a state is. */
export type OwnedState = Kept & Pick<DurableState, 'counts' | 'forgetCursors'>;

interface Shop {
  readonly key: string;
  readonly url: string;
  /** `named_credential` where Salesforce reaches it, by an address of its own. */
  readonly route?: string | null;
  readonly namedCredential?: string | null;
}

/** What a state knows of the systems that it belongs to lies beside its cursors; that of the org with no store. */
const ORG = { store: '', name: 'organization' } as const;

/**
 * Makes a state the org's that has none yet. In another org no link leads to a record, and all that was written
 * counts as there: it would stay empty without a word.
 * @param organizationId of 15 or 18 characters; null where the sign-in does not tell, then nothing is checked
 * @throws CodedError `STATE_OTHER_ORG` where it is another org's
 */
export async function claimForOrg(state: Kept, organizationId: string | null): Promise<void> {
  if (organizationId === null || (await lookAtOrg(state, organizationId)) === 'kept') return;
  await state.saveCursor(ORG.store, ORG.name, organizationId.slice(0, 15));
}

/**
 * What a claim of the state for the org would do; it writes nothing.
 * @throws CodedError `STATE_OTHER_ORG` where it is another org's
 */
export async function lookAtOrg(
  state: Pick<Kept, 'cursor'>,
  organizationId: string,
): Promise<'kept' | 'taken'> {
  const ours = organizationId.slice(0, 15);
  const kept = await state.cursor(ORG.store, ORG.name);
  if (kept === ours) return 'kept';
  if (kept === null) return 'taken';
  throw new CodedError(
    'STATE_OTHER_ORG',
    `The state belongs to the org ${JSON.stringify(kept)}, and the sign-in leads to the org "${ours}".`,
    'If SF_… is right, put another DATA_DIR or DATABASE_URL, or move the old state away: it is built anew from both sides. Else correct SF_….',
  );
}

/** Whether the state belongs to an org: the sign-in has worked before. */
export async function isClaimed(state: Pick<Kept, 'cursor'>): Promise<boolean> {
  return (await state.cursor(ORG.store, ORG.name)) !== null;
}

/**
 * Makes a state the shop's, as long as no record of another shop is linked under the store's key. Where none is, as
 * with a URL that was misspelt at first, places in the other's lists are forgotten: they would skip records.
 * @param moved the addresses that the admin has confirmed, by key of the store
 * @throws CodedError `STORE_URL_CHANGED` where it is another shop's
 */
export async function claimForStore(
  state: OwnedState,
  store: Shop,
  moved: ReadonlyMap<string, string>,
): Promise<void> {
  const claim = await lookAtClaim(state, store, moved);
  if (claim === 'kept') return;
  if (claim === 'begun anew') await state.forgetCursors(store.key);
  await state.saveCursor(store.key, SHOP_ADDRESS, plainAddress(store.url));
}

/**
 * What a claim of the state for the shop would do; it writes nothing.
 * @throws CodedError `STORE_URL_CHANGED` where it is another shop's
 */
export async function lookAtClaim(
  state: Pick<OwnedState, 'cursor' | 'counts'>,
  shop: Shop,
  moved: ReadonlyMap<string, string>,
): Promise<'kept' | 'taken' | 'begun anew'> {
  const { key, url } = shop;
  const address = plainAddress(url);
  const saved = await state.cursor(key, SHOP_ADDRESS);
  const kept = typeof saved === 'string' ? plainAddress(saved) : saved;
  if (kept === address) return 'kept';
  if (kept === null || moved.get(key) === address) return 'taken';
  if ((await state.counts(key)).size === 0) return 'begun anew';
  throw new CodedError(
    'STORE_URL_CHANGED',
    `The store "${key}" was the shop at ${JSON.stringify(kept)}, and is the one at "${address}" now.`,
    `If it is the same shop under a new address, ${throughSalesforce(shop)}give the command Adopt with Store = ${key}, or start with STORE_MOVED=${key}=${address}. If it is another shop, give it a Woo Store with another Key.`,
  );
}

/** Else Adopt would ask the old address. */
function throughSalesforce({ route, namedCredential }: Shop): string {
  if (route !== 'named_credential' || typeof namedCredential !== 'string') return '';
  return `put that into the URL of the named credential ${namedCredential} too (Setup › Named Credentials), and `;
}
