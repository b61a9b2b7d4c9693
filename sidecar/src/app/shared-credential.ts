import { CodedError } from '../errors/coded-error.ts';
import { plainAddress } from '../lib/redact.ts';
import type { StoreRow } from '../mapping/model/config-rows.ts';
import { siteOf } from '../sync/detect/webhook-source.ts';

/**
 * Refuses a store that is reached by the named credential of a store with another address: that leads to one shop alone,
 * and its records would be written as those of both. Which of them it is, the shop itself says; where it does not, it is
 * the one that was set up first. Addresses that differ by scheme, `www.` or a slash at the end are one shop's. The path of
 * a language makes no second shop either, and cannot be told from a site of a multisite: its records would be doubled.
 * @param rows all stores of the org, in the order in which they were set up
 * @param homeOf asks the shop behind the credential for its address; one call, and none where none is shared
 * @throws CodedError `STORE_CREDENTIAL_SHARED`
 */
export async function refuseSharedCredential(
  row: StoreRow,
  rows: readonly StoreRow[],
  homeOf: () => Promise<string>,
): Promise<void> {
  const credential = nameOf(row);
  if (credential === null) return;
  const same = rows.filter((one) => one.active && nameOf(one) === credential);
  const shops = new Set(same.flatMap(({ url }) => siteOf(url) ?? []));
  const own = siteOf(row.url);
  if (own === null || shops.size < 2) return;
  const home = await homeOf().catch((error: unknown) => {
    if (!(error instanceof CodedError)) throw error;
    return null;
  });
  const named = home === null ? null : siteOf(home);
  const right = same.find(({ url }) => siteOf(url) === named) ?? same[0] ?? row;
  if (siteOf(right.url) === own) return;
  const says = named === null ? '' : `, whose shop calls itself ${String(home)}`;
  throw new CodedError(
    'STORE_CREDENTIAL_SHARED',
    `The store "${row.key}" at ${plainAddress(row.url)} is reached by the named credential ${String(row.namedCredential)}, as the store "${right.key}" at ${plainAddress(right.url)} is${says}: it is the shop of one of them alone.`,
    `Give the store "${row.key}" a named credential of its own, with the URL and the key of its shop (Setup › Named Credentials), and put its name into Named Credential of its Woo Store (Setup › Custom Metadata Types). Then give the command Reload.`,
  );
}

/** Names of metadata are the same in whatever case. */
function nameOf({ route, namedCredential }: StoreRow): string | null {
  const name = namedCredential?.trim().toLowerCase() ?? '';
  return route === 'named_credential' && name !== '' ? name : null;
}
