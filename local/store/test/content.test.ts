import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostRecord, UserRecord } from '../content/records.ts';
import { secureHeaders, startStore, testPassword } from './client.ts';
import type { Answer, Client } from './client.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

let client: Client;
let receiver: Receiver;
const admin = secureHeaders(testPassword.user, testPassword.password);

beforeAll(async () => {
  receiver = await startReceiver();
  client = await startStore({
    orders: 0,
    products: 0,
    webhookDelayMs: 3_600_000,
    allowHosts: [receiver.host],
  });
});
afterAll(async () => {
  await Promise.all([client.store.close(), receiver.close()]);
});

function control<T = unknown>(method: string, path: string, body?: object): Promise<Answer<T>> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  return client.ask<T>(`/local/${path}`, { method, ...text });
}

function read<T = unknown>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
  return client.ask<T>(`/wp-json/${path}`, { headers });
}

describe('the back door to content', () => {
  it('makes, changes and trashes posts, and the list shows them by when they changed', async () => {
    const entry = { type: 'form_entry', title: 'Contact #5', meta: { email: 'a@b.example' } };
    const { body: made } = await control<PostRecord>('POST', 'content', entry);
    expect(made).toMatchObject({ status: 'publish', type: 'form_entry', slug: 'contact-5' });
    await control('PATCH', `content/${made.id}?modified=2030-01-01T00:00:00`, { title: 'New' });
    const list = 'forms/v1/entries?modified_after=2029-12-31T23:59:59Z';
    const changed = await read<PostRecord[]>(`${list}&_fields=id,title,meta.email`);
    expect(changed.body).toStrictEqual([
      { id: made.id, title: { rendered: 'New' }, meta: { email: 'a@b.example' } },
    ]);
    await control('DELETE', `content/${made.id}`);
    expect((await read(`forms/v1/entries/${made.id}`)).status).toBe(401);
    const trashed = await read<PostRecord[]>('forms/v1/entries?status=trash&_fields=id', admin);
    expect(trashed.body).toContainEqual({ id: made.id });
    await control('POST', `content/${made.id}/restore`, { status: 'private' });
    expect((await read<PostRecord>(`forms/v1/entries/${made.id}`, admin)).body.status).toBe(
      'private',
    );
    await control('DELETE', `content/${made.id}?force=true`);
    expect((await read(`forms/v1/entries/${made.id}`, admin)).status).toBe(404);
  });

  it.each([
    ['POST', 'content', { type: 'novel' }, 'The site has no type "novel"'],
    ['POST', 'content', { type: 'event', meta: { hidden_note: 'x' } }, 'has no meta "hidden_note"'],
    ['PATCH', 'content/5017', { link: 'x' }, 'have no field "link"'],
    ['PATCH', 'content/5017', { 'event-types': [1] }, 'give ids of its terms'],
    ['PATCH', 'content/4', { title: 'x' }, 'There is no post 4'],
    ['DELETE', 'content/5022', undefined, 'is in the trash already'],
    ['POST', 'users', { username: 'ann', role: 'king' }, 'Give a username and a role'],
    ['POST', 'terms', { taxonomy: 'mood', name: 'x' }, 'Give a taxonomy and a name'],
    ['DELETE', 'terms/9', undefined, 'There is no term 9'],
  ])('refuses %s %s with a sentence', async (method, path, body, sentence) => {
    const answer = await control<{ message: string }>(method, path, body);
    expect([answer.status, answer.body.message]).toStrictEqual([
      400,
      expect.stringContaining(sentence),
    ]);
  });

  it('makes users who sign in with their own rights', async () => {
    const { body: made } = await control<UserRecord & { application_password: string }>(
      ...(['POST', 'users', { username: 'rita', role: 'editor', first_name: 'Rita' }] as const),
    );
    const rita = secureHeaders('rita', made.application_password);
    expect((await read('wp/v2/events?status=private&_fields=id', rita)).body).toStrictEqual([
      { id: 5020 },
    ]);
    expect((await read('wp/v2/users?context=edit', rita)).status).toBe(403);
    const shop = await client.ask('/wp-json/wc/v3/orders', { headers: rita });
    expect(shop.status).toBe(403);
    await control('DELETE', `users/${made.id}`);
    expect(await read('wp/v2/events', rita)).toMatchObject({
      status: 401,
      body: { code: 'invalid_username' },
    });
  });

  it('shows buyers as users with their addresses to who may list users', async () => {
    const path = 'wp/v2/users?roles=customer&context=edit&orderby=id&order=asc&per_page=2';
    const { body } = await read<UserRecord[]>(`${path}&_fields=id,email,roles`, admin);
    expect(body).toStrictEqual([
      { id: 2, email: expect.stringContaining('@') as string, roles: ['customer'] },
      { id: 4, email: expect.stringContaining('@') as string, roles: ['customer'] },
    ]);
  });

  it('leaves out of a page in the context edit whom the reader may not edit, and counts them', async () => {
    const { body: made } = await control<UserRecord & { application_password: string }>(
      ...(['POST', 'users', { username: 'lena', role: 'shop_manager' }] as const),
    );
    const lena = secureHeaders('lena', made.application_password);
    const asked = async (query: string) => {
      const { headers, body } = await read<UserRecord[]>(`wp/v2/users?per_page=100&${query}`, lena);
      return { total: Number(headers.get('x-wp-total')), ids: body.map(({ id }) => id) };
    };
    const edited = await asked('context=edit');
    expect(edited.ids).toStrictEqual([made.id]);
    expect(edited.total).toBeGreaterThan(3);
    expect((await asked('context=view')).ids).toHaveLength(100);
    expect((await read('wp/v2/users/2?context=edit', lena)).status).toBe(403);
    await control('DELETE', `users/${made.id}`);
  });

  it('counts terms by the published posts that have them', async () => {
    const { body: term } = await control<{ id: number }>('POST', 'terms', {
      taxonomy: 'event_type',
      name: 'Market',
    });
    await control('PATCH', 'content/5019', { 'event-types': [term.id] });
    const shown = await read<{ count: number }>(`wp/v2/event-types/${term.id}`);
    expect(shown.body.count).toBe(1);
    await control('DELETE', `terms/${term.id}`);
    const event = await read<PostRecord>('wp/v2/events/5019');
    expect(event.body['event-types']).toStrictEqual([]);
  });
});

