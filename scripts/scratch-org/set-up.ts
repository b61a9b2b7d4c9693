import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { z } from 'zod';

import { AdminSession } from '../lib/install/admin-session.ts';
import { assignRights, deployMetadata, isConfigured, type Route } from '../lib/install/install.ts';
import { deployPackage } from '../lib/metadata-package.ts';
import { rowsOf } from '../lib/install/query.ts';
import { recipeRights } from '../lib/install/recipes.ts';
import { root, type SfCli } from '../lib/sf.ts';

/** How the store main of the org is reached. */
export interface Shop {
  readonly url: string;
  readonly route: Route;
}

/** In the files as they ship. */
const SHIPPED = 'https://shop.invalid';
/** Where the named credential leads, which the direct route does not use: it takes addresses with https. */
const NO_SHOP = 'https://made-up-shop.invalid';
const STORE = 'Woo_Store.Main_Store';

/**
 * Deploys this project into the CLI's target org, and gives its user and that of the sync their rights. An org that has
 * stores already keeps its configuration.
 * @param syncUser user of the sync; the CLI's own when left out
 * @throws Error where the org's store main is another shop
 */
export async function setUp(
  sf: SfCli,
  shop: Shop,
  syncUser: string | undefined,
  stopped: AbortSignal,
): Promise<AdminSession> {
  const session = await AdminSession.open(sf);
  const username = syncUser ?? session.username;
  const upgrade = await isConfigured(session);
  const known = upgrade ? await addressOf(session) : NO_SHOP;
  if (![shop.url, SHIPPED, NO_SHOP].includes(known)) throw refusal(known, shop);
  const options = { show: 'all', stopped } as const;
  const { route } = shop;
  const storeUrl = route === 'direct' ? NO_SHOP : shop.url;
  const outbound = { endpoint: null, username };
  await deployMetadata(sf, { upgrade, storeUrl, route, outbound }, options);
  await assignRights(sf, username, upgrade ? [] : recipeRights(root), options);
  if (known !== shop.url && route === 'direct') await nameShop(session, shop.url);
  return session;
}

/** The store main as it ships, on the direct route to the shop. */
async function nameShop(session: AdminSession, url: string): Promise<void> {
  const { instanceUrl, accessToken } = session;
  const file = join(root, `config/org/main/store/customMetadata/${STORE}.md-meta.xml`);
  const xml = readFileSync(file, 'utf8')
    .replace(SHIPPED, url)
    .replace('named_credential', 'direct');
  const org = new Connection({ instanceUrl, accessToken, version: '66.0' });
  await deployPackage(org, [[`customMetadata/${STORE}.md`, xml]], { CustomMetadata: [STORE] });
}

async function addressOf(session: AdminSession): Promise<string> {
  const soql = "SELECT URL__c FROM Woo_Store__mdt WHERE Key__c = 'main'";
  const [found] = await rowsOf(session, soql, z.object({ URL__c: z.string() }));
  if (found !== undefined) return found.URL__c;
  throw new Error(
    'The org has stores, and none with the key main. Nothing was changed: choose another --alias.',
  );
}

const refusal = (known: string, { url, route }: Shop): Error =>
  new Error(
    `The store main of the org is ${known}, not ${url}. Nothing was changed. ${route === 'direct' ? 'Give its port with --store-port, or begin' : 'Begin'} with a new org: another --alias, or sf org delete scratch.`,
  );
