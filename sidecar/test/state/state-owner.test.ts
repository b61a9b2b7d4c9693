import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openState } from '../../src/state/state.ts';
import type { DurableState } from '../../src/state/state.ts';
import { claimForOrg, claimForStore } from '../../src/state/state-owner.ts';
import { engines } from './support/engines.ts';
import type { Engine } from './support/engines.ts';

const SANDBOX = '00DSB0000000001';
const PRODUCTION = '00DPR0000000001AAA';
const nobody = new Map<string, string>();

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
    await claimForStore(state, { key: 'main', url: 'https://a.example' }, nobody);
    const moved = { key: 'main', url: 'https://b.example' };
    await expect(claimForStore(state, moved, nobody)).rejects.toMatchObject({
      code: 'STORE_URL_CHANGED',
      cure: expect.stringContaining('STORE_MOVED=main=https://b.example') as string,
    });
    await claimForStore(state, { key: 'outlet', url: 'https://b.example' }, nobody);
  });

  it('follows a shop that the admin says has moved, to that address alone', async () => {
    const confirmed = new Map([['main', 'https://b.example']]);
    await expect(
      claimForStore(state, { key: 'main', url: 'https://c.example' }, confirmed),
    ).rejects.toMatchObject({ code: 'STORE_URL_CHANGED' });
    await claimForStore(state, { key: 'main', url: 'https://b.example' }, confirmed);
    await claimForStore(state, { key: 'main', url: 'https://b.example' }, nobody);
  });
});
