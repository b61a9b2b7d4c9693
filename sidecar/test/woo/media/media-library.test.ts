import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { MediaLibrary } from '../../../src/ports/store.ts';
import { DirectStore } from '../../../src/woo/direct-store.ts';
import { GatewayStore } from '../../../src/woo/gateway/gateway-store.ts';
import { stalled } from '../../support/deadlines.ts';
import {
  type Answer,
  failureOf,
  html,
  json,
  type ScriptedServer,
  serve,
} from '../../support/scripted-server.ts';

const keys = {
  consumerKey: new Secret('ck_0123456789abcdef'),
  consumerSecret: new Secret('cs_fedcba9876543210'),
  keyVariable: 'WOO_MAIN_KEY',
  secretVariable: 'WOO_MAIN_SECRET',
};
const applicationPassword = {
  user: 'sync',
  password: new Secret('abcd efgh s3cret'),
  userVariable: 'WOO_MAIN_APP_USER',
  passwordVariable: 'WOO_MAIN_APP_PASSWORD',
};
const options = {
  writeDeadlineMs: 5_000,
  retry: { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 },
};

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

function libraryAt(url: string, deadlineMs = options.writeDeadlineMs): MediaLibrary {
  const { media } = new DirectStore(
    { key: 'main', url },
    { ...keys, applicationPassword },
    { ...options, writeDeadlineMs: deadlineMs },
  );
  if (media === null) throw new Error('The store has no media library.');
  return media;
}

async function libraryThat(
  answer: Answer,
  deadlineMs?: number,
): Promise<{ media: MediaLibrary; server: ScriptedServer }> {
  const started = await serve(answer);
  server = started;
  return { media: libraryAt(`${started.url}/shop`, deadlineMs), server: started };
}

