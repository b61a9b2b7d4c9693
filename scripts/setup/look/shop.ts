import { z } from 'zod';

import { networkFault } from '../../../sidecar/src/lib/network-fault.ts';
import type { StoreKeys } from '../../lib/install/store-keys.ts';
import { basic, callShop, type ShopAnswer } from '../../lib/shop/direct-call.ts';
import type { Looked } from './looked.ts';
import { readProblem, writeProblem } from './shop-key.ts';
import { type Asked, isAnswer, siteProblem } from './shop-site.ts';

/** The first WooCommerce with all that is asked of it. */
const OLDEST = 8;
const ROUTE = '/wp-json/wc/v3';

/** Asks a shop, at its address. */
export type AskShop = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Asked>;

/** Without a key at `/wp-json/`, with it below WooCommerce's own route. */
export function shopAt(url: string, { consumerKey, consumerSecret }: StoreKeys): AskShop {
  const key = { authorization: basic(consumerKey, consumerSecret) };
  return async (method, path, body) => {
    try {
      return await callShop(url, {
        method,
        path,
        body,
        headers: path.startsWith(ROUTE) ? key : {},
      });
    } catch (error) {
      return { reason: networkFault(error).reason };
    }
  };
}

/** Looks whether the shop is as the sync needs it. Writes nothing: the batch that tries the key is empty. */
export async function lookAtShop(url: string, ask: AskShop): Promise<Looked> {
  const site = siteProblem(url, await ask('GET', '/wp-json/'));
  if (site !== null) return { missing: [site], notes: [] };
  const [orders, batch, status] = await Promise.all([
    ask('GET', `${ROUTE}/orders?per_page=1&_fields=id`),
    ask('POST', `${ROUTE}/products/batch`, {}),
    ask('GET', `${ROUTE}/system_status?_fields=environment`),
  ]);
  const lost = [orders, batch].find((one) => !isAnswer(one));
  if (!isAnswer(orders) || !isAnswer(batch))
    return { missing: [siteProblem(url, lost ?? orders) ?? ''], notes: [] };
  const read = readProblem(url, orders);
  // Whoever may not read has one problem, not two.
  const missing = [read, read === null ? writeProblem(url, batch) : null].filter(
    (sentence) => sentence !== null,
  );
  const version = isAnswer(status) ? versionOf(url, status) : UNKNOWN;
  return { missing: [...missing, ...version.missing], notes: version.notes };
}

const environment = z.object({
  environment: z.object({ version: z.string(), wp_cron: z.boolean().optional() }),
});
const UNKNOWN: Looked = { missing: [], notes: [] };

/** What the state of the system says; who may not see it is not stopped by that. */
function versionOf(url: string, { status, body }: ShopAnswer): Looked {
  const found = environment.safeParse(body).data?.environment;
  if (status !== 200 || found === undefined) return UNKNOWN;
  const { version, wp_cron: byVisits = false } = found;
  const { host } = new URL(url);
  return {
    missing:
      Number.parseInt(version, 10) >= OLDEST
        ? []
        : [`${host} runs WooCommerce ${version}: update it to ${OLDEST} or later.`],
    notes: byVisits
      ? [
          `${host} does its jobs, webhooks among them, when somebody visits it (WP-Cron). For changes within seconds give it a real cron: docs/operate.md.`,
        ]
      : [],
  };
}
