import { afterEach, expect, it, vi } from 'vitest';
import { ask, demand } from './ask.ts';
import { storeKeys } from './store-keys.ts';

const question = { variable: 'WOO_STORE_URL', text: 'Address of the shop (https://…)' };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('an answer of the environment is taken without its outer blanks', async () => {
  vi.stubEnv('WOO_STORE_URL', ' https://shop.example.com ');
  expect(await ask(question)).toBe('https://shop.example.com');
});

it.each([undefined, '', ' '])(
  '%j is none, and where no terminal is the variable is named',
  async (given) => {
    vi.stubEnv('WOO_STORE_URL', given);
    vi.spyOn(process, 'stdin', 'get').mockReturnValue({ isTTY: false } as never);
    await expect(ask(question)).rejects.toThrow(
      'WOO_STORE_URL is not set: Address of the shop (https://…)',
    );
  },
);

it('nothing is an answer where it may be one', async () => {
  vi.stubEnv('WOO_STORE_URL', '');
  expect(await ask({ ...question, optional: true })).toBe('');
});

it.each([
  ['0123 and more', 'cs_0f', 'WOO_CONSUMER_KEY is not as WooCommerce makes it: it begins with ck_'],
  ['ck_0123', 'ck_0f', 'WOO_CONSUMER_SECRET is not as WooCommerce makes it: it begins with cs_'],
  ['ck_0123', 'cs_0f and', 'WOO_CONSUMER_SECRET is not as WooCommerce makes it'],
])('keys that are none are refused and not repeated: %s, %s', (key, secret, sentence) => {
  const refused = () => storeKeys(key, secret);
  expect(refused).toThrow(sentence);
  expect(refused).not.toThrow(/0123|0f/);
});

it('what nobody can type is named all at once', () => {
  vi.stubEnv('WOO_STORE_URL', undefined);
  vi.stubEnv('WOO_SYNC_ENDPOINT', '');
  vi.spyOn(process, 'stdin', 'get').mockReturnValue({ isTTY: false } as never);
  const endpoint = { variable: 'WOO_SYNC_ENDPOINT', text: 'Where to', optional: true };
  const key = { variable: 'WOO_TEST_KEY', text: 'Key' };
  expect(() => {
    demand([question, endpoint, key]);
  }).toThrow(/^WOO_STORE_URL is not set: .*\nWOO_TEST_KEY is not set: Key$/);
});
