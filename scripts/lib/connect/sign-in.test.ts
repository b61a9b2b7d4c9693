import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import type { JwtSignIn } from '../../../sidecar/src/salesforce/rest/jwt.ts';
import { trySignIn } from './sign-in.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = keys.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const org = createOrg({ clientId: 'app', certificate });
let user: JwtSignIn;

beforeAll(async () => {
  const loginUrl = await org.listen(0);
  const username = org.integrationUsername;
  user = { kind: 'jwt', loginUrl, clientId: 'app', username, privateKey: keys.privateKey };
});
afterAll(() => org.close());

/** A clock that only waiting moves. */
function patience() {
  let at = 0;
  const reasons: string[] = [];
  const sleep = (ms: number): Promise<void> => {
    at += ms;
    return Promise.resolve();
  };
  const onWait = (reason: string): number => reasons.push(reason);
  return { reasons, sleep, onWait, now: () => at };
}

it('signs in at once where the org knows the app', async () => {
  const { reasons, ...waiting } = patience();
  await trySignIn(user, waiting);
  expect(reasons).toEqual([]);
});

it('tries again while a new app is not known, and gives up in time', async () => {
  const { reasons, ...waiting } = patience();
  const signingIn = trySignIn({ ...user, clientId: 'new' }, { ...waiting, seconds: 60 });
  await expect(signingIn).rejects.toMatchObject({
    code: 'SF_SIGN_IN_REFUSED',
    message: expect.stringContaining('invalid_client_id') as string,
    cure: expect.stringContaining('new apps need some minutes') as string,
  });
  expect(reasons).toHaveLength(4);
  expect(waiting.now()).toBe(60_000);
});

it('goes on when the app becomes known', async () => {
  const { reasons, ...waiting } = patience();
  const newcomer = { ...user, clientId: 'new' };
  const sleep = (ms: number): Promise<void> => {
    Object.assign(newcomer, user);
    return waiting.sleep(ms);
  };
  await trySignIn(newcomer, { ...waiting, sleep });
  expect(reasons).toHaveLength(1);
});

it('waits for nothing that does not pass', async () => {
  const { reasons, ...waiting } = patience();
  await fetch(`${user.loginUrl}/local/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: 'sign_in_refused', times: 1 }),
  });
  await expect(trySignIn(user, waiting)).rejects.toThrow('inactive_user');
  expect(reasons).toEqual([]);
});

it('ends when it is stopped', async () => {
  const { sleep: _, ...waiting } = patience();
  const stop = new AbortController();
  const newcomer = { ...user, clientId: 'new' };
  const onWait = (): void => {
    stop.abort(new Error('stopped'));
  };
  const signingIn = trySignIn(newcomer, { ...waiting, onWait, stopped: stop.signal });
  await expect(signingIn).rejects.toThrow(/stopped|abort/);
});
