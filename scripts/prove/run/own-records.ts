import { isJson, type Json } from '../model/exchange.ts';
import { queryPath, recordsOf } from '../sides/answers.ts';
import { type OrgSide } from '../sides/org-side.ts';
import type { DirectShop } from '../sides/shop-side.ts';

/** All that a run makes has a name or a key that begins so. */
export const PREFIX = 'woo-prove-';

/** Longer than any run lasts. */
export const OLD_MS = 60 * 60_000;
/** Records of one call. */
const AT_ONCE = 200;
/** Calls for looking at the start and at the end, and for deleting. */
export const CLEANING_CALLS = 12;

/** Where records of a run can be, by the fields that have its mark; what is in them goes with them. */
const PLACES: readonly (readonly [object: string, ...fields: readonly string[]])[] = [
  ['Woo_Order__c', 'Woo_Key__c'],
  ['Contact', 'Woo_Key__c'],
  ['Account', 'Woo_Key__c'],
  // By its name: what a running service has brought of the run's products in the shop.
  ['Product2', 'Woo_Key__c', 'Name'],
  ['ContentDocument', 'Title'],
];

/** @throws CannotTell where the org has no such objects, or does not show them */
async function find(org: OrgSide, condition: (field: string) => string): Promise<string[]> {
  const answers = await org.subanswers(
    PLACES.map(([object, ...fields]) => ({
      method: 'GET',
      url: queryPath(`SELECT Id FROM ${object} WHERE ${fields.map(condition).join(' OR ')}`),
    })),
  );
  return answers.flatMap((answer) =>
    recordsOf({ status: answer?.httpStatusCode ?? 0, body: answer?.body }).map((one) =>
      String(one['Id']),
    ),
  );
}

async function deleteAll(org: OrgSide, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) await org.delete(ids.slice(at, at + AT_ONCE));
}

/** Deletes what a run that was killed has left; no other run can be so old. */
export async function deleteLeftovers(org: OrgSide): Promise<void> {
  const before = new Date(Date.now() - OLD_MS).toISOString();
  const ids = await find(
    org,
    (field) => `(${field} LIKE '${PREFIX}%' AND CreatedDate < ${before})`,
  );
  await deleteAll(org, ids);
}

/** Deletes the records of a run in the org. */
export async function deleteOwn(org: OrgSide, mark: string): Promise<void> {
  await deleteAll(org, await find(org, (field) => `${field} LIKE '${mark}%'`));
}

/** Where products and webhooks of a run can be in the shop. */
const SHOP_PLACES = ['products?status=any&', 'products?status=trash&', 'webhooks?'];
const LIBRARY = '/wp-json/wp/v2/media';

/** Deletes the products, webhooks and images of a run in the shop. @param media opens the media library; null where nothing does */
export async function deleteOwnInShop(
  shop: DirectShop,
  mark: string,
  media: string | null,
): Promise<void> {
  for (const path of SHOP_PLACES) {
    const { body } = await shop.call('GET', `${path}per_page=100&search=${mark}`);
    for (const one of recordsOfShop(body)) {
      if (!String(one['name']).startsWith(mark)) continue;
      await shop.call('DELETE', `${path.split('?')[0] ?? ''}/${String(one['id'])}?force=true`);
    }
  }
  if (media === null) return;
  const headers = { authorization: media };
  const path = `${LIBRARY}?per_page=100&search=${mark}&_fields=id,slug`;
  const { body } = await shop.open('GET', path, undefined, headers);
  for (const { id, slug } of recordsOfShop(body)) {
    if (!String(slug).startsWith(mark)) continue;
    await shop.open('DELETE', `${LIBRARY}/${String(id)}?force=true`, undefined, headers);
  }
}

const recordsOfShop = (body: unknown): readonly Json[] =>
  Array.isArray(body) ? body.filter(isJson) : [];
