import type { Webhook, WebhookState } from '../../ports/store.ts';

/** What the webhooks of a shop should be. */
export interface WebhooksWanted {
  readonly topics: readonly string[];
  readonly deliveryUrl: string;
  /** Tells which secret a webhook was made with. */
  readonly fingerprint: string;
  /** Of the secret before that, while it is still accepted; null for none. */
  readonly oldFingerprint: string | null;
}

/** One call that sets something right. */
export type WebhookStep =
  | { readonly action: 'create'; readonly topic: string }
  | { readonly action: 'update' | 'delete'; readonly topic: string; readonly id: number };

export interface WebhookPlan {
  readonly steps: readonly WebhookStep[];
  /** How the wanted topics stand before the steps, in their order. */
  readonly standings: readonly WebhookState[];
  /** The shop may have had events that did not reach us. */
  readonly mayHaveMissed: boolean;
}

export function webhookName(fingerprint: string): string {
  return `Salesforce sync (${fingerprint})`;
}

/**
 * What is to be done so that each wanted topic has one webhook that works. Ours are those that deliver to us or
 * carry one of our names; others are none of our business.
 */
export function planWebhooks(there: readonly Webhook[], wanted: WebhooksWanted): WebhookPlan {
  const byTopic = Map.groupBy(
    there.filter((webhook) => isOurs(webhook, wanted)),
    ({ topic }) => topic,
  );
  const plans = wanted.topics.map((topic) => planTopic(topic, byTopic.get(topic) ?? [], wanted));
  const needless = [...byTopic]
    .filter(([topic]) => !wanted.topics.includes(topic))
    .flatMap(([, webhooks]) => webhooks.filter(({ status }) => status !== 'paused'));
  return {
    steps: [...plans.flatMap(({ steps }) => steps), ...needless.map(deletion)],
    standings: plans.flatMap(({ standings }) => standings),
    mayHaveMissed: plans.some(({ mayHaveMissed }) => mayHaveMissed),
  };
}

function isOurs({ name, deliveryUrl }: Webhook, wanted: WebhooksWanted): boolean {
  const prints = [wanted.fingerprint, wanted.oldFingerprint];
  return (
    deliveryUrl === wanted.deliveryUrl ||
    prints.some((print) => print !== null && name === webhookName(print))
  );
}

/**
 * Paused is what a person wanted. A disabled one is not set active again, for WooCommerce would not forget its
 * failures: the next one would disable it at once.
 */
function planTopic(
  topic: string,
  webhooks: readonly Webhook[],
  wanted: WebhooksWanted,
): WebhookPlan {
  const active = webhooks.filter(({ status }) => status === 'active');
  const disabled = webhooks.filter(({ status }) => status === 'disabled').map(deletion);
  const kept = active.find((webhook) => isRight(webhook, wanted)) ?? active[0];
  if (kept) {
    const doubles = active.filter((webhook) => webhook !== kept).map(deletion);
    const { id } = kept;
    return {
      steps: isRight(kept, wanted)
        ? [...doubles, ...disabled]
        : [{ action: 'update', topic, id }, ...doubles, ...disabled],
      standings: [{ topic, status: 'active' }],
      mayHaveMissed: !hasReachedUs(kept, wanted),
    };
  }
  if (webhooks.some(({ status }) => status === 'paused')) {
    const standings: WebhookState[] = [{ topic, status: 'paused' }];
    return { steps: disabled, standings, mayHaveMissed: false };
  }
  const status = disabled.length > 0 ? 'disabled' : 'missing';
  const steps: WebhookStep[] = [{ action: 'create', topic }, ...disabled];
  return { steps, standings: [{ topic, status }], mayHaveMissed: true };
}

function deletion({ id, topic }: Webhook): WebhookStep {
  return { action: 'delete', topic, id };
}

function isRight({ name, deliveryUrl }: Webhook, wanted: WebhooksWanted): boolean {
  return deliveryUrl === wanted.deliveryUrl && name === webhookName(wanted.fingerprint);
}

/** Whether its deliveries came to our address, with a signature that we accept. */
function hasReachedUs(webhook: Webhook, wanted: WebhooksWanted): boolean {
  const { fingerprint, oldFingerprint } = wanted;
  const accepted = oldFingerprint === null ? [fingerprint] : [fingerprint, oldFingerprint];
  return (
    webhook.deliveryUrl === wanted.deliveryUrl && accepted.map(webhookName).includes(webhook.name)
  );
}
