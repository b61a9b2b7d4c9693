/** `npm run scratch-org`: an org for trying things out, set up and with sample data; made anew where there is none. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { createHost } from '../../local/lightning/host.ts';
import { createOrg } from '../../local/org/org.ts';
import { reportFailure } from '../../local/shared/failure.ts';
import { stopSignal } from '../../local/shared/stop-signal.ts';
import { wholeNumber } from '../../local/shared/whole-number.ts';
import type { AdminSession } from '../lib/install/admin-session.ts';
import { sidecarEnv, signIn } from '../lib/install/deploy.ts';
import { shopAddress } from '../lib/install/install.ts';
import { openInBrowser } from '../lib/machine/browser.ts';
import { readPort } from '../lib/program-settings.ts';
import { loadSampleData, sampleShop } from './sample-data.ts';
import { provideScratchOrg } from './scratch-org.ts';
import { setUp, type Shop } from './set-up.ts';
import { root, SfCli } from '../lib/sf.ts';
import { serviceSignIn } from '../test-org/org-under-test.ts';

/** Its page in Lightning Experience. */
const APP = 'lightning/app/c__WooCommerce';

const usage = `Makes a scratch org, deploys this project into it, loads the data of a made-up shop on this machine, and opens the
app. Can be run again at any time: what is there already is used again, and only what differs is written.

  npm run scratch-org [-- options]

  --alias NAME       by which the Salesforce CLI knows it (default scratch)
  --dev-hub NAME     alias or user name of the Dev Hub (default: the CLI's own)
  --days N           how long it lasts (default 7)
  --local            a local org instead, with no account; it is kept in .local/scratch-org, and runs until Ctrl-C
  --orders N         orders of the made-up shop (default 100)
  --without-data     sets up alone
  --no-open          opens nothing
  --store-port N     where the made-up shop listens (default 8095)
  --org-port N, --lightning-port N
                     where the local org and its pages listen (default 8090, 8096)
  --exit             with --local: stops when all is loaded

  WOO_STORE_URL      address of a shop of yours, that the org reaches through its named credential; no sample data
                     is loaded then. Its keys are put into the org by npm run setup-org -- --skip-deploy
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      alias: { type: 'string', default: 'scratch' },
      'dev-hub': { type: 'string' },
      days: { type: 'string', default: '7' },
      local: { type: 'boolean', default: false },
      orders: { type: 'string', default: '100' },
      'without-data': { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      'store-port': { type: 'string', default: '8095' },
      'org-port': { type: 'string', default: '8090' },
      'lightning-port': { type: 'string', default: '8096' },
      exit: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

type Options = ReturnType<typeof readOptions>;

/** What is kept beside the org. */
const FOLDER = join(root, '.local', 'scratch-org');

interface Place {
  readonly sf: SfCli;
  /** Of the sync; the CLI's own where undefined. */
  readonly syncUser: string | undefined;
  readonly signsIn: (session: AdminSession) => Readonly<Record<string, string>>;
}

/** Sets the org up and fills it. */
async function fill({ sf, syncUser, signsIn }: Place, options: Options): Promise<void> {
  const stopped = stopSignal();
  const own = process.env['WOO_STORE_URL'] ?? '';
  const port = readPort('--store-port', options['store-port']);
  const shop: Shop =
    own === ''
      ? { url: `http://127.0.0.1:${port}`, route: 'direct' }
      : { url: shopAddress(own), route: 'named_credential' };
  console.log('Deploying force-app and config/org …');
  const session = await setUp(sf, shop, syncUser, stopped);
  if (own !== '' || options['without-data']) return;
  const orders = wholeNumber('--orders', options.orders, 100_000);
  const store = sampleShop(orders);
  await store.listen(port);
  try {
    console.log('Loading the data of the made-up shop …');
    const state = { DATA_DIR: join(FOLDER, new URL(session.instanceUrl).host.replace(':', '-')) };
    console.log(await loadSampleData(store, session, { ...signsIn(session), ...state }, stopped));
    console.log(
      `The shop is gone when this ends. The same one again: npm run store -- --tls-proxy --orders ${orders} --port ${port}`,
    );
  } finally {
    await store.close();
  }
}

async function real(options: Options): Promise<void> {
  const { alias } = options;
  const sf = SfCli.ofUser(alias);
  const days = wholeNumber('--days', options.days, 30);
  console.log(await provideScratchOrg(sf, { alias, days, devHub: options['dev-hub'] }));
  await fill({ sf, syncUser: undefined, signsIn: (one) => serviceSignIn({}, one) }, options);
  if (options['no-open']) return;
  await sf.must(['org', 'open', '--path', APP], { show: 'all' });
}

async function local(options: Options): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const org = createOrg({ file: join(FOLDER, 'local.sqlite') });
  try {
    const url = await org.listen(readPort('--org-port', options['org-port']));
    const sf = await signIn(org, url, join(FOLDER, 'home'));
    console.log(`Local org: ${url}`);
    const signsIn = () => sidecarEnv(org, null, url, '');
    await fill({ sf, syncUser: org.integrationUsername, signsIn }, options);
    if (options.exit) return;
    const host = createHost({ org: url, token: org.adminToken, report: console.log });
    const pages = await host.listen(readPort('--lightning-port', options['lightning-port']));
    console.log(`The app: ${pages}/lightning/page/home (stop with Ctrl+C)`);
    if (!options['no-open']) openInBrowser(`${pages}/lightning/page/home`);
    const stopped = stopSignal();
    if (!stopped.aborted) await once(stopped, 'abort');
    await host.close();
  } finally {
    await org.close();
  }
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) console.log(usage);
  else if (options.local) await local(options);
  else await real(options);
}

main().catch(reportFailure);
