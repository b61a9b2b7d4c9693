import { afterEach, describe, expect, it, vi } from 'vitest';

import { createStore, type Store } from '../../../local/store/store.ts';
import { lookForContent } from './content-user.ts';

const open: Store[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const store of open.splice(0)) await store.close();
});

/** A shop with somebody who has the role. @returns where it is, and the password of that person */
async function shopWith(role: string): Promise<{ url: string; password: string }> {
  const store = createStore({ orders: 0, tlsProxy: true });
  open.push(store);
  const url = await store.listen(0);
  const reader = { username: 'reader', role };
  const made = await fetch(`${url}/local/users`, { method: 'POST', body: JSON.stringify(reader) });
  const { application_password: password } = (await made.json()) as Record<string, string>;
  return { url, password: password ?? '' };
}

function lookWith(url: string, user: string, password: string) {
  vi.stubEnv('WOO_APP_USER', user);
  vi.stubEnv('WOO_APP_PASSWORD', password);
  return lookForContent(url);
}

describe('an application password', () => {
  it('may be left out', async () => {
    expect(await lookWith('http://127.0.0.1:1', '', '')).toEqual({
      missing: [],
      notes: [],
      found: null,
    });
  });

  it('needs its user, and the user it', async () => {
    const url = 'http://127.0.0.1:1';
    expect((await lookWith(url, 'reader', '')).missing).toEqual([
      expect.stringMatching(/^WOO_APP_PASSWORD is not set: put an application password of/),
    ]);
    expect((await lookWith(url, '', 'abcd efgh')).missing).toEqual([
      expect.stringMatching(/^WOO_APP_USER is not set: put the name of/),
    ]);
  });

  it('of a user who may only read is taken without a word', async () => {
    const { url, password } = await shopWith('subscriber');
    const found = { user: 'reader', password };
    expect(await lookWith(url, 'reader', password)).toEqual({ missing: [], notes: [], found });
  });

  it('of an administrator is taken, with the advice of a lesser role', async () => {
    const { url, password } = await shopWith('administrator');
    const { missing, notes } = await lookWith(url, 'reader', password);
    expect(missing).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/of an administrator .*no more rights than/)]);
  });

  it('that WordPress refuses is said without it', async () => {
    const { url } = await shopWith('subscriber');
    const { missing } = await lookWith(url, 'reader', 'wrong s3cret');
    expect(missing).toEqual([expect.stringMatching(/\(HTTP 401, incorrect_password\)/)]);
    expect(missing.join()).not.toContain('s3cret');
  });
});

it('is not asked with where the shop is not known, and says where it is not reached', async () => {
  vi.stubEnv('WOO_APP_USER', 'reader');
  vi.stubEnv('WOO_APP_PASSWORD', 'abcd');
  expect((await lookForContent(null)).missing).toEqual([]);
  const { missing } = await lookForContent('http://127.0.0.1:1');
  expect(missing).toEqual([expect.stringMatching(/^WordPress cannot be asked .*: /)]);
});
