import type { Webhook, WebhookFields } from '../ports/store.ts';
import { isGone, readPage, readRecord } from './response.ts';
import type { StoreRequests } from './store-requests.ts';
import { toWebhook, webhookBody, webhookPage } from './webhook-format.ts';

/**
 * All webhooks of the shop, whoever made them.
 * @throws CodedError when the store cannot answer, or answers something that is not a list
 */
export async function readWebhooks(requests: StoreRequests): Promise<readonly Webhook[]> {
  const asked = { ...requests.asked('webhooks'), writing: false };
  const found: Webhook[] = [];
  for (let page = 1; ; page += 1) {
    const { records, pages } = await requests.retried(async () =>
      readPage(asked, await requests.get('webhooks', webhookPage(page))),
    );
    found.push(...records.map((record) => toWebhook(asked, record)));
    if (page >= pages || records.length === 0) return found;
  }
}

/**
 * Makes a webhook, active at once. Tried once: a second attempt would make a second one where only the answer
 * to the first was lost. The shop calls the delivery address before it answers.
 * @throws CodedError when the store cannot answer, or does not take it
 */
export async function createWebhook(
  { asked, once, post }: StoreRequests,
  webhook: WebhookFields,
): Promise<Webhook> {
  const about = asked('webhooks');
  return once(async () =>
    toWebhook(about, readRecord(about, await post('webhooks', webhookBody(webhook), true))),
  );
}

/** Changes a webhook; its status stays. Tried once. @throws as `createWebhook` */
export async function updateWebhook(
  { asked, once, put }: StoreRequests,
  id: number,
  webhook: WebhookFields,
): Promise<Webhook> {
  const about = asked('webhooks');
  return once(async () =>
    toWebhook(about, readRecord(about, await put(`webhooks/${id}`, webhookBody(webhook)))),
  );
}

/** Removes a webhook, be it there or not. Tried once. @throws as `createWebhook` */
export async function deleteWebhook(requests: StoreRequests, id: number): Promise<void> {
  const asked = requests.asked('webhooks');
  await requests.once(async () => {
    const answer = await requests.delete(`webhooks/${id}`);
    if (!isGone(answer)) readRecord(asked, answer);
  });
}
