import type { Assumption } from '../../model/assumption.ts';
import { isJson, type Exchange } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

/** Nobody listens there. */
const NOWHERE = 'https://woo-sync.invalid/prove';

/** How the shop answers a webhook for a topic. The end of the run deletes it. */
async function make(probing: Probing, topic: string) {
  const shop = probing.direct();
  const webhook = { name: probing.name(), topic, status: 'paused', delivery_url: NOWHERE };
  const { status, body } = await shop.call('POST', 'webhooks', webhook);
  return { status, code: member(body, 'code'), topic: member(body, 'topic') };
}

const isFor = ({ side, method, path, asked }: Exchange, topic: RegExp): boolean =>
  side === 'shop' &&
  method === 'POST' &&
  path.endsWith('/webhooks') &&
  isJson(asked) &&
  topic.test(String(asked['topic']));

const refuse = (exchange: Exchange, topic: RegExp): void => {
  if (!isFor(exchange, topic)) return;
  exchange.status = 400;
  exchange.body = { code: 'woocommerce_rest_invalid_webhook_topic', message: 'no' };
};

export const WEBHOOKS: readonly Assumption[] = [
  {
    id: 'shop-coupon-topics',
    statement: 'Webhooks may have the topics `coupon.…`',
    places: ['local/store/webhooks/topics.ts'],
    calls: 0,
    probe: async (probing) => {
      const made = await make(probing, 'coupon.updated');
      return verdict(made.status === 201 && made.topic === 'coupon.updated', made);
    },
    deviation: {
      says: 'the topic is refused',
      change: (exchange) => {
        refuse(exchange, /^coupon\./);
      },
    },
  },
  {
    id: 'shop-action-topics',
    statement: 'Webhooks may have a topic `action.woocommerce_…`, after any action of WooCommerce',
    places: ['local/store/webhooks/topics.ts'],
    calls: 0,
    probe: async (probing) => {
      const made = await make(probing, 'action.woocommerce_order_status_completed');
      return verdict(made.status === 201, made);
    },
    deviation: {
      says: 'the topic is refused',
      change: (exchange) => {
        refuse(exchange, /^action\.woocommerce/);
      },
    },
  },
  {
    id: 'shop-foreign-action-topics',
    statement:
      'A topic after an action of WordPress itself (`action.save_post_product`) is refused with 400',
    places: ['local/store/webhooks/topics.ts'],
    calls: 0,
    probe: async (probing) => {
      const made = await make(probing, 'action.save_post_product');
      return verdict(made.status === 400, shown(made));
    },
    deviation: {
      says: 'it is taken',
      change: (exchange) => {
        if (!isFor(exchange, /save_post/)) return;
        exchange.status = 201;
        exchange.body = { id: 1, topic: 'action.save_post_product' };
      },
    },
  },
];
