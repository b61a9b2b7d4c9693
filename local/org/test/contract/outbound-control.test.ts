import { afterEach, beforeEach, expect, it } from 'vitest';
import { OmOrg, poll } from './om-org.ts';
import { ack } from './om-receiver.ts';
import { statement } from './statement.ts';

let org: OmOrg;

beforeEach(async () => {
  org = await OmOrg.start();
});
afterEach(() => org.close());

async function delivered(many: number): Promise<void> {
  await poll(() => org.count('delivered')).toBe(many);
}

async function waiting(): Promise<string[]> {
  return (await org.shown()).waiting.map((one) => String(one['id']));
}

statement(
  '`POST /local/outbound/hold` withholds everything until `POST /local/outbound/release`.',
  async () => {
    await org.control('hold');
    await org.product({ Name: 'Held' });
    await org.control('clock', { advance_seconds: 3600 });
    await org.control('retry');
    expect(org.receiver.got).toHaveLength(0);
    expect(await org.count('waiting')).toBe(1);
    await org.control('release');
    await delivered(1);
  },
);

statement(
  '`POST /local/outbound/reorder` turns round what waits, or shuffles it by a `seed`.',
  async () => {
    await org.control('hold');
    org.queue(90);
    const first = await waiting();
    await org.control('reorder');
    expect(await waiting()).toEqual(first.toReversed());
    await org.control('reorder', { seed: 7 });
    const shuffled = await waiting();
    expect(shuffled).not.toEqual(first);
    expect(shuffled.toSorted()).toEqual(first);
    await org.control('reorder', { seed: 8 });
    expect(await waiting()).not.toEqual(shuffled);
    await org.control('reorder', { seed: 7 });
    expect(await waiting()).toEqual(shuffled);
    org.queue(1);
    expect((await waiting()).slice(0, 90)).toEqual(shuffled);
    const all = await waiting();
    await org.control('release');
    await delivered(91);
    expect(org.receiver.ids()).toEqual([all]);
  },
);

statement(
  '`POST /local/outbound/duplicate` with `times` sends each coming envelope that often, one after the other, or with `parallel` at once, until it is set to 1.',
  async () => {
    await org.control('duplicate', { times: 3 });
    org.queue(2);
    await delivered(2);
    expect(new Set(org.receiver.got.map((one) => one.text)).size).toBe(1);
    expect(org.receiver.got).toHaveLength(3);
    const held: (() => void)[] = [];
    org.receiver.answer = (response) => held.push(() => response.end(ack));
    await org.control('duplicate', { times: 2, parallel: true });
    org.queue(1);
    await poll(() => held).toHaveLength(2);
    for (const answer of held) answer();
    await delivered(3);
    await org.control('duplicate', { times: 1 });
    org.queue(1);
    await poll(() => held).toHaveLength(3);
    held[2]?.();
    await delivered(4);
  },
);

statement(
  '`POST /local/outbound/resend` sends again what was acknowledged: all of it, or the notifications of `ids`.',
  async () => {
    org.queue(3);
    await delivered(3);
    const [[first = '', ...others] = []] = org.receiver.ids();
    await org.control('resend', { ids: [first] });
    await delivered(3);
    await poll(() => org.receiver.got).toHaveLength(2);
    await org.control('resend');
    await poll(() => org.receiver.got).toHaveLength(3);
    expect(org.receiver.ids().slice(1)).toEqual([[first], [first, ...others]]);
  },
);

statement(
  '`POST /local/outbound/retry` makes what waits due at once, and `POST /local/outbound/drop` loses it: all of it, or the notifications of `ids`.',
  async () => {
    org.receiver.answer = (response) => response.writeHead(500).end();
    org.queue(2);
    await poll(async () => (await org.shown()).waiting[0]?.['attempts']).toBe(1);
    const [first = '', second = ''] = await waiting();
    await org.control('drop', { ids: [first] });
    expect(await org.count('dropped')).toBe(1);
    org.receiver.answer = (response) => response.end(ack);
    await org.control('retry');
    await delivered(1);
    expect(org.receiver.ids().at(-1)).toEqual([second]);
    await org.control('hold');
    org.queue(2);
    await org.control('drop');
    expect(await waiting()).toEqual([]);
  },
);

statement.group(
  'Options of these that are unknown, or cannot be followed, are answered with 400 and a sentence.',
  () => {
    it.each([
      ['hold', { for: 1 }, 'There is no option for: it takes none.'],
      ['reorder', { by: 1 }, 'There is no option by: give seed.'],
      ['reorder', { seed: 'x' }, 'seed is "x": give a whole number, or none to go backwards.'],
      ['duplicate', { times: 0 }, 'times is 0: give a whole number from 1 to 100.'],
      ['duplicate', { parallel: 1 }, 'parallel must be true or false.'],
      ['clock', {}, 'advance_seconds is undefined: give a whole number from 1 to 31536000.'],
      ['clock', { skew: 1 }, 'There is no option skew: give advance_seconds.'],
      ['resend', { ids: 'all' }, 'ids must be a list of ids of notifications'],
      ['retry', { ids: ['04lLo0000000001IAA'] }, 'There is no waiting notification "04lLo0'],
      ['drop', { ids: ['x'] }, 'There is no waiting notification "x".'],
    ])('refuses %s %j', async (action, body, words) => {
      const { status, body: refused } = await org.control(action, body);
      expect(status).toBe(400);
      expect(JSON.stringify(refused)).toContain(JSON.stringify(words).slice(1, -1));
    });
  },
);

it('does not know other actions', async () => {
  expect(await org.control('explode')).toMatchObject({ status: 501 });
});