describe('ACF', () => {
  it('shows none of its fields where its groups are hidden from REST', async () => {
    const acf = async () => {
      const one = await read<PostRecord>('wp/v2/events/5017');
      const list = await read<PostRecord[]>('wp/v2/events?include=5017&_fields=id,acf');
      const user = await read<UserRecord>('wp/v2/users/me', admin);
      return [one.body.acf, list.body[0]?.acf, user.body.acf];
    };
    const venue = expect.objectContaining({ venue: 'Old Market' }) as unknown;
    expect(await acf()).toEqual([venue, venue, []]);
    await control('PATCH', 'hosting', { acf_hidden: true });
    expect(await acf()).toEqual([[], [], []]);
    expect((await read('wc/v3/nothing')).body).not.toHaveProperty('acf');
    await control('PATCH', 'hosting', { acf_hidden: false });
    expect(await acf()).toEqual([venue, venue, []]);
  });
});

describe('webhooks of content', () => {
  it('refuses actions of WordPress and takes those of WooCommerce', async () => {
    const wc = secureHeaders(client.store.consumerKey, client.store.consumerSecret);
    const make = (topic: string): Promise<Answer<unknown>> =>
      client.ask('/wp-json/wc/v3/webhooks', {
        method: 'POST',
        headers: { ...wc, 'content-type': 'application/json' },
        body: JSON.stringify({ topic, delivery_url: `${receiver.url}/content`, secret: 's' }),
      });
    expect((await make('action.save_post_event')).status).toBe(400);
    expect((await make('action.woocommerce_sync_content')).status).toBe(201);
  });

  it('tells of coupons by topics of their own', async () => {
    const wc = secureHeaders(client.store.consumerKey, client.store.consumerSecret);
    for (const topic of ['coupon.created', 'coupon.updated', 'coupon.deleted', 'coupon.restored']) {
      await client.ask('/wp-json/wc/v3/webhooks', {
        method: 'POST',
        headers: { ...wc, 'content-type': 'application/json' },
        body: JSON.stringify({ topic, delivery_url: `${receiver.url}/coupon`, secret: 's' }),
      });
    }
    const told = async (method: string, path: string, body?: object): Promise<unknown[]> => {
      receiver.got.length = 0;
      await control(method, path, body);
      await client.store.webhooks.outbox.run();
      return receiver.got.flatMap(({ headers }) => headers['x-wc-webhook-topic'] ?? []);
    };
    expect(await told('POST', 'coupons', { code: 'X' })).toStrictEqual([
      'coupon.created',
      'coupon.updated',
    ]);
    const id = client.store.shop.coupons.all().at(-1)?.id;
    expect(await told('DELETE', `coupons/${id}`)).toStrictEqual(['coupon.deleted']);
    expect(await told('POST', `coupons/${id}/restore`)).toStrictEqual(['coupon.restored']);
    expect(await told('DELETE', `coupons/${id}?force=true`)).toStrictEqual([]);
    receiver.got.length = 0;
  });

  it('tells of posts by the action of the snippet, once it is in the shop', async () => {
    const { outbox } = client.store.webhooks;
    await control('PATCH', 'content/5018', { title: 'Without' });
    await outbox.run();
    const told = (): unknown[] =>
      receiver.got
        .filter(({ headers }) => headers['x-wc-webhook-topic'] !== undefined)
        .map(({ raw }) => JSON.parse(raw) as unknown);
    expect(told()).toStrictEqual([]);
    await control('PATCH', 'hosting', { content_snippet: true });
    await control('PATCH', 'content/5018', { title: 'With' });
    await control('PATCH', 'content/5018', { title: 'With it' });
    await control('DELETE', 'content/5003?force=true');
    await outbox.run();
    const action = 'woocommerce_sync_content';
    expect(told()).toStrictEqual([
      { action, arg: 'event:5018' },
      { action, arg: 'post:5003' },
    ]);
    expect(receiver.got.at(-1)?.headers).toMatchObject({
      'x-wc-webhook-topic': `action.${action}`,
      'x-wc-webhook-resource': 'action',
      'x-wc-webhook-event': action,
    });
  });
});
