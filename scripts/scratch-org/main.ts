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
import { reportEnd } from '../lib/report-end.ts';
import { openInBrowser } from '../lib/machine/browser.ts';
import { readPort } from '../lib/program-settings.ts';
import { refuseTakenPorts } from '../lib/taken-ports.ts';
import { fill, FOLDER } from './fill.ts';
import { provideScratchOrg } from './scratch-org.ts';
import { SfCli } from '../lib/sf.ts';
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
      alias: { type: 'string' },
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

async function real(options: Options, stopped: AbortSignal): Promise<void> {
  const { alias = 'scratch' } = options;
  const sf = SfCli.ofUser(alias);
  const cli = { run: (args: readonly string[]) => sf.run(args, { stopped }) };
  const days = wholeNumber('--days', options.days, 30);
  console.log(await provideScratchOrg(cli, { alias, days, devHub: options['dev-hub'] }));
  const signsIn = (session: AdminSession) => serviceSignIn({}, session);
  await fill({ sf, syncUser: undefined, signsIn }, options, stopped);
  if (options['no-open']) return;
  await sf.must(['org', 'open', '--path', APP], { show: 'all' });
}

async function local(options: Options, stopped: AbortSignal): Promise<void> {
  if (options.alias !== undefined)
    throw new Error('--alias is of a scratch org, and the local one has none: leave it out.');
  mkdirSync(FOLDER, { recursive: true });
  const org = createOrg({ file: join(FOLDER, 'local.sqlite') });
  try {
    const url = await org.listen(readPort('--org-port', options['org-port']));
    const sf = await signIn(org, url, join(FOLDER, 'home'));
    console.log(`Local org: ${url}`);
    const signsIn = () => sidecarEnv(org, null, url, '');
    await fill({ sf, syncUser: org.integrationUsername, signsIn }, options, stopped);
    if (options.exit) return;
    const host = createHost({ org: url, token: org.adminToken, report: console.log });
    const pages = await host.listen(readPort('--lightning-port', options['lightning-port']));
    console.log(`The app: ${pages}/lightning/page/home (stop with Ctrl+C)`);
    if (!options['no-open']) openInBrowser(`${pages}/lightning/page/home`);
    if (!stopped.aborted) await once(stopped, 'abort');
    await host.close();
  } finally {
    await org.close();
  }
}

/** Ports that will be listened at, by option. */
function portsOf(options: Options): Readonly<Record<string, number>> {
  const isSampled = !options['without-data'] && (process.env['WOO_STORE_URL'] ?? '') === '';
  return {
    ...(isSampled ? { '--store-port': readPort('--store-port', options['store-port']) } : {}),
    ...(options.local
      ? {
          '--org-port': readPort('--org-port', options['org-port']),
          '--lightning-port': readPort('--lightning-port', options['lightning-port']),
        }
      : {}),
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  const stopped = stopSignal();
  try {
    await refuseTakenPorts(portsOf(options));
    await (options.local ? local(options, stopped) : real(options, stopped));
  } catch (error) {
    reportEnd(error, stopped);
  }
}

main().catch(reportFailure);
