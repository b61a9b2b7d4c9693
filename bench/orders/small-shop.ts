import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from '../../scripts/lib/install/deploy.ts';
import type { SfCli } from '../../scripts/lib/sf.ts';
import type { Bench } from '../lib/bench.ts';
import type { Pair } from '../lib/programs/pair.ts';

const ORDERS = 20;

/** An org and a store of few orders. */
export interface SmallShop {
  readonly pair: Pair;
  /** Signed in to the org. */
  readonly sf: SfCli;
  /** A folder for what is written. */
  readonly home: string;
}

export function withSmallShop<T>(bench: Bench, use: (shop: SmallShop) => Promise<T>): Promise<T> {
  return bench.withPair(ORDERS, async (pair) => {
    const home = join(bench.setting.folder, 'small-shop');
    mkdirSync(home);
    return use({ pair, home, sf: await signIn(pair.org, pair.org.url, home) });
  });
}
