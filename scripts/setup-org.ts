/** `npm run setup-org`: everything in an org up to the first sync, and what is left for its admin to do. */
import { parseArgs } from 'node:util';

import { reportFailure } from '../local/shared/failure.ts';
import { addressNote } from './lib/install/address-note.ts';
import { AdminSession } from './lib/install/admin-session.ts';
import { announcedDeploy } from './lib/install/upgrade/announced-deploy.ts';
import { ask, demand } from './lib/install/ask.ts';
import {
  assignGrant,
  assignRights,
  isConfigured,
  mustBeUser,
  SHOP_ADDRESS,
  shopAddress,
} from './lib/install/install.ts';
import { askEndpoint, askUsername, ENDPOINT, USERNAME } from './lib/install/outbound.ts';
import {
  contentCredential,
  givenContentPassword,
  setContentPassword,
  verifyContent,
} from './lib/install/content-password.ts';
import { FLOWS_NOTE, isProduction } from './lib/install/production.ts';
import { tellService } from './lib/install/reload.ts';
import { recipeRights } from './lib/install/recipes.ts';
import { root, SfCli } from './lib/sf.ts';
import {
  CONSUMER_KEY,
  CONSUMER_SECRET,
  setStoreKeys,
  storeKeys,
  verifyGateway,
} from './lib/install/store-keys.ts';
import { mustBeInstalled, mustHaveNoNamespace } from './lib/install/package-checks.ts';

const usage = `Sets an org up: deploys, assigns the permission sets, puts the keys of the shop into the org's
external credential, and tries the way to the shop. Asks for what is missing, or takes it from the environment.
Can be run again at any time: the keys are replaced, and an org that has stores already keeps its configuration.

  npm run setup-org [-- options]

  --target-org NAME   alias or user name of the CLI's sign-in (default: the CLI's own)
  --skip-deploy       deploys nothing
  --packaged          a package brought force-app: deploys what comes after it
  --store KEY         key of the store (default main)
  --credential NAME   external credential that takes the keys (default Woo_Store)
  --permission-set NAME
                      grants the principal of that credential, where it is not Woo_Store; assigned as well

  WOO_STORE_URL       address of the shop, such as https://shop.example.com; for the first time only
  WOO_SYNC_USERNAME   user name of the integration user
  PUBLIC_URL, SIDECAR_SECRET
                      as the sidecar has them: the org's outbound messages go there
  WOO_SYNC_ENDPOINT   the whole address for them instead, a secret; set to nothing where the sidecar has no
                      public address
  WOO_CONSUMER_KEY    key of WooCommerce's REST API, ck_…
  WOO_CONSUMER_SECRET its secret, cs_…; neither is shown or kept anywhere but in the org
  WOO_APP_USER, WOO_APP_PASSWORD
                      never asked for: a WordPress user and an application password of it, where posts, users or
                      other content of WordPress are mapped (docs/content.md)
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      'skip-deploy': { type: 'boolean', default: false },
      packaged: { type: 'boolean', default: false },
      store: { type: 'string', default: 'main' },
      credential: { type: 'string', default: 'Woo_Store' },
      'permission-set': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function askAll(deploys: boolean, upgrade: boolean) {
  const isFirst = deploys && !upgrade;
  const asksEndpoint = deploys && (process.env['PUBLIC_URL'] ?? '') === '';
  demand([
    ...(isFirst ? [SHOP_ADDRESS] : []),
    USERNAME,
    ...(asksEndpoint ? [ENDPOINT] : []),
    CONSUMER_KEY,
    CONSUMER_SECRET,
  ]);
  const address = isFirst ? shopAddress(await ask(SHOP_ADDRESS)) : undefined;
  const username = await askUsername();
  const endpoint = deploys ? await askEndpoint() : null;
  const consumerKey = await ask(CONSUMER_KEY);
  const consumerSecret = await ask(CONSUMER_SECRET);
  return { address, username, endpoint, keys: storeKeys(consumerKey, consumerSecret) };
}

/** @param username of who runs this */
function toldNote(username: string): string {
  return `Nobody is told yet when a person is needed. Make a Woo Recipient for it (Setup › Custom Metadata Types), such as one with
the user name ${username}: docs/told.md.`;
}

const ACCOUNTS_NOTE = `Each customer and guest of the shop becomes a contact with an account of its own. To have Person Accounts,
contacts alone or one account for all instead, see docs/recipes.md before the first backfill.`;

function whatIsLeft({ instanceUrl }: AdminSession, username: string, production: boolean): string {
  const flows = production ? `\n3. ${FLOWS_NOTE.replaceAll('\n', '\n   ')}\n` : '';
  return `
What is left for you, in Setup of ${instanceUrl}:

1. External Client App Manager › New: scope "Manage user data via APIs (api)", flow "Client Credentials" with
   ${username} as the user it runs as. Then read its consumer key and secret.
2. Start the sidecar where it is to run:

     export SF_LOGIN_URL=${instanceUrl} SF_CLIENT_ID=… SF_CLIENT_SECRET=…
     npx --no -- woo-salesforce check
     npx --no -- woo-salesforce backfill --dry-run
     npx --no -- woo-salesforce backfill
${flows}`;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  const sf = SfCli.ofUser(options['target-org']);
  const session = await AdminSession.open(sf);
  console.log(`Org: ${session.instanceUrl}, as ${session.username}`);
  await mustHaveNoNamespace(session);
  const { packaged } = options;
  if (packaged) await mustBeInstalled(session);
  const deploys = !options['skip-deploy'];
  const production = await isProduction(session);
  const upgrade = deploys && (await isConfigured(session));
  const password = givenContentPassword();
  const { address: storeUrl, username, endpoint, keys } = await askAll(deploys, upgrade);
  await mustBeUser(session, username);
  const address = upgrade
    ? await addressNote(session, options.store, process.env['WOO_STORE_URL'])
    : null;
  if (address !== null) console.log(address);
  if (deploys) {
    const outbound = { endpoint, username };
    const metadata = {
      upgrade,
      packaged,
      storeUrl,
      outbound,
      production,
      route: 'named_credential',
    } as const;
    await announcedDeploy(sf, session, metadata);
  }
  console.log('Assigning permission sets …');
  const isFirst = deploys && !upgrade;
  const recipes = isFirst ? recipeRights(root) : [];
  await assignRights(sf, username, recipes, { show: 'all' });
  const grant = options['permission-set'];
  if (grant !== undefined) await assignGrant(sf, grant, username, { show: 'all' });
  // By now the admin has the right to give commands.
  const told = deploys ? await tellService(session) : null;
  if (told !== null) console.log(told);
  console.log(`Putting the keys of the shop into the external credential ${options.credential} …`);
  await setStoreKeys(session, options.credential, keys);
  const currency = await verifyGateway(session, options.store);
  console.log(`The shop answers through the org; its currency is ${currency}.`);
  if (password !== null) {
    const credential = contentCredential(options.credential);
    console.log(`Putting the application password into the external credential ${credential} …`);
    await assignGrant(sf, credential, username, { show: 'all' });
    await setContentPassword(session, credential, password);
    const note = await verifyContent(session, options.store);
    console.log(note ?? 'WordPress shows its content through the org.');
  }
  if (isFirst) console.log(`\n${ACCOUNTS_NOTE}\n\n${toldNote(session.username)}`);
  console.log(whatIsLeft(session, username, production));
}

main().catch(reportFailure);
