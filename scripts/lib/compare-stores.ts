import type { Store } from '../../local/store/store.ts';
import type { BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import { compare, type Comparison } from './demo/compare.ts';
import { expectedOf } from './demo/expected.ts';
import { readOrgSide } from './demo/org-side.ts';
import type { Pair } from './demo/pair.ts';
import { SECOND_STORE, secondStoreWishes } from './demo/second-store.ts';

/**
 * Sets each store, as it is now, beside what the org holds of it now.
 * @param results of the load: which mappings there are, and what failed
 */
export async function compareStores(
  { org, orgUrl, store }: Pair,
  second: Store | undefined,
  results: readonly BackfillResult[],
): Promise<Comparison> {
  const first = expectedOf(store.shop);
  const expected = new Map([['main', first]]);
  if (second) expected.set(SECOND_STORE.key, expectedOf(second.shop, secondStoreWishes(first)));
  const texts: string[] = [];
  let agrees = results.length === expected.size;
  for (const { store: key, mappings } of results) {
    const wanted = expected.get(key);
    if (!wanted) return { text: `Store ${key} is none of the demo's.`, agrees: false };
    const objects = mappings.map(({ object }) => object);
    const side = await readOrgSide(orgUrl, org.adminToken, objects, key);
    const one = compare(wanted, mappings, side);
    texts.push(`Store ${key}:\n${one.text}`);
    agrees &&= one.agrees;
  }
  return { text: texts.join('\n\n'), agrees };
}
