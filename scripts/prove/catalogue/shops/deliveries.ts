import { createHmac } from 'node:crypto';

import { jsonOf } from '../../../lib/install/admin-session.ts';
import type { Assumption } from '../../model/assumption.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import type { Delivery } from '../../sides/receiver.ts';
import { shopProduct } from './routes.ts';

const TOPIC = 'product.updated';
const SIGNATURE = 'x-wc-webhook-signature';
const HEADERS = ['topic', 'resource', 'event', 'id', 'delivery-id', 'source'];
/** A shop sends when its own queue runs: with WP-Cron that is once a minute. */
const SECONDS = 150;
const PLACES = [
  'sidecar/src/http/webhooks/webhook-signature.ts',
  'sidecar/src/http/webhooks/webhook-receiver.ts',
  'local/store/webhooks',
];

/** A webhook of the shop, and the product that it tells of. @throws CannotTell where nothing can be received */
async function listen(probing: Probing) {
  const shop = probing.direct();
  const receiver = await probing.receiver();
  const secret = probing.name();
  const delivery_url = `${receiver.url}/${probing.name()}`;
  const webhook = { name: probing.name(), topic: TOPIC, secret, delivery_url };
  const { status, body } = await shop.call('POST', 'webhooks', webhook);
  if (status !== 201) throw new CannotTell(`The webhook could not be made: ${status}.`);
  return { shop, secret, id: String(member(body, 'id')) };
}

/** The delivery of a change that is made now. */
async function deliver(probing: Probing): Promise<Delivery & { readonly secret: string }> {
  const { shop, secret, id } = await listen(probing);
  const product = await shopProduct(shop, probing.name());
  await shop.call('PUT', `products/${String(product['id'])}`, { description: 'changed' });
  const isOurs = ({ headers, body }: Delivery): boolean =>
    headers['x-wc-webhook-id'] === id && member(jsonOf(body.toString()), 'id') === product['id'];
  return { ...(await probing.delivery(isOurs)), secret };
}

const isChange = ({ side, headers }: Exchange): boolean =>
  side === 'delivery' && SIGNATURE in headers;

export const DELIVERIES: readonly Assumption[] = [
  {
    id: 'webhook-signature',
    statement:
      'A webhook is signed with HMAC-SHA256 of the bytes of its body in base64, and passes proxies, CDN and bot filter of the shop unchanged',
    places: PLACES,
    calls: 0,
    seconds: SECONDS,
    probe: async (probing) => {
      const { headers, body, secret } = await deliver(probing);
      const wanted = createHmac('sha256', secret).update(body).digest('base64');
      return verdict(headers[SIGNATURE] === wanted, 'another signature than that of the body');
    },
    deviation: {
      says: 'a proxy writes the body anew',
      change: (exchange) => {
        if (isChange(exchange)) exchange.body = `${String(exchange.body)}\n`;
      },
    },
  },
  {
    id: 'webhook-headers',
    statement: `A webhook names itself by the headers \`x-wc-webhook-…\`: ${HEADERS.join(', ')}`,
    places: PLACES,
    calls: 0,
    seconds: SECONDS,
    probe: async (probing) => {
      const { headers } = await deliver(probing);
      const missing = HEADERS.filter((name) => headers[`x-wc-webhook-${name}`] === undefined);
      const topic = headers['x-wc-webhook-topic'];
      const isSo = missing.length === 0 && topic === TOPIC;
      return verdict(isSo, missing.length === 0 ? topic : `without ${missing.join(', ')}`);
    },
    deviation: {
      says: 'a proxy drops one of them',
      change: (exchange) => {
        if (isChange(exchange)) delete exchange.headers['x-wc-webhook-delivery-id'];
      },
    },
  },
  {
    id: 'webhook-ping',
    statement: 'A new webhook pings its address with the form `webhook_id=…`, unsigned',
    places: PLACES,
    calls: 0,
    seconds: SECONDS,
    probe: async (probing) => {
      const { id } = await listen(probing);
      const isPing = ({ body }: Delivery): boolean => body.toString().includes(`webhook_id=${id}`);
      const { headers } = await probing.delivery(isPing);
      return verdict(!(SIGNATURE in headers), 'a signed ping');
    },
    deviation: {
      says: 'the ping is signed',
      change: ({ side, headers, body }) => {
        if (side === 'delivery' && String(body).includes('webhook_id=')) headers[SIGNATURE] = 'x';
      },
    },
  },
];
