import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openState } from '../../src/state/state.ts';
import type { DurableState } from '../../src/state/state.ts';
import { claimForOrg, claimForStore, lookAtClaim } from '../../src/state/state-owner.ts';
import { engines } from './support/engines.ts';
import type { Engine } from './support/engines.ts';
import { verified } from '../support/links.ts';
import type { CodedError } from '../../src/errors/coded-error.ts';
import { failureOf } from '../support/scripted-server.ts';

const SANDBOX = '00DSB0000000001';
const PRODUCTION = '00DPR0000000001AAA';
const nobody = new Map<string, string>();
const linked = (key: string) => ({
  object: 'Account',
  key,
  recordId: '001000000000001AAA',
  ...verified('h'),
  parentKey: null,
  byId: false,
  readNumber: 1,
});

describe.each(engines)('whose state it is, on $name', ({ start }) => {
  let engine: Engine;
  let state: DurableState;
  beforeAll(async () => {
    engine = await start();
    state = await openState(engine.location);
  });
  afterAll(async () => {
    await state.close();
    await engine.stop();
  });

  it('is that of the org that used it first, also after a restart, and no other gets it', async () => {
    await claimForOrg(state, null);
    await claimForOrg(state, SANDBOX);
    await state.close();
    state = await openState(engine.location);
    await claimForOrg(state, `${SANDBOX}AAA`);
    await expect(claimForOrg(state, PRODUCTION)).rejects.toMatchObject({
      code: 'STATE_OTHER_ORG',
      message: `The state belongs to the org "${SANDBOX}", and the sign-in leads to the org "00DPR0000000001".`,
      cure: expect.stringContaining('move the old state away') as string,
    });
  });

  it('holds a store whose key leads to another shop, and no other store', async () => {
    await claimForStore(state, { key: 'main', url: 'https://a.example' }, nobody);
    await state.didWrite([linked('main:7')], []);
    await claimForStore(state, { key: 'main', url: 'https://a.example' }, nobody);
    const moved = { key: 'main', url: 'https://b.example' };
    await expect(claimForStore(state, moved, nobody)).rejects.toMatchObject({
      code: 'STORE_URL_CHANGED',
      cure: expect.stringContaining('STORE_MOVED=main=https://b.example') as string,
    });
    await claimForStore(state, { key: 'outlet', url: 'https://b.example' }, nobody);
  });

  it('names the named credential that still leads to the old address, where there is one', async () => {
    const cureOf = async (over: object) => {
      const shop = { key: 'main', url: 'https://b.example', namedCredential: 'Woo_Store', ...over };
      return ((await failureOf(lookAtClaim(state, shop, nobody))) as CodedError).cure;
    };
    expect(await cureOf({ route: 'named_credential' })).toMatch(
      /^If it is the same shop under a new address, put that into the URL of the named credential Woo_Store too \(Setup › Named Credentials\), and give the command Adopt with Store = main, /,
    );
    // A store that is reached straight may have one left from before.
    expect(await cureOf({ route: 'direct' })).not.toContain('named credential');
  });

  it('knows a shop under another spelling of its address, and says no password or key in it', async () => {
    const spelt = (url: string) => lookAtClaim(state, { key: 'main', url }, nobody);
    expect(await spelt('https://ann:s3cret@a.example/?consumer_key=ck_1')).toBe('kept');
    const other = await failureOf(spelt('https://ann:s3cret@b.example/?consumer_key=ck_1'));
    expect(other).toMatchObject({
      message:
        'The store "main" was the shop at "https://a.example", and is the one at "https://b.example" now.',
      cure: expect.not.stringMatching(/s3cret|ck_1/) as string,
    });
  });

  it('writes nothing where it only looks', async () => {
    const unseen = { key: 'looked', url: 'https://a.example' };
    expect(await lookAtClaim(state, unseen, nobody)).toBe('taken');
    expect(await state.cursor('looked', 'url')).toBeNull();
  });

  it('follows a shop that the admin says has moved, to that address alone', async () => {
    const confirmed = new Map([['main', 'https://b.example']]);
    await expect(
      claimForStore(state, { key: 'main', url: 'https://c.example' }, confirmed),
    ).rejects.toMatchObject({ code: 'STORE_URL_CHANGED' });
    await claimForStore(state, { key: 'main', url: 'https://b.example' }, confirmed);
    await claimForStore(state, { key: 'main', url: 'https://b.example' }, nobody);
  });

  it('takes another URL while nothing of the store is linked, and begins its lists anew', async () => {
    await state.didWrite([linked('main2:7')], []);
    await claimForStore(state, { key: 'typo', url: 'https://shp.example' }, nobody);
    await state.saveCursor('typo', 'sweep:orders', { after: '2026-01-01T00:00:00' });
    await state.saveCursor('main', 'sweep:orders', { after: '2026-01-02T00:00:00' });
    await claimForStore(state, { key: 'typo', url: 'https://shop.example' }, nobody);
    expect(await state.cursor('typo', 'url')).toBe('https://shop.example');
    expect(await state.cursor('typo', 'sweep:orders')).toBeNull();
    expect(await state.cursor('main', 'sweep:orders')).toEqual({ after: '2026-01-02T00:00:00' });
    await state.didWrite([linked('typo:7')], []);
    await expect(
      claimForStore(state, { key: 'typo', url: 'https://shp.example' }, nobody),
    ).rejects.toMatchObject({ code: 'STORE_URL_CHANGED' });
  });
});
