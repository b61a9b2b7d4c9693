import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductRecord, VariationRecord } from '../core/records.ts';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Answer, Client } from './client.ts';
import { image, startImageServer } from './image-server.ts';
import type { ImageServer } from './image-server.ts';
import { sampleImage } from './sample-image.ts';

let imageServer: ImageServer;
let client: Client;

const open = (options: { readonly fetchTimeoutMs?: number } = {}): Promise<Client> =>
  startStore({
    orders: 0,
    products: 0,
    allowHosts: [imageServer.host],
    maxUploadBytes: 100_000,
    ...options,
  });

beforeEach(async () => {
  imageServer = await startImageServer();
  client = await open();
});
afterEach(async () => {
  await Promise.all([client.store.close(), imageServer.close()]);
});

function send<T = ProductRecord>(method: string, path: string, body: object): Promise<Answer<T>> {
  return client.ask<T>(`/wp-json/wc/v3/${path}`, {
    method,
    headers: {
      ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
}

const put = (src: string): Promise<Answer<ProductRecord>> =>
  send('PUT', 'products/12', { images: [{ src }] });

async function messageOf(src: string): Promise<string> {
  const { status, body } = await put(src);
  const { code, message } = body as unknown as { code: string; message: string };
  expect([status, code]).toStrictEqual([400, 'woocommerce_product_image_upload_error']);
  return message;
}

function nameOf({ body }: Answer<ProductRecord>): string {
  return (body.images[0]?.src ?? '').replace(/^.*\//, '');
}

interface Seen {
  id: number;
  file: string;
  sha256: string | null;
  products: number[];
  sizes: { name: string }[];
}

async function library(): Promise<Seen[]> {
  const { body } = await client.ask<{ media: Seen[] }>('/local/media');
  return body.media.filter(({ sha256 }) => sha256 !== null);
}

describe('an image by address', () => {
  it('is served by the shop under the address that the product shows', async () => {
    const answer = await put(`${imageServer.url}/a.png`);
    const src = (answer.body.images[0]?.src ?? '').replace('https:', 'http:');
    expect(src).toMatch(/\/wp-content\/uploads\/\d{4}\/\d\d\/a\.png$/);
    for (const address of [src, src.replace('a.png', 'a-300x300.png')]) {
      const file = await fetch(address);
      expect([file.status, file.headers.get('content-type')]).toStrictEqual([200, 'image/png']);
      expect(Buffer.from(await file.arrayBuffer())).toStrictEqual(sampleImage('a.png'));
    }
    expect((await fetch(src.replace('a.png', 'other.png'))).status).toBe(404);
  });

  it('that is slower than the limit is refused in the words of cURL', async () => {
    await client.store.close();
    client = await open({ fetchTimeoutMs: 300 });
    imageServer.paths.set('/never.png', () => undefined);
    expect(await messageOf(`${imageServer.url}/never.png`)).toContain(
      'Error: cURL error 28: Operation timed out after 300 milliseconds with 0 bytes received',
    );
  });

  it('that breaks off or moves in circles is refused in the words of cURL', async () => {
    imageServer.paths.set('/cut.png', (response) => response.destroy());
    imageServer.paths.set('/loop.png', (response) =>
      response.writeHead(302, { location: '/loop.png' }).end(),
    );
    expect(await messageOf(`${imageServer.url}/cut.png`)).toContain('cURL error 52');
    expect(await messageOf(`${imageServer.url}/loop.png`)).toContain('Error: Too many redirects');
    expect(imageServer.asked.filter((path) => path === '/loop.png')).toHaveLength(6);
  });

  it('may not move to an address that is not safe itself', async () => {
    imageServer.paths.set('/away.png', (response) =>
      response.writeHead(302, { location: 'http://10.1.2.3/a.png' }).end(),
    );
    expect(await messageOf(`${imageServer.url}/away.png`)).toContain(
      'A valid URL was not provided.',
    );
  });

  it('larger than this store takes is answered with 501, and one that fits is taken', async () => {
    const filled = (size: number): Buffer =>
      Buffer.concat([sampleImage('b.jpg'), Buffer.alloc(size)]);
    imageServer.paths.set('/big.jpg', image(filled(100_001)));
    imageServer.paths.set('/fits.jpg', image(filled(90_000)));
    expect((await put(`${imageServer.url}/big.jpg`)).status).toBe(501);
    expect((await put(`${imageServer.url}/fits.jpg`)).status).toBe(200);
  });

  it('that is empty is refused', async () => {
    imageServer.paths.set('/empty.png', image(Buffer.alloc(0)));
    expect(await messageOf(`${imageServer.url}/empty.png`)).toContain(
      'Invalid image: File is empty.',
    );
  });

  it('of a variation is fetched too, and a bad one leaves the variation alone', async () => {
    const path = 'products/183/variations/188';
    const good = await send<VariationRecord>('PUT', path, {
      image: { src: `${imageServer.url}/c.webp`, alt: 'a <b>blue</b> one' },
    });
    expect([good.status, good.body.image?.['alt']]).toStrictEqual([200, 'a blue one']);
    const bad = await send('PUT', path, {
      regular_price: '99',
      image: { src: `${imageServer.url}/missing.png` },
    });
    expect(bad.status).toBe(400);
    const { body } = await client.get<VariationRecord>(path);
    expect([body.image?.id, body.regular_price]).toStrictEqual([
      good.body.image?.id,
      good.body.regular_price,
    ]);
  });

  it('is there once for every write, and counted', async () => {
    await client.ask('/local/requests', { method: 'DELETE' });
    await put(`${imageServer.url}/a.png`);
    await put(`${imageServer.url}/a.png`);
    await put(`${imageServer.url}/missing.png`);
    const { body } = await client.ask<{ writes: number; media: object }>('/local/requests');
    expect([body.writes, body.media]).toStrictEqual([3, { uploaded: 0, fetched: 2 }]);
    const [first, second] = await library();
    expect(first?.sha256).toBe(second?.sha256);
    expect([first?.products, second?.products]).toStrictEqual([[], [12]]);
    expect(second?.file).toMatch(/a-1\.png$/);
    expect(second?.sizes.map(({ name }) => name)).toStrictEqual([
      'full',
      'medium',
      'thumbnail',
      'woocommerce_thumbnail',
      'woocommerce_gallery_thumbnail',
    ]);
  });

  it('fails in a batch alone', async () => {
    const images = (name: string): object[] => [{ src: `${imageServer.url}/${name}` }];
    const { body } = await send<{ update: { error?: object }[] }>('POST', 'products/batch', {
      update: [
        { id: 12, images: images('missing.png'), name: 'lost' },
        { id: 15, images: images('a.png'), name: 'kept' },
      ],
    });
    expect(body.update.map(({ error }) => error !== undefined)).toStrictEqual([true, false]);
    expect((await client.get<ProductRecord>('products/12')).body.name).not.toBe('lost');
  });
});

describe('the library', () => {
  it('loses an image: products and variations that showed it show it no more, and no date moves', async () => {
    const { body } = await put(`${imageServer.url}/a.png`);
    const id = body.images[0]?.id ?? 0;
    const path = 'products/183/variations/188';
    await send('PUT', path, { image: { id } });
    const before = (await client.get<ProductRecord>('products/12')).body.date_modified;
    expect((await client.ask(`/local/media/${id}`, { method: 'DELETE' })).status).toBe(200);
    const after = (await client.get<ProductRecord>('products/12')).body;
    expect([after.images, after.date_modified]).toStrictEqual([[], before]);
    const variation = (await client.get<VariationRecord>(path)).body;
    expect(variation.image?.id).toBe(182);
    expect((await client.ask(`/local/media/${id}`, { method: 'DELETE' })).status).toBe(400);
  });

  it("lends a product's new image to variations that have none", async () => {
    const { body } = await send('PUT', 'products/183', {
      images: [{ src: `${imageServer.url}/a.png` }],
    });
    const variation = await client.get<VariationRecord>('products/183/variations/188');
    expect(variation.body.image?.id).toBe(body.images[0]?.id);
  });

  it('shows a large JPEG in the size that WordPress shrinks it to', async () => {
    imageServer.paths.set('/large.jpg', image(sampleImage('x.jpg', 5120, 2560)));
    const answer = await put(`${imageServer.url}/large.jpg`);
    expect(nameOf(answer)).toBe('large-scaled.jpg');
    expect(answer.body.images[0]?.['sizes']).toBe('(max-width: 2560px) 100vw, 2560px');
  });
});

describe('what the shop meets when it fetches', () => {
  const fault = (body: object): Promise<Answer<unknown>> =>
    client.ask('/local/faults', { method: 'POST', body: JSON.stringify(body) });

  it('may be a status or no answer in time, for one address', async () => {
    await fault({ kind: 'fetch_status', status: 503, on: '/a.png' });
    expect((await put(`${imageServer.url}/b.jpg`)).status).toBe(200);
    expect(await messageOf(`${imageServer.url}/a.png`)).toContain('Error: Service Unavailable');
    expect((await put(`${imageServer.url}/a.png`)).status).toBe(200);
    await fault({ kind: 'fetch_timeout' });
    expect(await messageOf(`${imageServer.url}/a.png`)).toContain('cURL error 28');
  });
});
