import { afterAll, beforeAll, expect, it } from 'vitest';
import { countedOf, Flood, type BadRequest } from './support/flood.ts';
import { counts, headersOf, sign } from './support/server.ts';

let flood: Flood;
beforeAll(async () => {
  flood = await Flood.open();
});
afterAll(() => flood.close());

interface Bad extends BadRequest {
  readonly counted: string;
}

const order = JSON.stringify({ id: 7, note: 'x'.repeat(8000) });
const forged = sign('something else');
const json = '{"id":7}';

function bad(
  counted: string,
  status: number,
  headers: BadRequest['headers'],
  body: string,
  store = 'main',
): Bad {
  return { counted, status, path: `/woo/webhooks/${store}`, headers, body };
}

const tooLarge = { ...headersOf('order.updated', json), 'content-length': 9_000_000 };
const kinds: readonly Bad[] = [
  bad('main order bad_signature', 401, headersOf('order.updated', order, forged), order),
  bad('main order bad_signature', 401, headersOf('order.updated', order, 'short'), order),
  bad('main order bad_signature', 401, headersOf('order.updated', order), order.slice(0, -1)),
  bad('main other bad_signature', 401, {}, json),
  bad('main order bad_signature', 401, headersOf('order.updated', json), ''),
  bad('main order no_record', 200, headersOf('order.updated', '<html>'), '<html>'),
  bad('main other unknown_topic', 200, headersOf('order.exploded', json), json),
  bad('unknown order unknown_store', 404, headersOf('order.updated', json), json, 'nowhere'),
  bad('main order bad_signature', 401, headersOf('order.updated', json), json + ' '.repeat(99_999)),
  bad('main order too_large', 413, tooLarge, ''),
];

it('10,000 bad webhooks at once are refused or ignored, counted, and take no memory', async () => {
  await flood.expectUnharmed(kinds);
  const expected = countedOf(kinds.map(({ counted }) => counted));
  expect(await counts({ url: flood.url, close: () => Promise.resolve() })).toEqual(expected);
});

it('bodies that stop before their end are held up to a limit, and then webhooks go on', async () => {
  const before = await flood.look();
  const headers = { ...headersOf('order.updated', json, forged), 'content-length': 8_000_000 };
  const piece = Buffer.alloc(7 * 1024 * 1024, ' ');
  const { statuses, end } = flood.stall(30, { path: '/woo/webhooks/main', headers }, piece);
  // Nine of them fit into 64 MB.
  await expect.poll(() => statuses.length).toBe(21);
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect((await flood.look()).rss - before.rss).toBeLessThan(160 * 1024 * 1024);
  end();
  const good = bad('', 200, headersOf('order.updated', json), json);
  await expect.poll(() => flood.send(good)).toBe(200);
});
