import { afterEach, describe, expect, it, vi } from 'vitest';
import { outboundEnv } from './install.ts';
import {
  askEndpoint,
  endpointAddress,
  endpointOf,
  NOWHERE,
  outboundNote,
  serviceUrl,
} from './outbound.ts';

const SIDECAR_SECRET = '0123456789abcdef'.repeat(4);
const PUBLIC_URL = 'https://sync.example.com/woo/';
const TOKEN = 'f00dfeedf00dfeedf00dfeed';
const given = `https://sync.example.com/salesforce/outbound/${TOKEN}`;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('where outbound messages go', () => {
  it('follows from the variables of the sidecar', () => {
    const endpoint = endpointOf({ PUBLIC_URL, SIDECAR_SECRET });
    expect(endpoint).toMatch(
      /^https:\/\/sync\.example\.com\/woo\/salesforce\/outbound\/[\w-]{16,}$/,
    );
    expect(endpoint).not.toContain(SIDECAR_SECRET);
    expect(endpointAddress(endpoint)).toBe(endpoint);
    expect(endpointOf({ PUBLIC_URL, SIDECAR_SECRET: `${SIDECAR_SECRET}0` })).not.toBe(endpoint);
  });

  it.each([
    [{ PUBLIC_URL }, 'PUBLIC_URL and SIDECAR_SECRET belong together'],
    [{ PUBLIC_URL, SIDECAR_SECRET: '' }, 'PUBLIC_URL and SIDECAR_SECRET belong together'],
    [{ PUBLIC_URL, SIDECAR_SECRET: 'short' }, 'SIDECAR_SECRET is shorter than 32 characters'],
    [{ PUBLIC_URL: 'sync', SIDECAR_SECRET }, 'PUBLIC_URL is not a web address'],
  ])('does not from %o', (env, reason) => {
    expect(() => endpointOf(env)).toThrow(reason);
  });

  it('is as it is given, before it is worked out', async () => {
    vi.stubEnv('PUBLIC_URL', PUBLIC_URL);
    vi.stubEnv('SIDECAR_SECRET', SIDECAR_SECRET);
    expect(await askEndpoint()).toBe(endpointOf({ PUBLIC_URL, SIDECAR_SECRET }));
    vi.stubEnv('WOO_SYNC_ENDPOINT', ` ${given} `);
    expect(await askEndpoint()).toBe(given);
    vi.stubEnv('WOO_SYNC_ENDPOINT', '');
    expect(await askEndpoint()).toBeNull();
    vi.stubEnv('WOO_SYNC_ENDPOINT', NOWHERE);
    expect(await askEndpoint()).toBeNull();
  });

  it('is not left out by mistake', async () => {
    vi.stubEnv('PUBLIC_URL', '');
    vi.stubEnv('WOO_SYNC_ENDPOINT', undefined);
    await expect(askEndpoint()).rejects.toThrow('WOO_SYNC_ENDPOINT is not set: ');
  });

  it.each([
    'https://sync.example.com',
    `https://sync.example.com/${TOKEN}`,
    'https://sync.example.com/salesforce/outbound/short',
    `http://sync.example.com/salesforce/outbound/${TOKEN}`,
    `https://jane:${TOKEN}@sync.example.com/salesforce/outbound/${TOKEN}`,
    `${given}?more`,
    TOKEN,
  ])('is not %s', (text) => {
    expect(() => endpointAddress(text)).toThrow('is not where a sidecar takes outbound messages');
    expect(() => endpointAddress(text)).not.toThrow(TOKEN);
  });
});

describe('what is deployed', () => {
  const username = 'sync&co@example.com';

  it('is escaped for the XML, and never left out', () => {
    expect(outboundEnv({ endpoint: given, username })).toEqual({
      WOO_SYNC_ENDPOINT: given,
      WOO_SYNC_USERNAME: 'sync&amp;co@example.com',
      WOO_SERVICE_URL: 'https://sync.example.com',
    });
    expect(outboundEnv({ endpoint: null, username })).toMatchObject({
      WOO_SYNC_ENDPOINT: NOWHERE,
      WOO_SERVICE_URL: 'https://woo-sync.invalid',
    });
  });

  it('holds the address of the service with the path that stands before ours', () => {
    expect(serviceUrl(endpointOf({ PUBLIC_URL, SIDECAR_SECRET }))).toBe(
      'https://sync.example.com/woo',
    );
  });

  it('is told without the token', () => {
    const note = outboundNote({ endpoint: given, username });
    expect(note).toContain('https://sync.example.com/salesforce/outbound/…, as sync&co@');
    expect(note).not.toContain(TOKEN);
    expect(outboundNote({ endpoint: null, username })).toContain('no public address');
  });
});
