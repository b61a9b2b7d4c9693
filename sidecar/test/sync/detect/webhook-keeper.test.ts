import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { Webhook, WebhookFields, WooWebhooks } from '../../../src/ports/store.ts';
import { reconcileWebhooks, problemIn } from '../../../src/sync/detect/webhook-keeper.ts';
import { failureOf } from '../../support/scripted-server.ts';

const topics = ['order.created', 'order.updated', 'product.updated'];
const deliveryUrl = 'https://sync.example/woo/webhooks/main';
const foreign: Webhook = {
  id: 1,
  name: 'Accounting',
  topic: 'order.updated',
  status: 'active',
  deliveryUrl: 'https://books.example/hook',
};

/** A shop that keeps webhooks and their secrets. */
class HookShop implements WooWebhooks {
  readonly hooks = new Map<number, Webhook & { readonly secret: string }>();
  readonly calls: string[] = [];
  /** Of what fails. */
  code: ErrorCode = 'WOO_UNREACHABLE';
  /** Fails a call, after it was done where `done` says so. */
  fail: (call: string) => 'before' | 'after' | null = () => null;
  #nextId = 10;

  add(over: Partial<Webhook>, secret = 'unknown'): number {
    const id = over.id ?? this.#nextId++;
    const name = 'Salesforce sync (new)';
    const webhook = { id, name, topic: 'order.updated', status: 'active' as const, deliveryUrl };
    this.hooks.set(id, { ...webhook, ...over, secret });
    return id;
  }

  webhooks(): Promise<readonly Webhook[]> {
    return this.#do('list', () => [...this.hooks.values()]);
  }

  createWebhook({ name, topic, deliveryUrl: url, secret }: WebhookFields): Promise<Webhook> {
    return this.#do(`create ${topic}`, () => {
      const id = this.add({ name, topic, deliveryUrl: url }, secret.reveal());
      return this.#one(id);
    });
  }

  updateWebhook(id: number, { name, topic, deliveryUrl: url, secret }: WebhookFields) {
    return this.#do(`update ${id}`, () => {
      const changed = { name, topic, deliveryUrl: url, secret: secret.reveal() };
      this.hooks.set(id, { ...this.#one(id), ...changed });
      return this.#one(id);
    });
  }

  deleteWebhook(id: number): Promise<void> {
    return this.#do(`delete ${id}`, () => {
      this.hooks.delete(id);
    });
  }

  #one(id: number): Webhook & { readonly secret: string } {
    const webhook = this.hooks.get(id);
    if (webhook === undefined) throw new Error(`There is no webhook ${id}.`);
    return webhook;
  }

  async #do<T>(call: string, act: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    const failure = new CodedError(this.code, 'no', 'wait');
    const when = this.fail(call);
    if (when === 'before') throw failure;
    const result = act();
    if (when === 'after') throw failure;
    return result;
  }

  /** What delivers to us and can be verified, by topic. */
  get working(): string[] {
    return [...this.hooks.values()]
      .filter((one) => one.status === 'active' && one.secret === 'new secret')
      .filter((one) => one.deliveryUrl === deliveryUrl)
      .map(({ topic }) => topic)
      .sort();
  }
}

let shop = new HookShop();
beforeEach(() => {
  shop = new HookShop();
});

function keep(over: { readonly topics?: readonly string[]; readonly old?: string | null } = {}) {
  const { old = null } = over;
  const secret = { current: new Secret('new secret'), fingerprint: 'new', oldFingerprint: old };
  return reconcileWebhooks({ store: shop, topics: over.topics ?? topics, deliveryUrl, secret });
}

function allRight(): void {
  for (const topic of topics) shop.add({ topic }, 'new secret');
}

