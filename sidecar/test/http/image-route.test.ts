import { createHash } from 'node:crypto';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '../../src/http/engine-port.ts';
import { startServer } from '../../src/http/server.ts';
import type { Server } from '../../src/http/server.ts';
import { ImageLinks } from '../../src/lib/images/signed-links.ts';
import type { LinkedImage } from '../../src/lib/images/signed-links.ts';
import { countsOf, EngineStandIn, secrets, serveWebhooks, silent } from './support/server.ts';

const publicUrl = 'https://example.com/apps/sync';
const links = new ImageLinks(publicUrl, secrets.imageLinks());
const bytes = Buffer.from('GIF89a and the rest');
const hash = createHash('sha256').update(bytes).digest('hex');

let engine: EngineStandIn;
let server: Server;
beforeEach(async () => {
  engine = new EngineStandIn();
  engine.images.set(hash, { type: 'image/gif', bytes });
  server = await serveWebhooks(engine, publicUrl);
});
afterEach(() => server.close());

const inAMinute = (): Date => new Date(Date.now() + 60_000);

function path(over: Partial<LinkedImage> = {}): string {
  const image = { hash, name: 'Tea & mug', extension: 'gif', expires: inAMinute() } as const;
  return new URL(links.url({ ...image, ...over })).pathname;
}

const fetched = (where: string, method = 'GET'): Promise<Response> =>
  fetch(`${server.url}${where}`, { method });
const counted = (): Promise<Record<string, number>> => countsOf(server, 'image_fetches');

describe('an image', () => {
  it('is given to who has its link', async () => {
    expect(path()).toMatch(/^\/apps\/sync\/images\/.*\/Tea-mug\.gif$/);
    const response = await fetched(path());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(await counted()).toEqual({ sent: 1 });
  });

  it('tells of itself without its bytes', async () => {
    const response = await fetched(path(), 'HEAD');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(await response.text()).toBe('');
  });

  it('whose link is over is 410, and nobody is asked for it', async () => {
    engine.image = () => Promise.reject(new Error('asked'));
    const response = await fetched(path({ expires: new Date(Date.now() - 1000) }));
    expect(response.status).toBe(410);
    expect(await counted()).toEqual({ expired: 1 });
  });

  it('that is not there any more is 404', async () => {
    expect((await fetched(path({ hash: '0'.repeat(64) }))).status).toBe(404);
    expect(await counted()).toEqual({ unknown: 1 });
  });

  it('that cannot be read is 503', async () => {
    engine.image = () => Promise.reject(new Error('Salesforce is out'));
    const response = await fetched(path());
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('Salesforce');
    expect(await counted()).toEqual({ failed: 1 });
  });

  it.each<[string, (parts: string[]) => void]>([
    ['another image', (parts) => (parts[4] = '0'.repeat(64))],
    ['a later end', (parts) => (parts[5] = String(Number(parts[5]) + 1))],
    ['another signature', (parts) => (parts[6] = '0'.repeat(64))],
    ['a signature that is none', (parts) => (parts[6] = 'x')],
    ['another name', (parts) => (parts[7] = 'other.gif')],
    ['another extension', (parts) => (parts[7] = 'Tea-mug.jpg')],
    [
      'an encoded slash',
      (parts) => parts.splice(4, 2, `${parts[4] ?? ''}%2F${parts[5] ?? ''}`, ''),
    ],
  ])('of a link that was changed is 404: %s', async (_what, change) => {
    engine.image = () => Promise.reject(new Error('asked'));
    const parts = path().split('/');
    change(parts);
    expect((await fetched(parts.join('/'))).status).toBe(404);
    expect(Object.keys(await counted())).not.toContain('failed');
  });

  it('is not there where nobody can reach us', async () => {
    await server.close();
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      webhooks: null,
      engine,
      log: silent,
    });
    expect((await fetched(path())).status).toBe(404);
    expect((await fetched(path().replace('/apps/sync', ''))).status).toBe(404);
  });
});

it('no more than 16 images are held at a time, and then it goes on', async () => {
  const disk = Promise.withResolvers<Image>();
  let asked = 0;
  engine.image = () => {
    asked += 1;
    return disk.promise;
  };
  const waiting = Array.from({ length: 16 }, () => fetched(path()));
  await expect.poll(() => asked).toBe(16);
  expect((await fetched(path())).status).toBe(503);
  disk.resolve({ type: 'image/gif', bytes });
  for (const response of await Promise.all(waiting)) {
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
  await expect.poll(async () => (await fetched(path())).status).toBe(200);
});

it('a shop that hangs up does not keep its place', async () => {
  engine.images.set(hash, { type: 'image/gif', bytes: Buffer.alloc(32 * 1024 * 1024) });
  const calls = Array.from({ length: 16 }, () => get(`${server.url}${path()}`, { agent: false }));
  for (const call of calls) {
    const response = await new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
    response.on('error', () => undefined);
  }
  expect((await fetched(path())).status).toBe(503);
  for (const call of calls) call.on('error', () => undefined).destroy();
  await expect.poll(async () => (await fetched(path(), 'HEAD')).status).toBe(200);
});
