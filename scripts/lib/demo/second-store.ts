import { createStore, type Store } from '../../../local/store/store.ts';
import { AdminSession } from '../install/admin-session.ts';
import type { Expected, Wishes } from './expected.ts';
import { assignGrant, replacementText } from '../install/install.ts';
import { serviceUrl } from '../install/outbound.ts';
import type { RunOptions, SfCli } from '../sf.ts';
import { setStoreKeys, verifyGateway, type StoreKeys } from '../install/store-keys.ts';

/** The store that `config/second-store` describes. */
export const SECOND_STORE = {
  key: 'outlet',
  folder: 'config/second-store',
  addressVariable: 'WOO_OUTLET_URL',
  externalCredential: 'Woo_Outlet',
  permissionSet: 'Woo_Outlet',
} as const;

/** Of a product that only the second shop has: else there would be nothing to compare of its own stock. */
const OWN_STOCK = 24;

/**
 * A smaller shop on this machine, with other orders, some shoppers and products of the first one, and some stock
 * of its own.
 */
export function createSecondShop(): Store {
  const store = createStore({
    orders: 40,
    products: 8,
    seed: 2,
    siteName: 'Example Outlet',
    tlsProxy: true,
    allowHosts: ['127.0.0.1'],
  });
  stockOwnProduct(store);
  return store;
}

/** @throws Error where the shop has no product without a SKU, by which shops share products */
function stockOwnProduct({ shop, edits }: Store): void {
  const own = shop.products
    .all()
    .map((entry) => entry.read())
    .find(({ type, status, sku }) => type === 'simple' && status === 'publish' && sku === '');
  if (!own) throw new Error('The second store sells no product of its own.');
  edits.updateProduct(own.id, { manage_stock: true, stock_quantity: OWN_STOCK });
}

/** What the second store's own mapping wants: all orders. The rest it shares with the first store. */
export function secondStoreWishes(first: Expected): Wishes {
  return { orders: ({ status }) => status !== 'trash', before: [first] };
}

/**
 * Adds a store to an org that has one already, as docs/stores.md tells admins to.
 * @param store where the shop is, keys for the org to keep, and where the service takes outbound messages, if anywhere
 * @throws Error that says which step failed
 */
export async function addSecondStore(
  sf: SfCli,
  syncUsername: string,
  store: { readonly url: string; readonly keys: StoreKeys; readonly endpoint?: string },
  options: RunOptions = {},
): Promise<void> {
  const { key, folder, addressVariable, externalCredential, permissionSet } = SECOND_STORE;
  await sf.must(['project', 'deploy', 'start', '--concise', '-d', folder], {
    ...options,
    env: {
      [addressVariable]: replacementText(store.url),
      WOO_SERVICE_URL: replacementText(serviceUrl(store.endpoint ?? null)),
    },
  });
  await assignGrant(sf, permissionSet, syncUsername, options);
  const session = await AdminSession.open(sf);
  await setStoreKeys(session, externalCredential, store.keys);
  await verifyGateway(session, key);
}
