import { listOf, objectOf, requireKeys, requireOnly } from './body-parts.ts';
import type { OrderRules } from './orders.ts';
import { badBody, GatewayException } from './refusal.ts';

const META_ONLY = ['id', 'meta_data'];
const WEBHOOK = ['name', 'topic', 'delivery_url', 'secret', 'status'];

/** As WooGatewayBody.TOPIC. */
const TOPIC =
  /^(?:(?:order|product|customer|coupon)[.](?:created|updated|deleted|restored)|action[.]woocommerce_sync_content)$/;

/** As WooGatewayBody.check: what was checked is what is sent. */
export function checkBody(
  path: string,
  body: string,
  metaKeys: ReadonlySet<string>,
  orders: OrderRules,
): string {
  const fields = objectOf(parseBody(body));
  checkFields(path, fields, metaKeys, orders);
  return JSON.stringify(fields);
}

/** As WooGatewayBody.check of what was parsed. */
export function checkFields(
  path: string,
  fields: Readonly<Record<string, unknown>>,
  metaKeys: ReadonlySet<string>,
  orders: OrderRules,
): void {
  if (path === 'customers/batch') {
    requireOnly(fields, ['update']);
    for (const item of listOf(fields['update'])) {
      requireOnly(objectOf(item), META_ONLY);
      requireKeys(objectOf(item)['meta_data'], metaKeys);
    }
  } else if (path === 'orders/batch') {
    requireOnly(fields, ['create', 'update']);
    if ('create' in fields)
      for (const item of listOf(fields['create'])) orders.checkNew(objectOf(item));
    if ('update' in fields || !('create' in fields))
      for (const item of listOf(fields['update'])) orders.checkChange(objectOf(item));
  } else if (path.endsWith('/notes')) {
    orders.checkNote(fields);
  } else if (path.endsWith('/batch')) {
    requireOnly(fields, ['create', 'update']);
  } else if (path.startsWith('webhooks')) {
    requireOnly(fields, WEBHOOK);
    if ('topic' in fields) requireTopic(fields['topic']);
  }
}

export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badBody('The body is not JSON.');
  }
}

function requireTopic(topic: unknown): void {
  if (TOPIC.test(typeof topic === 'string' ? topic : '')) return;
  throw new GatewayException(
    403,
    'GATEWAY_FIELD_REFUSED',
    'A webhook may be of what is synced only.',
  );
}
