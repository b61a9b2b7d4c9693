import { join } from 'node:path';

import { wholeNumber } from '../../local/shared/whole-number.ts';
import type { AdminSession } from '../lib/install/admin-session.ts';
import { shopAddress } from '../lib/install/install.ts';
import { readPort } from '../lib/program-settings.ts';
import { root, type SfCli } from '../lib/sf.ts';
import { loadSampleData, sampleShop } from './sample-data.ts';
import { setUp, type Shop } from './set-up.ts';

/** What is kept beside the org. */
export const FOLDER = join(root, '.local', 'scratch-org');

interface Place {
  readonly sf: SfCli;
  /** Of the sync; the CLI's own where undefined. */
  readonly syncUser: string | undefined;
  readonly signsIn: (session: AdminSession) => Readonly<Record<string, string>>;
}

/** As the command line gives them. */
interface FillOptions {
  readonly orders: string;
  readonly 'store-port': string;
  readonly 'without-data': boolean;
}

/** Sets the org up and fills it. @throws Error for any reason, also where it was stopped */
export async function fill(
  place: Place,
  options: FillOptions,
  stopped: AbortSignal,
): Promise<void> {
  const own = process.env['WOO_STORE_URL'] ?? '';
  const port = readPort('--store-port', options['store-port']);
  if (own !== '') {
    await deploy(place, { url: shopAddress(own), route: 'named_credential' }, stopped);
  } else if (options['without-data']) {
    await deploy(place, { url: addressOf(port), route: 'direct' }, stopped);
  } else {
    await withSampleShop(place, { port, orders: options.orders }, stopped);
  }
  stopped.throwIfAborted();
}

function addressOf(port: number): string {
  if (port !== 0) return `http://127.0.0.1:${port}`;
  throw new Error(
    '--store-port 0 takes a free port, and with --without-data no shop takes any: give the port where yours will listen.',
  );
}

function deploy({ sf, syncUser }: Place, shop: Shop, stopped: AbortSignal): Promise<AdminSession> {
  console.log('Deploying force-app and config/org …');
  return setUp(sf, shop, syncUser, stopped);
}

/** The shop listens first: a free port is known then, and one that is taken is refused before anything is written. */
async function withSampleShop(
  place: Place,
  { port, orders: wanted }: { readonly port: number; readonly orders: string },
  stopped: AbortSignal,
): Promise<void> {
  const orders = wholeNumber('--orders', wanted, 100_000);
  const store = sampleShop(orders);
  const url = await store.listen(port);
  try {
    const session = await deploy(place, { url, route: 'direct' }, stopped);
    console.log('Loading the data of the made-up shop …');
    const state = { DATA_DIR: join(FOLDER, new URL(session.instanceUrl).host.replace(':', '-')) };
    const env = { ...place.signsIn(session), ...state };
    console.log(await loadSampleData(store, session, env, stopped));
    console.log(
      `The shop is gone when this ends. The same one again: npm run store -- --tls-proxy --orders ${orders} --port ${new URL(url).port}`,
    );
  } finally {
    await store.close();
  }
}
