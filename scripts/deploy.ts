/** `npm run deploy`: deploys this project into an org that the Salesforce CLI is signed in to. */
import { parseArgs } from 'node:util';

import { reportFailure } from '../local/shared/failure.ts';
import { AdminSession } from './lib/install/admin-session.ts';
import { announcedDeploy } from './lib/install/upgrade/announced-deploy.ts';
import { ask } from './lib/install/ask.ts';
import { SHOP_ADDRESS, shopAddress } from './lib/install/install.ts';
import { askEndpoint, askSyncUser } from './lib/install/outbound.ts';
import { FLOWS_NOTE, isProduction } from './lib/install/production.ts';
import { tellService } from './lib/install/reload.ts';
import { SfCli } from './lib/sf.ts';
import { mustBeInstalled, mustHaveNoNamespace } from './lib/install/package-checks.ts';

const usage = `Deploys this project into an org. Asks for what is missing, or takes it from the environment.

  npm run deploy [-- options]

  --target-org NAME  alias or user name of the CLI's sign-in (default: the CLI's own)
  --upgrade          force-app and the outbound messages alone: your stores, mappings and credentials stay as they
                     are. Without it they become those of config/org, whatever was changed in Setup
  --packaged         a package brought force-app: deploys what comes after it
  --direct           the sidecar is to call the shop itself, with keys of its own
  --dry-run          checks everything and changes nothing

  WOO_STORE_URL      address of the shop, such as https://shop.example.com (not for an upgrade)
  WOO_SYNC_USERNAME  user name of the integration user, as whom outbound messages are sent; not needed where
                     one user alone has Woo_Integration
  PUBLIC_URL, SIDECAR_SECRET
                     as the sidecar has them: the org's outbound messages go there
  WOO_SYNC_ENDPOINT  the whole address for them instead, a secret; set to nothing where the sidecar has no
                     public address
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      upgrade: { type: 'boolean', default: false },
      packaged: { type: 'boolean', default: false },
      direct: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const sf = SfCli.ofUser(values['target-org']);
  const session = await AdminSession.open(sf);
  console.log(`Org: ${session.instanceUrl}, as ${session.username}`);
  const { upgrade, packaged } = values;
  await mustHaveNoNamespace(session);
  if (packaged) await mustBeInstalled(session);
  const storeUrl = upgrade ? undefined : shopAddress(await ask(SHOP_ADDRESS));
  const outbound = { username: await askSyncUser(session), endpoint: await askEndpoint() };
  const production = await isProduction(session);
  await announcedDeploy(sf, session, {
    upgrade,
    packaged,
    storeUrl,
    route: values.direct ? 'direct' : 'named_credential',
    outbound,
    dryRun: values['dry-run'],
    production,
  });
  if (values['dry-run']) return;
  const told = await tellService(session);
  if (told !== null) console.log(told);
  if (!upgrade) console.log('\nDeployed. Next: npm run setup-org -- --skip-deploy');
  if (production) console.log(`\n${FLOWS_NOTE}`);
}

main().catch(reportFailure);
