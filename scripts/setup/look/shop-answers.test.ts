import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { lookForShop } from './shop-answers.ts';

const STORE = { url: 'https://shop.example.com', serviceUrl: null };
const KEYS = {
  WOO_CONSUMER_KEY: `ck_${'a'.repeat(40)}`,
  WOO_CONSUMER_SECRET: `cs_${'b'.repeat(40)}`,
};

/** A shop that cannot be reached, and counts who tries. */
const at = vi.fn(() => () => Promise.resolve({ reason: 'it is away' }));

beforeEach(() => {
  at.mockClear();
  vi.spyOn(console, 'log').mockReturnValue();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function look(env: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries({ WOO_STORE_URL: '', ...KEYS, ...env }))
    vi.stubEnv(name, value);
  return lookForShop(null, STORE, at);
}

it('sends keys to no other shop than the one that was given', async () => {
  const { missing, found } = await look({ WOO_STORE_URL: 'https://new.example.com/' });
  expect(missing).toEqual([
    expect.stringMatching(
      /^WOO_STORE_URL is https:\/\/new\.example\.com, and the org keeps https:\/\/shop\.example\.com .*leave WOO_STORE_URL out/,
    ),
  ]);
  expect(found).toBeNull();
  expect(at).not.toHaveBeenCalled();
});

it('names the other shop with all else that is wrong', async () => {
  const { missing } = await look({
    WOO_STORE_URL: 'https://new.example.com',
    WOO_CONSUMER_KEY: '',
  });
  expect(missing).toEqual([
    expect.stringMatching(/^WOO_CONSUMER_KEY is not set/),
    expect.stringMatching(/^WOO_STORE_URL is https/),
  ]);
});

it('says once what is no address', async () => {
  const { missing } = await look({ WOO_STORE_URL: 'shop' });
  expect(missing).toEqual([expect.stringMatching(/^WOO_STORE_URL: "shop" is no address/)]);
});

it.each(['', 'https://shop.example.com/'])('looks at the shop of the org: %j', async (given) => {
  const { missing, found } = await look({ WOO_STORE_URL: given });
  expect(missing).toEqual([expect.stringContaining('cannot be reached: it is away')]);
  expect(found?.url).toBe(STORE.url);
  expect(at).toHaveBeenCalledOnce();
});
