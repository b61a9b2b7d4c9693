import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductRecord } from '../core/records.ts';
import { secureHeaders, startStore, testPassword } from './client.ts';
import type { Answer, Client } from './client.ts';
import { sampleImage } from './sample-image.ts';

let client: Client;

beforeEach(async () => {
  client = await startStore({ orders: 0, products: 0, maxUploadBytes: 100_000 });
});
afterEach(() => client.store.close());

interface Media {
  id: number;
  slug: string;
  title: { raw?: string; rendered: string };
  source_url: string;
  media_details: { original_image?: string };
  code?: string;
}

const user = secureHeaders(testPassword.user, testPassword.password);

function media<T = Media>(path = '', init: RequestInit = {}): Promise<Answer<T>> {
  const headers = { ...user, ...(init.headers as Record<string, string> | undefined) };
  return client.ask<T>(`/wp-json/wp/v2/media${path}`, { ...init, headers });
}

function upload(
  name: string,
  bytes = sampleImage(name),
  headers: Record<string, string> = {},
): Promise<Answer<Media>> {
  const sent = { 'content-disposition': `attachment; filename="${name}"`, ...headers };
  const type = { 'content-type': 'image/png', ...sent };
  return media('', { method: 'POST', body: new Uint8Array(bytes), headers: type });
}

describe('an upload', () => {
  it('with the right hash in hexadecimal is taken, and its bytes are there', async () => {
    const bytes = sampleImage('a.png');
    const md5 = createHash('md5').update(bytes).digest('hex');
    const { status, body } = await upload('a.png', bytes, { 'content-md5': md5 });
    expect(status).toBe(201);
    const file = await fetch(body.source_url.replace('https:', 'http:'));
    expect(Buffer.from(await file.arrayBuffer())).toStrictEqual(bytes);
  });

  it('larger than the limit is refused by the web server; one just as large is taken', async () => {
    const filled = (size: number): Buffer =>
      Buffer.concat([sampleImage('b.jpg'), Buffer.alloc(size)], size);
    const refused = await fetch(`${client.url}/wp-json/wp/v2/media`, {
      method: 'POST',
      body: new Uint8Array(filled(100_001)),
      headers: { ...user, 'content-disposition': 'attachment; filename="b.jpg"' },
    });
    expect([refused.status, refused.headers.get('content-type')]).toStrictEqual([
      413,
      'text/html; charset=UTF-8',
    ]);
    expect((await upload('b.jpg', filled(100_000))).status).toBe(201);
  });

  it('that is nothing, has no type or is of a kind that this store cannot take is refused', async () => {
    expect((await upload('a.png', Buffer.alloc(0))).body.code).toBe('rest_upload_no_data');
    expect((await upload('a.bmp', Buffer.from('BM'))).status).toBe(501);
    expect((await media('?post=12', { method: 'POST' })).status).toBe(400);
  });

  it('counts as a writing call and as an image that was made', async () => {
    await upload('a.png');
    await upload('a.png');
    const { body } = await client.ask('/local/requests');
    expect(body).toStrictEqual({
      total: 2,
      writes: 2,
      media: { uploaded: 2, fetched: 0 },
      byRoute: { 'POST /wp-json/wp/v2/media 201': 2 },
    });
  });
});

describe('the list', () => {
  it('finds images by title or file name, newest first, in pages', async () => {
    for (const name of ['chair-1f3a.png', 'chair-9c2b.png', 'table-1f3a.png']) {
      await upload(name);
    }
    const all = await media<Media[]>('?search=chair&per_page=1&page=2');
    expect(all.body.map(({ slug }) => slug)).toStrictEqual(['chair-1f3a']);
    expect([all.headers.get('x-wp-total'), all.headers.get('x-wp-totalpages')]).toStrictEqual([
      '2',
      '2',
    ]);
    const ordered = await media<Media[]>('?search=1f3a&orderby=slug&order=asc&_fields=slug');
    expect(ordered.body).toStrictEqual([{ slug: 'chair-1f3a' }, { slug: 'table-1f3a' }]);
    const [first] = all.body;
    const one = await media<Media[]>(`?include=${first?.id ?? 0}&media_type=image`);
    expect(one.body).toHaveLength(1);
    expect((await media<Media[]>('?media_type=video')).body).toStrictEqual([]);
    expect((await media('?page=99')).body.code).toBe('rest_post_invalid_page_number');
    expect((await media('?per_page=101')).status).toBe(400);
    expect((await media('?parent=12')).status).toBe(501);
    expect((await media('?orderby=relevance')).status).toBe(501);
  });

  it('is open to strangers, who do not see how texts were typed and may write nothing', async () => {
    const { id } = (await upload('a.png')).body;
    const path = `/wp-json/wp/v2/media/${id}`;
    const seen = await client.ask<Media>(path);
    expect([seen.status, seen.body.title, seen.headers.get('allow')]).toStrictEqual([
      200,
      { rendered: 'a' },
      'GET',
    ]);
    expect((await client.ask<Media>(`${path}?context=edit`)).body.code).toBe(
      'rest_forbidden_context',
    );
    for (const [method, code] of [
      ['DELETE', 'rest_cannot_delete'],
      ['PUT', 'rest_cannot_edit'],
    ]) {
      const answer = await client.ask<Media>(`${path}?force=true`, { method: method ?? '' });
      expect([answer.status, answer.body.code]).toStrictEqual([401, code]);
    }
    expect((await media(`/${id}?context=edit`)).body.title.raw).toBe('a');
  });
});

describe('one image', () => {
  it('is deleted for good only, and its name is free again', async () => {
    const { id } = (await upload('a.png')).body;
    const gone = await media<{ deleted: boolean; previous: Media }>(`/${id}?force=true`, {
      method: 'DELETE',
    });
    expect([gone.status, gone.body.deleted, gone.body.previous.id]).toStrictEqual([200, true, id]);
    const missing = await media(`/${id}`);
    expect([missing.status, missing.body.code]).toStrictEqual([404, 'rest_post_invalid_id']);
    expect((await upload('a.png')).body.source_url).toMatch(/\/a\.png$/);
  });

  it('takes its texts to the products that show it, whose dates stay; other fields are refused', async () => {
    const before = (await client.get<ProductRecord>('products/12')).body;
    const write = (body: object): Promise<Answer<Media>> =>
      media(`/${before.images[0]?.id ?? 0}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await write({ title: "O'Neil & co", alt_text: 'new' })).status).toBe(200);
    const after = (await client.get<ProductRecord>('products/12')).body;
    expect([after.images[0]?.['name'], after.images[0]?.['alt']]).toStrictEqual([
      'O&#8217;Neil &#038; co',
      'new',
    ]);
    expect(after.date_modified).toBe(before.date_modified);
    expect((await write({ slug: 'x' })).status).toBe(501);
  });
});
