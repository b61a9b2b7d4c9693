import { generateKeyPairSync } from 'node:crypto';

import { Connection } from 'jsforce';
import { afterEach, expect, test } from 'vitest';

import { createOrg, type Org } from '../../local/org/org.ts';
import { SalesforceOrg } from '../../sidecar/src/salesforce/org.ts';
import type { JwtSignIn } from '../../sidecar/src/salesforce/rest/jwt.ts';
import { openSession } from '../../sidecar/src/salesforce/rest/sign-in.ts';

let org: Org | undefined;
afterEach(async () => {
  await org?.close();
});

/** An org whose app holds the certificate of a key, and the sign-in with it. */
async function orgWithKey(): Promise<{ org: Org; url: string; signIn: JwtSignIn }> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const opened = createOrg({ certificate, clientId: 'client-id' });
  org = opened;
  const url = await opened.listen(0);
  const username = opened.integrationUsername;
  const signIn: JwtSignIn = {
    kind: 'jwt',
    loginUrl: url,
    clientId: 'client-id',
    username,
    privateKey,
  };
  return { org: opened, url, signIn };
}

test('the sidecar signs in at the org with a key, for the audience of a login host only', async () => {
  const { url, signIn } = await orgWithKey();
  const session = await openSession(signIn, 20_000);
  expect(session.instanceUrl).toBe(url);
  await expect(openSession({ ...signIn, audience: url }, 20_000)).rejects.toThrow(
    'audience is invalid',
  );
});

test('the SOAP API takes the session of a sign-in with a key: a lead is converted', async () => {
  const { org: opened, url, signIn } = await orgWithKey();
  // Who may convert leads, and sees all of them.
  const signedIn = new SalesforceOrg({ ...signIn, username: opened.adminUsername });
  const admin = new Connection({ instanceUrl: url, accessToken: opened.adminToken });
  const make = async (object: string, record: Record<string, string>): Promise<string> => {
    const { id } = await admin.sobject(object).create(record);
    if (id === undefined) throw new Error(`no ${object}`);
    return id;
  };
  const accountId = await make('Account', { Name: 'Engines' });
  const contactId = await make('Contact', { LastName: 'Lovelace', AccountId: accountId });
  const leadId = await make('Lead', { LastName: 'Lovelace', Company: 'Engines' });
  const convertedStatus = 'Closed - Converted';
  const conversion = { leadId, accountId, contactId, convertedStatus, ownerId: null };
  expect(await signedIn.convertLeads([conversion])).toMatchObject([{ errors: [] }]);
  const soql = `SELECT IsConverted, ConvertedContactId FROM Lead WHERE Id = '${leadId}'`;
  expect(await signedIn.query(soql)).toMatchObject([
    { IsConverted: true, ConvertedContactId: contactId },
  ]);
});