/** Fails a call and checks that the failure is one of ours and gives nothing away. */
async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error = await failureOf(promise);
  if (!(error instanceof CodedError)) throw error;
  const everything = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${error.cure}`;
  expect(everything).not.toMatch(/s3cret|YWJjZ|jane@example/);
  return error;
}

const file = {
  name: 'tea-sf-0123456789abcdef.png',
  alt: 'Tea & cup',
  type: 'image/png',
  bytes: Buffer.from([0x89, 0x50, 0xff, 0xfe, 0, 1, 2, 0xc3, 0x28]),
};

describe('the media library', () => {
  it('is there with an application password on the direct route alone', () => {
    const place = { key: 'main', url: 'https://shop.example' };
    expect(new DirectStore(place, keys).media).toBeNull();
    const org = { apexRest: () => Promise.reject(new Error('No call is made.')) };
    expect(new GatewayStore({ ...place, namedCredential: 'Woo_Store' }, org).media).toBeNull();
  });

  it('takes an image byte by byte, with its name, type and hash', async () => {
    const { media, server } = await libraryThat((_request, response) => {
      json(response, 201, {
        id: 77,
        source_url: 'https://shop.example/tea.png',
        title: { raw: 'tea' },
      });
    });
    expect(await media.upload(file)).toEqual({ id: 77, src: 'https://shop.example/tea.png' });
    const [sent] = server.received;
    expect(`${sent?.method} ${sent?.path}`).toBe('POST /shop/wp-json/wp/v2/media');
    expect(sent?.bytes.equals(file.bytes)).toBe(true);
    // Its title stays the file name, by which it is found again.
    expect([...(sent?.query ?? [])]).toEqual([['alt_text', 'Tea & cup']]);
    expect(sent?.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '9',
      'content-disposition': 'attachment; filename="tea-sf-0123456789abcdef.png"',
      'content-md5': createHash('md5').update(file.bytes).digest('hex'),
      authorization: `Basic ${Buffer.from('sync:abcd efgh s3cret').toString('base64')}`,
    });
  });

  it.each(['tea"; filename="x.php', 'größe.png', '', 'a/b.png', '.htaccess', 'a\r\nb.png'])(
    'is sent no file of the name %j',
    async (name) => {
      const { media, server } = await libraryThat(() => undefined);
      await expect(media.upload({ ...file, name })).rejects.toThrow(RangeError);
      expect(server.received).toHaveLength(0);
    },
  );

  it.each([
    [413, null, 'IMAGE_TOO_LARGE', 'client_max_body_size'],
    [400, 'rest_upload_no_data', 'IMAGE_TOO_LARGE', 'post_max_size'],
    [500, 'rest_upload_sideload_error', 'IMAGE_TYPE', 'JPEG, PNG, WebP or GIF'],
    [412, 'rest_upload_hash_mismatch', 'IMAGE_REFUSED', 'changes uploads'],
    [400, 'rest_upload_invalid_disposition', 'IMAGE_REFUSED', 'by hand'],
    [
      401,
      'rest_cannot_create',
      'MEDIA_REFUSED',
      'Check WOO_MAIN_APP_USER and WOO_MAIN_APP_PASSWORD',
    ],
    [401, 'incorrect_password', 'MEDIA_REFUSED', 'Application Passwords'],
    [403, 'rest_cannot_create', 'MEDIA_REFUSED', 'Shop manager'],
    [403, null, 'MEDIA_REFUSED', 'firewall'],
    [404, 'rest_no_route', 'MEDIA_REFUSED', 'wp/v2/media'],
    [302, null, 'WOO_OUTCOME_UNKNOWN', 'final address'],
    [503, null, 'WOO_OUTCOME_UNKNOWN', 'error log'],
    [500, 'internal_server_error', 'WOO_OUTCOME_UNKNOWN', 'error log'],
    [200, null, 'WOO_OUTCOME_UNKNOWN', 'maintenance page'],
  ])('that answers an upload with HTTP %i %s is %s', async (status, code, ours, cure) => {
    const { media, server } = await libraryThat((_request, response) => {
      if (code === null) html(response, status);
      else json(response, status, { code, message: 'jane@example.com', data: { status } });
    });
    const error = await failure(media.upload(file));
    expect(error.code).toBe(ours);
    expect(error.cure).toContain(cure);
    expect(error.message).toContain(code === null ? `HTTP ${status}` : `HTTP ${status}, ${code}`);
    expect(server.received).toHaveLength(1);
  });

  it('may have an image or not when it cuts the connection', async () => {
    const { media, server } = await libraryThat((_request, response) => {
      response.destroy();
    });
    expect((await failure(media.upload(file))).code).toBe('WOO_OUTCOME_UNKNOWN');
    expect(server.received).toHaveLength(1);
  });

  it('may have an image or not when it is silent', async () => {
    const { error, received } = await stalled(async (deadlineMs) => {
      const { media, server } = await libraryThat(() => undefined, deadlineMs);
      const error = await failure(media.upload(file));
      await server.close();
      return server.received.length === 0 ? null : { error, received: server.received };
    });
    expect(error.code).toBe('WOO_OUTCOME_UNKNOWN');
    expect(received).toHaveLength(1);
  });

  it('is not followed to another address, which would get the password', async () => {
    const { media, server } = await libraryThat((_request, response) => {
      response.writeHead(307, { location: '/wp-json/wp/v2/media' }).end();
    });
    expect((await failure(media.find('x'))).code).toBe('WOO_UNEXPECTED_ANSWER');
    expect(server.received).toHaveLength(1);
  });

  it('is sent no password in the open', async () => {
    for (const url of ['http://shop.example', 'http://192.0.2.7', 'http://[2001:db8::1]']) {
      const error = await failure(libraryAt(url).upload(file));
      expect(error.code).toBe('MEDIA_REFUSED');
      expect(error.cure).toContain('https');
    }
  });
});

describe('images of the media library', () => {
  /** Pages of two; the first of them is not there at once. */
  const pages =
    (names: readonly string[]): Answer =>
    (request, response) => {
      const page = Number(request.query.get('page'));
      const all = names.map((name, at) => ({
        id: at + 1,
        source_url: `https://shop.example/uploads/${name}?v=tea`,
      }));
      json(response, 200, all.slice(page * 2 - 2, page * 2), {
        'x-wp-total': `${all.length}`,
        'x-wp-totalpages': `${Math.ceil(all.length / 2)}`,
      });
    };

  it('are found by a part of their file names', async () => {
    const names = ['tea-sf-1.png', 'mug.png', 'old-tea-sf-1.png', 'tea.png', 'sf-1.png'];
    const { media, server } = await libraryThat(pages(names));
    expect(await media.find('-sf-')).toEqual([
      { id: 1, src: 'https://shop.example/uploads/tea-sf-1.png?v=tea', bytes: null },
      { id: 3, src: 'https://shop.example/uploads/old-tea-sf-1.png?v=tea', bytes: null },
    ]);
    const asked = server.received.map(({ query }) => Object.fromEntries(query));
    const same = {
      media_type: 'image',
      per_page: '100',
      orderby: 'id',
      order: 'asc',
      // WordPress takes a hyphen in front for "without".
      _fields: 'id,source_url,media_details.filesize',
      search: 'sf-',
    };
    expect(asked).toEqual(['1', '2', '3'].map((page) => ({ ...same, page })));
  });

  it('say how large they are where WordPress does', async () => {
    const { media } = await libraryThat((_request, response) => {
      // PHP writes what is empty as a list.
      const details = [{ filesize: 1234 }, {}, [], undefined];
      const all = details.map((media_details, at) => ({
        id: at + 1,
        source_url: 'https://shop.example/a.png',
        media_details,
      }));
      json(response, 200, all, { 'x-wp-total': '4', 'x-wp-totalpages': '1' });
    });
    const found = await media.find('a');
    expect(found).toMatchObject([
      { bytes: 1234 },
      { bytes: null },
      { bytes: null },
      { bytes: null },
    ]);
  });

  it('are walked page by page, and no further than somebody looks', async () => {
    const { media, server } = await libraryThat(pages(['a.png', 'b.png', 'c.png']));
    for await (const { id } of media.all('')) if (id === 1) break;
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.query.has('search')).toBe(false);
    const ids = [];
    for await (const { id } of media.all('')) ids.push(id);
    expect(ids).toEqual([1, 2, 3]);
  });

  it('are none in an empty library', async () => {
    const { media } = await libraryThat(pages([]));
    expect(await media.find('x')).toEqual([]);
  });

  it('are asked for again where the shop cannot answer for a moment', async () => {
    let calls = 0;
    const { media } = await libraryThat((request, response) => {
      calls += 1;
      if (calls === 1) html(response, 503);
      else pages(['tea.png'])(request, response);
    });
    expect(await media.find('tea')).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    [
      'a page',
      (_request, response) => {
        html(response, 200);
      },
    ],
    [
      'no number of pages',
      (_request, response) => {
        json(response, 200, [{ id: 1, source_url: 'x.png' }]);
      },
    ],
    [
      'something else',
      (_request, response) => {
        json(response, 200, [{ id: 'x' }], { 'x-wp-totalpages': '1' });
      },
    ],
    [
      'far too much',
      (_request, response) => {
        const one = { id: 1, source_url: `${'x'.repeat(6_000_000)}.png` };
        json(response, 200, [one], { 'x-wp-totalpages': '1' });
      },
    ],
  ])('are not read from %s', async (_what, answer) => {
    const { media } = await libraryThat(answer);
    expect((await failure(media.find('x'))).code).toBe('WOO_UNEXPECTED_ANSWER');
  });
});
