import { needsPerson, sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import type {
  Webhook,
  WebhookFields,
  WebhookProblem,
  WebhookState,
  WooWebhooks,
} from '../../ports/store.ts';
import { planWebhooks, webhookName, type WebhookStep } from './webhook-plan.ts';

/** What a store's webhooks are signed with. */
export interface WebhookSecret {
  readonly current: WebhookFields['secret'];
  /** Differs when `current` does, and does not tell it stands in the names of webhooks. */
  readonly fingerprint: string;
  /** Of the secret before, while that is still accepted; null for none. */
  readonly oldFingerprint: string | null;
}

export interface WebhooksOptions {
  readonly store: WooWebhooks;
  /** Those that the mappings need, such as `order.updated`. */
  readonly topics: readonly string[];
  readonly deliveryUrl: string;
  readonly secret: WebhookSecret;
}

/** A call that the shop did not do. The next check tries again. */
export interface WebhookFailure {
  readonly topic: string;
  readonly action: WebhookStep['action'] | 'read';
  readonly error: CodedError;
}

export interface WebhooksKept {
  /** The topics that are needed, as they stand now. */
  readonly webhooks: readonly WebhookState[];
  /** What was done, such as `create order.updated`. */
  readonly done: readonly string[];
  readonly failures: readonly WebhookFailure[];
  /** Events may have been lost, or are being lost: sweep now. */
  readonly mayHaveMissed: boolean;
}

/**
 * Sees that the shop has one working webhook for each topic: made where it is missing, made anew where
 * WooCommerce has disabled it, changed where its secret or address is not the present one; doubles and topics
 * that are not needed any more go. What a person has paused stays. One read of the shop where all is right.
 * A call that fails stops none of the others, but for a gateway that takes no webhooks. One whose outcome is unknown may have made a webhook that the
 * next check finds, as a double perhaps.
 * @throws CodedError where the shop does not answer
 */
export async function reconcileWebhooks(options: WebhooksOptions): Promise<WebhooksKept> {
  const { store, topics, deliveryUrl, secret } = options;
  const { fingerprint, oldFingerprint } = secret;
  const wanted = { topics, deliveryUrl, fingerprint, oldFingerprint };
  const there = await listOrRefusal(store);
  // Without them changes are found by sweeps, so that it is said and all else goes on.
  if (there instanceof CodedError) {
    const failures = [{ topic: 'all', action: 'read', error: there }] as const;
    return { webhooks: [], done: [], failures, mayHaveMissed: false };
  }
  const plan = planWebhooks(there, wanted);
  const done: string[] = [];
  const failures: WebhookFailure[] = [];
  const made = new Set<string>();
  for (const step of plan.steps) {
    const { action, topic } = step;
    try {
      await take(options, step);
      done.push(`${action} ${topic}`);
      if (action === 'create') made.add(topic);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      failures.push({ topic, action, error });
      // The gateway takes none of them, and each attempt is an API call.
      if (error.code === 'WOO_GATEWAY_REFUSED') break;
    }
  }
  const webhooks = plan.standings.map((one): WebhookState =>
    made.has(one.topic) ? { ...one, status: 'active' } : one,
  );
  return { webhooks, done, failures, mayHaveMissed: plan.mayHaveMissed };
}

/** The webhooks of the shop; why it refuses to list them. */
async function listOrRefusal(store: WooWebhooks): Promise<readonly Webhook[] | CodedError> {
  try {
    return await store.webhooks();
  } catch (error) {
    if (error instanceof CodedError && sideOf(error) === null) return error;
    throw error;
  }
}

/** The first failure that does not pass by itself. */
export function problemIn(failures: readonly WebhookFailure[]): WebhookProblem | null {
  const lasting = failures.find(({ error }) => needsPerson(error.code));
  if (lasting === undefined) return null;
  const { code, message, cure } = lasting.error;
  return { code, message, cure };
}

async function take(
  { store, deliveryUrl, secret }: WebhooksOptions,
  step: WebhookStep,
): Promise<void> {
  if (step.action === 'delete') {
    await store.deleteWebhook(step.id);
    return;
  }
  const name = webhookName(secret.fingerprint);
  const fields = { name, topic: step.topic, deliveryUrl, secret: secret.current };
  if (step.action === 'create') await store.createWebhook(fields);
  else await store.updateWebhook(step.id, fields);
}
