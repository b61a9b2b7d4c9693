/**
 * All orders of a store, read and thrown away: straight from the shop and through the org, by turns. Prints how
 * long each way took and how many API calls the one through the org was.
 */
import { connect } from '../../sidecar/src/app/open-sidecar.ts';
import { describeMapped } from '../../sidecar/src/diagnostics/describe-mapped.ts';
import { wooKeysFor } from '../../sidecar/src/config/load-config.ts';
import { compileMappings } from '../../sidecar/src/mapping/compile/compile.ts';
import { fieldsRead } from '../../sidecar/src/sync/read/fields-param.ts';
import type { WooStore } from '../../sidecar/src/ports/store.ts';
import { DirectStore } from '../../sidecar/src/woo/direct-store.ts';
import { GatewayStore } from '../../sidecar/src/woo/gateway/gateway-store.ts';
import { walk } from '../../sidecar/src/woo/pagination.ts';
import { given } from '../lib/programs/given.ts';
import { median } from '../lib/results/results.ts';

const rounds = Number(given('BENCH_ROUNDS'));

/** What `bench/orders/gateway.ts` reads. */
export interface Pulled {
  readonly orders: number;
  /** API calls of one pull through the org, and pages that it read. */
  readonly calls: number;
  readonly pages: number;
  /** Medians. */
  readonly directSeconds: number;
  readonly gatewaySeconds: number;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
}

const { config, org } = connect(process.env);
const source = await org.readMappings();
const { mappings } = compileMappings(source, await describeMapped(org, source));
const [row] = source.stores;
if (!row) throw new Error('The org has no store.');
const direct = new DirectStore(row, wooKeysFor(config, row.key));
const gateway = new GatewayStore(row, org);

interface Pull {
  readonly seconds: number;
  readonly orders: number;
  readonly pages: number;
  readonly calls: number;
}

async function pull(store: WooStore): Promise<Pull> {
  const [start, before] = [performance.now(), org.calls];
  let [orders, pages] = [0, 0];
  const list: WooStore['list'] = (...asked) => {
    pages += 1;
    return store.list(...asked);
  };
  for await (const { records } of walk(
    { list },
    'orders',
    { from: null },
    fieldsRead('orders', mappings),
  )) {
    orders += records.length;
  }
  const seconds = (performance.now() - start) / 1000;
  return { orders, pages, seconds, calls: org.calls - before };
}

// The first of each way is for the compilers.
const first = { direct: await pull(direct), gateway: await pull(gateway) };
if (first.direct.orders !== first.gateway.orders) {
  throw new Error(
    `${first.direct.orders} orders straight, ${first.gateway.orders} through the org`,
  );
}
const pulls = [];
for (let round = 0; round < rounds; round++) {
  pulls.push({ direct: await pull(direct), gateway: await pull(gateway) });
}
const pulled: Pulled = {
  orders: first.gateway.orders,
  calls: first.gateway.calls,
  pages: first.gateway.pages,
  directSeconds: median(pulls.map((one) => one.direct.seconds)),
  gatewaySeconds: median(pulls.map((one) => one.gateway.seconds)),
  ratio: median(pulls.map((one) => one.gateway.seconds / one.direct.seconds)),
};
console.log(JSON.stringify(pulled));
