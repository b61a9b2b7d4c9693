import { badBody, GatewayException } from './refusal.ts';

const META_ONLY = ['id', 'meta_data'];
const META = ['key', 'value'];
const WEBHOOK = ['name', 'topic', 'delivery_url', 'secret', 'status'];

/** As WooGatewayBody.TOPIC. */
const TOPIC =
  /^(?:(?:order|product|customer|coupon)[.](?:created|updated|deleted|restored)|action[.]woocommerce_sync_content)$/;

/** As WooGatewayBody.check: what was checked is what is sent. */
export function checkBody(path: string, body: string, metaKeys: ReadonlySet<string>): string {
  const fields = objectOf(parseBody(body));
  if (path === 'orders/batch' || path === 'customers/batch') {
    requireOnly(fields, ['update']);
    for (const item of listOf(fields['update'])) {
      requireOnly(objectOf(item), META_ONLY);
      requireOurs(objectOf(item)['meta_data'], metaKeys);
    }
  } else if (path.endsWith('/batch')) {
    requireOnly(fields, ['create', 'update']);
  } else if (path.startsWith('webhooks')) {
    requireOnly(fields, WEBHOOK);
    if ('topic' in fields) requireTopic(fields['topic']);
  }
  return JSON.stringify(fields);
}

export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badBody('The body is not JSON.');
  }
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badBody('The body lacks a list.');
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw badBody('The body holds something that should be an object.');
}

/** As WooGatewayBody.requireOurs. */
function requireOurs(metas: unknown, metaKeys: ReadonlySet<string>): void {
  for (const meta of listOf(metas)) {
    const fields = objectOf(meta);
    requireOnly(fields, META);
    if (metaKeys.has(String(fields['key']))) continue;
    throw new GatewayException(
      403,
      'GATEWAY_FIELD_REFUSED',
      'The body holds a custom field that no active mapping names as its Woo Meta Key.',
    );
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

function requireOnly(fields: Readonly<Record<string, unknown>>, allowed: readonly string[]): void {
  if (Object.keys(fields).every((name) => allowed.includes(name))) return;
  throw new GatewayException(
    403,
    'GATEWAY_FIELD_REFUSED',
    `The body holds a field that this call may not change; allowed: ${allowed.join(', ')}.`,
  );
}
