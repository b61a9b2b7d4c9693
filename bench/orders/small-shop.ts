import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Pair, startPair } from '../../scripts/lib/demo/pair.ts';
import { deployProject } from '../../scripts/lib/install/deploy.ts';
import type { SfCli } from '../../scripts/lib/sf.ts';
import type { Setting } from '../lib/bench.ts';

const ORDERS = 20;

/** An org and a store of few orders in this process, the project deployed. */
export interface SmallShop {
  readonly pair: Pair;
  /** Signed in to the org. */
  readonly sf: SfCli;
  /** A folder for what is written. */
  readonly home: string;
}

export async function withSmallShop<T>(
  { folder, stopped }: Setting,
  use: (shop: SmallShop) => Promise<T>,
): Promise<T> {
  const pair = await startPair({ orders: ORDERS });
  try {
    const home = join(folder, 'small-shop');
    mkdirSync(home);
    const urls = { org: pair.orgUrl, store: pair.storeUrl };
    return await use({ pair, home, sf: await deployProject(pair.org, urls, home, { stopped }) });
  } finally {
    await pair.close();
  }
}
