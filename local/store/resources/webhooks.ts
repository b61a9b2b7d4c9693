import type { BodyFields } from '../rest/request/body.ts';
import type { BodySchema } from '../rest/request/body-schema.ts';
import { listParams, readParams } from '../rest/request/params.ts';
import { created, ok, ReplyError, wpError } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../rest/route.ts';
import type { Call, Handler, Route } from '../rest/route.ts';
import type { Ledger } from '../shop/ledger.ts';
import { RECORDED_ORIGIN } from '../core/recordings.ts';
import { isTopic } from '../webhooks/topics.ts';
import { webhookView } from '../webhooks/webhook.ts';
import type { Webhook, WebhookStatus } from '../webhooks/webhook.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { textOf } from '../core/values.ts';
import { batchHandlers, batchReply } from './batch.ts';
import { truthy } from './force.ts';
import { found, listPage } from './listing.ts';

const schema: BodySchema = {
  fields: {
    name: { type: 'string' },
    status: { type: 'string', enum: ['active', 'paused', 'disabled'] },
    topic: { type: 'string' },
    secret: { type: 'string' },
    delivery_url: { type: 'string' },
  },
  required: ['topic', 'delivery_url'],
};

/** Webhooks: list, read, create, change, delete and batch. */
export function webhookRoutes(ledger: Ledger, webhooks: Webhooks): Route[] {
  const view = (webhook: Webhook): object => webhookView(webhook, ledger.shop.zone);
  const actions = actionsOn(ledger, webhooks, view);
  const put: Handler = async (call) => ok(await actions.update(pathId(call.path), call.body));
  return [
    {
      pattern: '/wc/v3/webhooks',
      params: listParams('webhooks'),
      refusal: 'list',
      body: schema,
      handlers: {
        GET: (call) => list(call, ledger, webhooks, view),
        POST: async (call) => {
          const webhook = await actions.add(call.body);
          return created(view(webhook), `${RECORDED_ORIGIN}/wp-json/wc/v3/webhooks/${webhook.id}`);
        },
      },
    },
    {
      pattern: '/wc/v3/webhooks/batch',
      params: {},
      refusal: 'batch',
      handlers: batchHandlers((call) =>
        batchReply(call.body, {
          create: async (item) => view(await actions.add(item)),
          update: actions.update,
          delete: actions.remove,
          withoutId: () => invalidId(400),
        }),
      ),
    },
    {
      pattern: '/wc/v3/webhooks/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      body: schema,
      handlers: {
        GET: (call) => {
          const webhook = webhooks.all.get(pathId(call.path))?.read();
          return webhook === undefined ? invalidId(404) : recordReply(call, view(webhook));
        },
        POST: put,
        PUT: put,
        PATCH: put,
        DELETE: (call) => {
          if (!truthy(call.body['force'])) {
            const message = 'Webhooks do not support trashing.';
            return wpError(501, 'woocommerce_rest_trash_not_supported', message);
          }
          return ok(actions.remove(pathId(call.path)));
        },
      },
    },
  ];
}

interface Actions {
  add: (body: BodyFields) => Promise<Webhook>;
  update: (id: number, body: BodyFields) => Promise<object>;
  /** @returns the webhook as it was */
  remove: (id: number) => object;
}

function actionsOn(
  ledger: Ledger,
  webhooks: Webhooks,
  view: (webhook: Webhook) => object,
): Actions {
  return {
    add: (body) => {
      const topic = checkedTopic(body['topic'], 'is required and must be valid');
      const deliveryUrl = checkedUrl(body['delivery_url']);
      const name = textOf(body['name']) || defaultName(ledger);
      return webhooks.add({ topic, deliveryUrl, name, secret: textOf(body['secret']) });
    },
    update: async (id, body) => {
      const changed = await webhooks.change(id, changesIn(body));
      if (changed === undefined) {
        throw new ReplyError(invalidId(400));
      }
      return view(changed);
    },
    remove: (id) => {
      const webhook = webhooks.all.get(id)?.read();
      if (webhook === undefined) {
        throw new ReplyError(invalidId(404));
      }
      webhooks.remove(id);
      return view(webhook);
    },
  };
}

function changesIn(body: BodyFields): Partial<Webhook> {
  const { name, status, topic, secret, delivery_url } = body;
  const given = (value: unknown): boolean => (value ?? '') !== '';
  return {
    ...(given(name) ? { name: textOf(name) } : {}),
    ...(given(status) ? { status: textOf(status) as WebhookStatus } : {}),
    ...(given(topic) ? { topic: checkedTopic(topic, 'must be valid') } : {}),
    ...(given(secret) ? { secret: textOf(secret) } : {}),
    ...(given(delivery_url) ? { deliveryUrl: checkedUrl(delivery_url) } : {}),
  };
}

function checkedTopic(given: unknown, rule: string): string {
  const topic = textOf(given).toLowerCase();
  if (!isTopic(topic)) {
    const code = 'woocommerce_rest_shop_webhook_invalid_topic';
    throw new ReplyError(wpError(400, code, `Webhook topic ${rule}.`));
  }
  return topic;
}

/** Only the form counts: where it leads is looked at when something is sent there. */
function checkedUrl(given: unknown): string {
  const url = textOf(given);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    const message = 'Webhook delivery URL must be a valid URL starting with http:// or https://.';
    const code = 'woocommerce_rest_shop_webhook_invalid_delivery_url';
    throw new ReplyError(wpError(400, code, message));
  }
  return url;
}

function invalidId(status: number): Reply {
  return wpError(status, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
}

/** `Webhook created on Nov 24, 2026 @ 05:42 PM` */
function defaultName(ledger: Ledger): string {
  const at = new Date(ledger.shop.zone.wall(ledger.now()) * 1000);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    at.toLocaleString('en-US', { ...options, timeZone: 'UTC' });
  const date = part({ month: 'short', day: '2-digit', year: 'numeric' });
  return `Webhook created on ${date} @ ${part({ hour: '2-digit', minute: '2-digit' })}`;
}

function list(
  call: Call,
  ledger: Ledger,
  webhooks: Webhooks,
  view: (webhook: Webhook) => object,
): Reply {
  const status = call.params.text('status') ?? 'all';
  const search = call.params.text('search') ?? '';
  const byTitle = call.params.text('orderby') === 'title';
  return listReply(call, {
    specs: listParams('webhooks'),
    page: listPage(webhooks.all, call.params, {
      columns: 'utc',
      zone: ledger.shop.zone,
      matches: (entry) =>
        (status === 'all' || entry.status === status) &&
        (search === '' || found(search, [entry.read().name])),
      ...(byTitle ? { compare: compareNames } : {}),
    }),
    render: view,
  });
}

function compareNames(a: Webhook, b: Webhook): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
