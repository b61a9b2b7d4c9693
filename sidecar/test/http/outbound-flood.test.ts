import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  entityBomb,
  envelope,
  externalEntity,
  notification,
  one,
  product,
} from '../salesforce/support/envelopes.ts';
import { countedOf, Flood, type BadRequest } from './support/flood.ts';
import { countsOf, secrets } from './support/server.ts';

let flood: Flood;
beforeAll(async () => {
  flood = await Flood.open();
});
afterAll(() => flood.close());

const ours = `/salesforce/outbound/${secrets.outboundToken().current.reveal()}`;
const xml = { 'content-type': 'text/xml; charset=utf-8' };

interface Bad extends BadRequest {
  readonly outcome: string;
}

const bad = (outcome: string, status: number, body: string): Bad => ({
  outcome,
  status,
  body,
  path: ours,
  headers: xml,
});
const good = envelope(product(one));
const kinds: readonly Bad[] = [
  { ...bad('unknown_token', 404, good), path: `/salesforce/outbound/${'0'.repeat(64)}` },
  { ...bad('too_large', 413, ''), headers: { ...xml, 'content-length': 20 * 1024 * 1024 } },
  bad('doctype', 400, entityBomb),
  bad('doctype', 400, externalEntity),
  bad('malformed', 400, good.slice(0, -1)),
  bad('malformed', 400, good.replace('&amp;', '&l9;'.repeat(1000))),
  bad('too_much', 400, envelope(...Array.from({ length: 101 }, () => notification('')))),
  bad('too_much', 400, '<a>'.repeat(1000)),
  bad('foreign_org', 403, good.replace('00Dxx0000000001EAA', '00Dxx0000000002EAA')),
  bad('ignored', 200, envelope(notification('<sf:Name>Tea</sf:Name>'))),
];

it('10,000 bad messages at once are refused or ignored, counted, and take no memory', async () => {
  await flood.expectUnharmed(kinds);
  const server = { url: flood.url, close: () => Promise.resolve() };
  const expected = countedOf(kinds.map(({ outcome }) => outcome));
  expect(await countsOf(server, 'outbound_messages')).toEqual(expected);
});

it('messages of almost 5 MB that hold nothing but tags take no memory to speak of', async () => {
  const tags = '<sf:A/>'.repeat(700_000);
  const heavy = bad('too_much', 400, envelope(notification(tags)));
  const sendMany = async (times: number) => {
    for (let sent = 0; sent < times; sent += 1) expect(await flood.send(heavy)).toBe(400);
  };
  // What garbage takes until it is collected is there after the first ones.
  await sendMany(10);
  const before = await flood.look();
  await sendMany(20);
  // Their bodies alone are 98 MB, and their trees would be many times that.
  expect((await flood.look()).rss - before.rss).toBeLessThan(80 * 1024 * 1024);
});

it('bodies that stop before their end are held up to a limit, and then messages go on', async () => {
  const headers = { ...xml, 'content-length': 5_000_000 };
  const piece = Buffer.alloc(4 * 1024 * 1024, ' ');
  const { statuses, end } = flood.stall(20, { path: ours, headers }, piece);
  // Seven of them fit into 32 MB, with what their pieces take beside their bytes.
  await expect.poll(() => statuses.length).toBe(13);
  expect(new Set(statuses)).toEqual(new Set([503]));
  end();
  await expect.poll(() => flood.send(bad('', 200, good))).toBe(200);
});
