import type { ApexContext } from '../apex-rest.ts';
import type { GatewayLimits } from './limits.ts';
import type { ShopCall } from './shop-call.ts';
import { type ShopAnswer, tooLarge } from './store.ts';

const DEFAULT_META_KEY = '_salesforce_id';

/** As WooGatewayBody.metaKeys. */
export function metaKeysOf({ rows }: Pick<ApexContext, 'rows'>): ReadonlySet<string> {
  const active = rows('Woo_Mapping__mdt').filter((row) => row['Active__c'] === true);
  const named = active.map((row) => row['Woo_Meta_Key__c']);
  return new Set([
    DEFAULT_META_KEY,
    ...named.flatMap((key) => (typeof key === 'string' && key.trim() !== '' ? key.trim() : [])),
  ]);
}

export function isCustomersBatch({ path }: ShopCall): boolean {
  return path === 'customers/batch';
}

/** As WooGatewayCustomers.cut. */
export function cutCustomers(
  { headers, body }: ShopAnswer,
  metaKeys: ReadonlySet<string>,
  limits: GatewayLimits,
): ShopAnswer {
  if (headers['Woo-Status'] !== '200') return { headers, body };
  if (body.length > limits.answer / 2) throw tooLarge();
  const update = itemsIn(body.toString('utf8')).map((item) => cutItem(item, metaKeys));
  return { headers, body: Buffer.from(JSON.stringify({ update })) };
}

type Fields = Readonly<Record<string, unknown>>;

function itemsIn(text: string): readonly Fields[] {
  try {
    return objectsIn((JSON.parse(text) as Fields | null)?.['update']);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

function cutItem({ id, error, meta_data: metas }: Fields, metaKeys: ReadonlySet<string>): Fields {
  const ours = objectsIn(metas)
    .map((meta) => textsOf(meta, ['key', 'value']))
    .filter(({ key }) => metaKeys.has(String(key)));
  return {
    id: Number.isInteger(id) ? id : null,
    ...(isObject(error) && { error: textsOf(error, ['code']) }),
    ...(Array.isArray(metas) && { meta_data: ours }),
  };
}

function textsOf(fields: Fields, names: readonly string[]): Fields {
  const texts = names.filter((name) => typeof fields[name] === 'string');
  return Object.fromEntries(texts.map((name) => [name, fields[name]]));
}

/** Those before the first that is none. */
function objectsIn(list: unknown): readonly Fields[] {
  if (!Array.isArray(list)) return [];
  const end = list.findIndex((one) => !isObject(one));
  return (end < 0 ? list : list.slice(0, end)) as readonly Fields[];
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
