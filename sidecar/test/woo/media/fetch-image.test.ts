import { afterEach, describe, expect, it, vi } from 'vitest';

import { fetchImage } from '../../../src/woo/media/fetch-image.ts';
import { serve, type Answer, type ScriptedServer } from '../../support/scripted-server.ts';

const MOST = 1024 * 1024;
const options = { retry: { attempts: 2, firstWaitMs: 1, longestWaitMs: 2 } };

const servers: ScriptedServer[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serverThat(answer: Answer): Promise<ScriptedServer> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

const hostOf = ({ url }: ScriptedServer) => new URL(url).host;

function fetchFrom(
  { url }: { readonly url: string },
  src: string,
  imageHosts: readonly string[] = [],
  more: Parameters<typeof fetchImage>[3] = {},
) {
  return fetchImage({ url, imageHosts }, src, MOST, { ...options, ...more });
}

/** What may be in an address and belongs into no message. */
const SECRET = '/private/jane@example.com.png?token=s3cret';

describe('an image of a shop', () => {
  it("is fetched from the shop's own host, without any key", async () => {
    const shop = await serverThat((_request, response) => response.end('bytes'));
    expect(await fetchFrom(shop, `${shop.url}/a.png?v=1`)).toEqual(Buffer.from('bytes'));
    expect(await fetchFrom(shop, '/b.png')).toEqual(Buffer.from('bytes'));
    const [first, second] = shop.received;
    expect([first?.path, second?.path]).toEqual(['/a.png', '/b.png']);
    expect(first?.headers).not.toHaveProperty('authorization');
  });

  it('is fetched by http where the shop names its own plain port with https, as behind a TLS proxy', async () => {
    const shop = await serverThat((_request, response) => response.end('bytes'));
    const src = `${shop.url.replace('http:', 'https:')}/a.png`;
    expect(await fetchFrom(shop, src)).toEqual(Buffer.from('bytes'));
    const other = await serverThat((_request, response) => response.end('bytes'));
    const foreign = `${other.url.replace('http:', 'https:')}/a.png`;
    expect(await fetchFrom(shop, foreign, [hostOf(other)])).toMatchObject({
      code: 'SHOP_IMAGE_NOT_FETCHED',
    });
  });

  it('is fetched from a host that is listed, and from no other', async () => {
    const other = await serverThat((_request, response) => response.end('bytes'));
    const shop = { url: 'https://shop.example' };
    const listed = [hostOf(other).toUpperCase()];
    expect(await fetchFrom(shop, `${other.url}/a.png`, listed)).toEqual(Buffer.from('bytes'));
    const refused = await fetchFrom(shop, `${other.url}${SECRET}`, ['cdn.example']);
    expect(refused).toMatchObject({ code: 'SHOP_IMAGE_HOST' });
    expect(JSON.stringify(refused)).not.toMatch(/s3cret|jane/);
    expect(other.received).toHaveLength(1);
  });

  it.each([
    ['a port of the same machine', 'http://127.0.0.1:1/a.png', 'SHOP_IMAGE_HOST'],
    ['the address of metadata services', 'http://169.254.169.254/latest', 'SHOP_IMAGE_HOST'],
    ['a name with a login before it', 'https://shop.example@evil.example/a', 'SHOP_IMAGE_HOST'],
    ['a login', 'https://user:word@shop.example/a.png', 'SHOP_IMAGE_HOST'],
    ['a name that ends alike', 'https://evil-shop.example/a.png', 'SHOP_IMAGE_HOST'],
    ['a file', 'file:///etc/passwd', 'SHOP_IMAGE_HOST'],
    ['data', 'data:image/png;base64,AAAA', 'SHOP_IMAGE_HOST'],
    ['plain http', 'http://shop.example/a.png', 'SHOP_IMAGE_NOT_FETCHED'],
    ['no address', 'https://[', 'SHOP_IMAGE_NOT_FETCHED'],
  ])('is not fetched from %s', async (_what, src, code) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    expect(await fetchFrom({ url: 'https://shop.example' }, src)).toMatchObject({ code });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('is followed within the hosts, and not out of them', async () => {
    const inside = await serverThat((_request, response) => response.end('secret'));
    const shop = await serverThat(({ path }, response) => {
      const to = path === '/out.png' ? `${inside.url}/` : '/there.png';
      if (path === '/there.png') response.end('bytes');
      else response.writeHead(302, { location: to }).end();
    });
    expect(await fetchFrom(shop, '/moved.png')).toEqual(Buffer.from('bytes'));
    expect(await fetchFrom(shop, '/out.png')).toMatchObject({ code: 'SHOP_IMAGE_HOST' });
    expect(inside.received).toEqual([]);
  });

  it('that leads in a circle is given up', async () => {
    const shop = await serverThat((_request, response) => {
      response.writeHead(301, { location: '/again.png' }).end();
    });
    expect(await fetchFrom(shop, '/a.png')).toMatchObject({ code: 'SHOP_IMAGE_NOT_FETCHED' });
    expect(shop.received).toHaveLength(4);
  });

  it('that is too large is refused by its length, before its bytes', async () => {
    const shop = await serverThat((_request, response) => {
      response.writeHead(200, { 'content-length': String(MOST + 1) });
      response.flushHeaders();
    });
    expect(await fetchFrom(shop, '/a.png')).toMatchObject({ code: 'SHOP_IMAGE_TOO_LARGE' });
  });

  it('that is too large is left in the middle, where it does not say its length', async () => {
    let sent = 0;
    const shop = await serverThat((_request, response) => {
      const piece = Buffer.alloc(64 * 1024);
      const more = () => {
        if (response.destroyed) return;
        sent += piece.length;
        response.write(piece, more);
      };
      more();
    });
    expect(await fetchFrom(shop, '/a.png')).toMatchObject({ code: 'SHOP_IMAGE_TOO_LARGE' });
    expect(sent).toBeLessThan(64 * MOST);
  });

  it('is asked for again where the host only stumbles, and not where it is gone', async () => {
    let answers = 0;
    const shop = await serverThat(({ path }, response) => {
      if (path === '/gone.png') response.writeHead(404).end();
      else response.writeHead((answers += 1) === 1 ? 503 : 200).end('bytes');
    });
    expect(await fetchFrom(shop, '/a.png')).toEqual(Buffer.from('bytes'));
    const gone = await fetchFrom(shop, '/gone.png');
    expect(gone).toMatchObject({
      code: 'SHOP_IMAGE_NOT_FETCHED',
      message: `It could not be fetched from ${hostOf(shop)}: it answered with 404.`,
    });
    expect(shop.received.map(({ path }) => path)).toEqual(['/a.png', '/a.png', '/gone.png']);
  });

  it('is not waited for without end', async () => {
    const shop = await serverThat((_request, response) => {
      response.writeHead(200);
      response.write('b');
    });
    const late = await fetchFrom(shop, '/a.png', [], { deadlineMs: 50 });
    expect(late).toMatchObject({ code: 'SHOP_IMAGE_NOT_FETCHED' });
    expect(JSON.stringify(late)).toMatch(/in time/);
  });
});
