import type { Entry } from '../core/collection.ts';
import { RECORDED_ORIGIN } from '../core/recordings.ts';
import type { SiteZone } from '../core/zone.ts';
import { hooksOf, splitTopic } from './topics.ts';

export type WebhookStatus = 'active' | 'paused' | 'disabled';

/** A webhook as the shop keeps it. Times are UTC seconds. */
export interface Webhook {
  id: number;
  name: string;
  status: WebhookStatus;
  topic: string;
  deliveryUrl: string;
  secret: string;
  created: number;
  /** undefined until it was saved a second time */
  modified: number | undefined;
  /** failed deliveries in a row */
  failures: number;
  /** whether the ping was not yet answered with 200 */
  pingPending: boolean;
}

/** A webhook as the API shows it: never its secret. */
export function webhookView(webhook: Webhook, zone: SiteZone): object {
  const { id, name, status, topic, deliveryUrl, created, modified } = webhook;
  const changed = modified === undefined ? undefined : zone.pair(modified);
  const api = `${RECORDED_ORIGIN}/wp-json/wc/v3/webhooks`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return {
    id,
    name,
    status,
    topic,
    ...splitTopic(topic),
    hooks: hooksOf(topic),
    delivery_url: deliveryUrl,
    date_created: zone.pair(created).site,
    date_created_gmt: zone.pair(created).gmt,
    date_modified: changed?.site ?? null,
    date_modified_gmt: changed?.gmt ?? null,
    _links: {
      self: [{ href: `${api}/${id}`, targetHints: { allow } }],
      collection: [{ href: api }],
    },
  };
}

/** What the list of webhooks needs to know. */
export function webhookEntry(webhook: Webhook): Entry<Webhook> {
  return {
    id: webhook.id,
    created: webhook.created,
    modified: webhook.modified ?? webhook.created,
    status: webhook.status,
    owner: 0,
    read: () => webhook,
  };
}
