import type { Probing } from '../../model/probing.ts';
import { CannotTell, type Verdict } from '../../model/verdict.ts';
import { list, type DirectShop, type ShopSide } from '../../sides/shop-side.ts';

/** Asks by each route that is open. What differs by one route differs. @throws CannotTell where neither is open */
export async function byBothRoutes(
  probing: Probing,
  ask: (shop: ShopSide) => Promise<Verdict>,
): Promise<Verdict> {
  const closed: string[] = [];
  let found: Verdict | null = null;
  for (const open of [() => probing.gateway, () => probing.direct()]) {
    try {
      const shop = open();
      const verdict = await ask(shop);
      if (verdict.kind === 'differs')
        return { kind: 'differs', came: `by the ${shop.route} route: ${verdict.came}` };
      found ??= verdict;
    } catch (error) {
      if (!(error instanceof CannotTell)) throw error;
      closed.push(error.message);
    }
  }
  if (found) return found;
  throw new CannotTell(closed.join(' '));
}

/** A draft of a product in the shop. @throws CannotTell */
export async function shopProduct(
  shop: DirectShop,
  name: string,
  fields: object = {},
): Promise<Record<string, unknown>> {
  const { status, body } = await shop.call('POST', 'products', {
    name,
    status: 'draft',
    type: 'simple',
    ...fields,
  });
  if (status === 201) return body as Record<string, unknown>;
  throw new CannotTell(`A product could not be made in the shop: ${status}.`);
}

/** One record of a list of the shop. @throws CannotTell where it has none */
export async function oneOf(shop: ShopSide, path: string): Promise<Record<string, unknown>> {
  const [row] = await list(shop, path);
  if (row) return row;
  throw new CannotTell(`The shop has no ${path.split('?')[0] ?? ''}.`);
}
