import { generateKeyPairSync } from 'node:crypto';

import { afterEach, expect, test } from 'vitest';

import { createOrg, type Org } from '../../local/org/org.ts';
import type { JwtSignIn } from '../../sidecar/src/salesforce/rest/jwt.ts';
import { openSession } from '../../sidecar/src/salesforce/rest/sign-in.ts';

let org: Org | undefined;
afterEach(async () => {
  await org?.close();
});

test('the sidecar signs in at the org with a key, for the audience of a login host only', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  org = createOrg({ certificate, clientId: 'client-id' });
  const url = await org.listen(0);
  const username = org.integrationUsername;
  const signIn: JwtSignIn = {
    ...{ kind: 'jwt', loginUrl: url, clientId: 'client-id', username, privateKey },
  };
  const session = await openSession(signIn, 20_000);
  expect(session.instanceUrl).toBe(url);
  await expect(openSession({ ...signIn, audience: url }, 20_000)).rejects.toThrow(
    'audience is invalid',
  );
});
