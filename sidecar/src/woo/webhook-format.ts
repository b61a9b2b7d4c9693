import { z } from 'zod';
import type { WooRecord } from '../mapping/model/record.ts';
import type { Webhook, WebhookFields } from '../ports/store.ts';
import { unexpected } from './response.ts';
import type { Asked, WooParams } from './types.ts';

/** Webhooks that one page holds. */
const PAGE = 100;

const shape = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  topic: z.string(),
  status: z.enum(['active', 'paused', 'disabled']),
  delivery_url: z.string(),
});

/** The list parameters of a page, from 1. */
export function webhookPage(page: number): WooParams {
  return {
    per_page: `${PAGE}`,
    page: `${page}`,
    orderby: 'id',
    order: 'asc',
    _fields: Object.keys(shape.shape).join(','),
  };
}

/** @throws CodedError `WOO_UNEXPECTED_ANSWER` for what is no webhook */
export function toWebhook(asked: Asked, record: WooRecord): Webhook {
  const parsed = shape.safeParse(record).data;
  if (parsed === undefined) throw unexpected(asked, 'something that is not a webhook');
  const { delivery_url: deliveryUrl, ...rest } = parsed;
  return { ...rest, deliveryUrl };
}

/** JSON of a webhook that is made or changed, its secret included. */
export function webhookBody({ name, topic, deliveryUrl, secret }: WebhookFields): string {
  return JSON.stringify({ name, topic, delivery_url: deliveryUrl, secret: secret.reveal() });
}