describe('the webhooks of a shop', () => {
  it('are made where they are missing, and other ones are left alone', async () => {
    shop.add(foreign);
    const kept = await keep();
    expect(kept).toEqual({
      webhooks: topics.map((topic) => ({ topic, status: 'active' })),
      done: topics.map((topic) => `create ${topic}`),
      failures: [],
      mayHaveMissed: true,
    });
    expect(shop.working).toEqual(topics);
    expect(shop.hooks.get(1)).toMatchObject(foreign);
    expect([...shop.hooks.values()].map(({ name }) => name)).toContain('Salesforce sync (new)');
  });

  it('are one read where all is right', async () => {
    allRight();
    const kept = await keep();
    expect(shop.calls).toEqual(['list']);
    expect(kept).toMatchObject({ done: [], failures: [], mayHaveMissed: false });
    expect(kept.webhooks.every(({ status }) => status === 'active')).toBe(true);
  });

  it('fault 18: one that WooCommerce disabled is noticed, made anew, and the gap is reported', async () => {
    allRight();
    const broken = [...shop.hooks.values()].find(({ topic }) => topic === 'order.updated');
    shop.add({ ...broken, status: 'disabled' }, 'new secret');
    const kept = await keep();
    expect(kept.mayHaveMissed).toBe(true);
    expect(kept.webhooks.every(({ status }) => status === 'active')).toBe(true);
    expect(shop.hooks.has(broken?.id ?? 0)).toBe(false);
    expect(shop.working).toEqual(topics);
    expect(await keep()).toMatchObject({ done: [], mayHaveMissed: false });
  });

  it('that a person paused stay as they are, and are said to be paused', async () => {
    allRight();
    const paused = [...shop.hooks.values()].find(({ topic }) => topic === 'product.updated');
    const id = shop.add({ ...paused, status: 'paused', name: 'Salesforce sync (old)' });
    shop.add({ topic: 'coupon.updated', status: 'paused' });
    const kept = await keep();
    expect(shop.calls).toEqual(['list']);
    expect(kept.webhooks).toContainEqual({ topic: 'product.updated', status: 'paused' });
    expect(kept.mayHaveMissed).toBe(false);
    expect(shop.hooks.get(id)?.status).toBe('paused');
  });

  it('get the new secret while the old one is accepted, and nothing was missed', async () => {
    for (const topic of topics) shop.add({ topic, name: 'Salesforce sync (old)' }, 'old secret');
    const kept = await keep({ old: 'old' });
    expect(kept.done).toEqual(topics.map((topic) => `update ${topic}`));
    expect(kept.mayHaveMissed).toBe(false);
    expect(shop.working).toEqual(topics);
    expect(await keep({ old: 'old' })).toMatchObject({ done: [] });
  });

  it('with a secret that nobody knows were of no use so far', async () => {
    for (const topic of topics) shop.add({ topic, name: 'Salesforce sync (older)' }, 'older');
    expect(await keep()).toMatchObject({ mayHaveMissed: true });
    expect(shop.working).toEqual(topics);
  });

  it('are not tried one by one where the gateway takes none, and a person is told why', async () => {
    shop.fail = (call) => (call.startsWith('create') ? 'before' : null);
    shop.code = 'WOO_GATEWAY_REFUSED';
    const kept = await keep();
    expect(shop.calls).toEqual(['list', 'create order.created']);
    expect(kept.mayHaveMissed).toBe(true);
    expect(kept.webhooks.map(({ status }) => status)).toEqual(['missing', 'missing', 'missing']);
    expect(problemIn(kept.failures)).toEqual({
      code: 'WOO_GATEWAY_REFUSED',
      message: 'no',
      cure: 'wait',
    });
  });

  it('that may not be listed stop nothing, and a person is told why', async () => {
    shop.fail = (call) => (call === 'list' ? 'before' : null);
    shop.code = 'WOO_REQUEST_REFUSED';
    const kept = await keep();
    expect(kept).toMatchObject({ webhooks: [], done: [], mayHaveMissed: false });
    expect(problemIn(kept.failures)?.code).toBe('WOO_REQUEST_REFUSED');
    shop.code = 'WOO_UNREACHABLE';
    await expect(keep()).rejects.toMatchObject({ code: 'WOO_UNREACHABLE' });
  });

  it('need no person where the shop is out', async () => {
    shop.fail = (call) => (call === 'list' ? null : 'before');
    const { failures } = await keep();
    expect(failures).toHaveLength(topics.length);
    expect(problemIn(failures)).toBeNull();
  });

  it('follow when our address has changed', async () => {
    const gone = 'https://old.example/woo/webhooks/main';
    for (const topic of topics) shop.add({ topic, deliveryUrl: gone }, 'new secret');
    shop.add({ topic: 'order.deleted', deliveryUrl: gone, name: 'Salesforce sync (other)' });
    const kept = await keep();
    expect(kept).toMatchObject({ mayHaveMissed: true, failures: [] });
    expect(shop.working).toEqual(topics);
    expect(shop.hooks.size).toBe(topics.length + 1);
  });

  it('are one for each topic: doubles and those not needed go, the one that is right stays', async () => {
    const wrong = shop.add({ topic: 'order.created', name: 'mine' });
    allRight();
    const needless = shop.add({ topic: 'coupon.created' });
    const kept = await keep();
    expect(kept.done).toEqual(['delete order.created', 'delete coupon.created']);
    expect([wrong, needless].some((id) => shop.hooks.has(id))).toBe(false);
    expect(shop.working).toEqual(topics);
    expect(kept.mayHaveMissed).toBe(false);
  });

  it('are all taken away where no topic is needed', async () => {
    allRight();
    shop.add(foreign);
    await keep({ topics: [] });
    expect([...shop.hooks.keys()]).toEqual([1]);
  });
});

describe('a shop in trouble', () => {
  it('fails where its webhooks cannot be read', async () => {
    shop.fail = () => 'before';
    expect(await failureOf(keep())).toMatchObject({ code: 'WOO_UNREACHABLE' });
  });

  it('holds up none of the other calls, and is tried again at the next check', async () => {
    shop.fail = (call) => (call === 'create order.created' ? 'before' : null);
    const kept = await keep();
    expect(kept.failures).toMatchObject([
      { topic: 'order.created', action: 'create', error: { code: 'WOO_UNREACHABLE' } },
    ]);
    expect(kept.webhooks).toEqual([
      { topic: 'order.created', status: 'missing' },
      ...topics.slice(1).map((topic) => ({ topic, status: 'active' })),
    ]);
    shop.fail = () => null;
    expect(await keep()).toMatchObject({ done: ['create order.created'], mayHaveMissed: true });
    expect(shop.working).toEqual(topics);
  });

  it('that made a webhook and did not say so has one of it in the end', async () => {
    shop.fail = (call) => (call === 'create order.updated' ? 'after' : null);
    await keep();
    expect(shop.calls.filter((call) => call === 'create order.updated')).toHaveLength(1);
    shop.fail = () => null;
    shop.add({ topic: 'order.updated' }, 'new secret');
    await keep();
    expect(shop.working).toEqual(topics);
  });

  it('lets a fault of ours through', async () => {
    shop.fail = (call) => {
      if (call === 'list') return null;
      throw new TypeError('a bug');
    };
    expect(await failureOf(keep())).toBeInstanceOf(TypeError);
  });
});
