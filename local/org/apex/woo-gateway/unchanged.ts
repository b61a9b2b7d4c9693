import type { ApexContext } from '../apex-rest.ts';
import { listOf, objectOf, requireOnly } from './body-parts.ts';
import { checkFields, parseBody } from './body.ts';
import type { GatewayLimits } from './limits.ts';
import type { OrderRules } from './orders.ts';
import { isAllowed } from './paths.ts';
import { encodeQuery } from './query.ts';
import { badBody, refusedPath } from './refusal.ts';
import type { ShopCall } from './shop-call.ts';
import { MAX_SECONDS, sendTo, type ShopAnswer, tooLarge } from './store.ts';

type Fields = Readonly<Record<string, unknown>>;

/** As WooGatewayUnchanged.PREFIX. */
export const UNCHANGED = 'unchanged/';

const META = 'meta_data.';
const MAX_RECORDS = 100;

export interface UnchangedCall {
  readonly look: ShopCall;
  readonly change: ShopCall;
  readonly updates: readonly Fields[];
  readonly seen: ReadonlyMap<string, Fields>;
}

/** As the constructor of WooGatewayUnchanged. */
export function parseUnchanged(
  path: string,
  body: string,
  metaKeys: ReadonlySet<string>,
  orders: OrderRules,
): UnchangedCall {
  if (!path.endsWith('/batch') || path.startsWith('customers'))
    throw refusedPath('Only records of a batch are compared.');
  if (!isAllowed('POST', path))
    throw refusedPath('POST of this path is not on the list of the gateway.');
  const whole = objectOf(parseBody(body));
  requireOnly(whole, ['seen', 'update']);
  const { seen: given, ...fields } = whole;
  const seen = new Map(
    listOf(given).map((item) => {
      const { id, values } = objectOf(item);
      return [String(id), objectOf(values)] as const;
    }),
  );
  checkFields(path, fields, metaKeys, orders);
  const updates = listOf(fields['update']).map(objectOf);
  if (seen.size === 0 || seen.size > MAX_RECORDS)
    throw badBody(`A call compares from one to ${MAX_RECORDS} records; this one has ${seen.size}.`);
  const tops = [...seen.values()].flatMap((values) => Object.keys(values).map(top));
  const params = new Map([
    ['_fields', [...new Set(['id', ...tops])].sort().join(',')],
    ['include', [...seen.keys()].join(',')],
    ['per_page', String(MAX_RECORDS)],
  ]);
  const list = path.slice(0, -'/batch'.length);
  const look = { method: 'GET', path: list, query: encodeQuery(list, params), body: null };
  return { look, change: { method: 'POST', path, query: '', body: null }, updates, seen };
}

function top(path: string): string {
  return path.split('.')[0] ?? path;
}

/** As WooGatewayUnchanged.send. */
export async function sendUnchanged(
  context: ApexContext,
  credential: string,
  { look, change, updates, seen }: UnchangedCall,
  limits: GatewayLimits,
): Promise<ShopAnswer> {
  const started = context.now();
  const before = await sendTo(context, credential, look, MAX_SECONDS, limits);
  if (before.headers['Woo-Status'] === '200' && before.body.length > limits.answer / 2)
    throw tooLarge();
  const records = before.headers['Woo-Status'] === '200' ? recordsIn(before.body) : null;
  if (records === null) return before;
  const changed = records
    .filter((record) => {
      const values = seen.get(String(record['id']));
      return values !== undefined && !holds(record, values);
    })
    .map(({ id }) => String(id));
  const update = updates.filter(({ id }) => !changed.includes(String(id)));
  const seconds = Math.floor((context.now() - started) / 1000);
  const answer =
    update.length === 0
      ? { ...before, body: Buffer.from('{"update":[]}') }
      : await sendTo(
          context,
          credential,
          { ...change, body: JSON.stringify({ update }) },
          MAX_SECONDS - seconds,
          limits,
        );
  if (changed.length === 0) return answer;
  return { ...answer, headers: { ...answer.headers, 'Woo-Changed': changed.sort().join(',') } };
}

function recordsIn(body: Buffer): readonly Fields[] | null {
  try {
    const records: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(records) ? records.filter(isFields) : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

function holds(record: Fields, values: Fields): boolean {
  return Object.entries(values).every(
    ([path, value]) => String(value) === String(valueAt(record, path)),
  );
}

function valueAt(record: Fields, path: string): unknown {
  if (path.startsWith(META)) return metaOf(record, path.slice(META.length));
  let value: unknown = record;
  for (const name of path.split('.')) value = isFields(value) ? value[name] : null;
  return value ?? null;
}

function metaOf({ meta_data: metas }: Fields, key: string): unknown {
  const found = Array.isArray(metas)
    ? metas.filter(isFields).find((meta) => meta['key'] === key)
    : undefined;
  return found?.['value'] ?? null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
