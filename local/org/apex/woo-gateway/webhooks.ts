import { textOfBlob } from '../apex-rest.ts';
import { parseBody } from './body.ts';
import { encodeQuery } from './query.ts';
import { GatewayException } from './refusal.ts';
import type { ShopCall } from './shop-call.ts';
import { type GatewayStore, MAX_SECONDS, type ShopAnswer } from './store.ts';

/** As WooGatewayWebhooks.READ_SECONDS. */
const READ_SECONDS = 30;
const OUR_NAME = 'Salesforce sync (';

export function isWebhookWrite({ method, path }: ShopCall): boolean {
  return method !== 'GET' && path.startsWith('webhooks');
}

/** As WooGatewayWebhooks.send. */
export async function sendWebhook(
  store: GatewayStore,
  call: ShopCall,
  send: (call: ShopCall, seconds: number) => Promise<ShopAnswer>,
): Promise<ShopAnswer> {
  const ours = addressIn(store);
  if (call.body !== null && textIn(parseBody(call.body), 'delivery_url') !== ours) {
    throw refused('It would deliver to another address than that of the service.');
  }
  if (call.method === 'POST') return send(call, MAX_SECONDS);
  const there = await send(readOf(call), READ_SECONDS);
  if (there.headers['Woo-Status'] !== '200') return there;
  if (!isOurs(there, ours)) {
    throw refused('It is not one of the service, by its address or its name.');
  }
  return send(call, MAX_SECONDS - READ_SECONDS);
}

function addressIn({ key, serviceUrl }: GatewayStore): string {
  if (serviceUrl.trim() === '') throw refused('The store has no Service URL.');
  return `${serviceUrl.trim().replace(/\/$/, '')}/woo/webhooks/${key}`;
}

function readOf({ path }: ShopCall): ShopCall {
  const query = encodeQuery(path, new Map([['_fields', 'delivery_url,name']]));
  return { method: 'GET', path, query, body: null };
}

function isOurs({ body }: ShopAnswer, ours: string): boolean {
  const webhook = parseBody(textOfBlob(body));
  return textIn(webhook, 'delivery_url') === ours || textIn(webhook, 'name').startsWith(OUR_NAME);
}

function textIn(value: unknown, name: string): string {
  const found = (value as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof found === 'string' ? found : '';
}

function refused(reason: string): GatewayException {
  return new GatewayException(403, 'GATEWAY_WEBHOOK_REFUSED', reason);
}
