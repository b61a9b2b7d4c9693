import { jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/lib/secret.ts';
import { Connection } from '../../../src/salesforce/rest/connection.ts';
import type { SignIn } from '../../../src/salesforce/rest/sign-in.ts';
import { html, json, type Answer } from '../../support/scripted-server.ts';
import { orgThat, rsa, tokenOf } from '../support/fake-org.ts';
import {
  quick,
  limits,
  fine,
  connected,
  failure,
  data,
  signInsAt,
  closeOrg,
} from '../support/connected-org.ts';

afterEach(closeOrg);

describe('signing in', () => {
  it('with client credentials sends them in the body and uses the address of the answer', async () => {
    const other = await orgThat(fine);
    const { server, connection } = await connected(fine, (_request, response) => {
      json(response, 200, { access_token: 'elsewhere', instance_url: `${other.url}/` });
    });
    expect(await connection.request(limits)).toEqual({ fine: true });
    await other.close();
    expect(Object.fromEntries(new URLSearchParams(server.received[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-id',
      client_secret: 'client-s3cret',
    });
    expect(data(server)).toHaveLength(0);
    expect(other.received[0]?.path).toBe('/services/data/v66.0/limits');
    expect(tokenOf(other.received[0])).toBe('elsewhere');
  });

  it('with a key signs an assertion that lives for at most three minutes', async () => {
    const { server } = await connected(fine);
    const signIn: SignIn = {
      kind: 'jwt',
      loginUrl: server.url,
      clientId: 'client-id',
      username: 'sync@example.com',
      privateKey: rsa.privateKey,
    };
    await new Connection(signIn, quick).request(limits);
    const body = new URLSearchParams(server.received[0]?.body);
    expect(body.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(
      body.get('assertion') ?? '',
      rsa.publicKey,
    );
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      iss: 'client-id',
      sub: 'sync@example.com',
      aud: 'https://login.salesforce.com',
    });
    const left = (payload.exp ?? 0) - Date.now() / 1000;
    expect(left).toBeGreaterThan(60);
    expect(left).toBeLessThanOrEqual(180);
  });

  it('is not needed with a session that exists', async () => {
    const { server } = await connected(fine);
    const signIn: SignIn = {
      kind: 'access_token',
      instanceUrl: server.url,
      accessToken: new Secret('00Dtoken-given'),
    };
    expect(await new Connection(signIn, quick).request(limits)).toEqual({ fine: true });
    expect(server.received.map(tokenOf)).toEqual(['00Dtoken-given']);
  });

  it.each([
    ['invalid_client_id', 'SF_CLIENT_ID'],
    ['invalid_client', 'SF_CLIENT_SECRET'],
    ['invalid_grant', 'client credentials flow'],
    ['inactive_user', 'Activate the user'],
    ['unsupported_grant_type', 'SF_LOGIN_URL'],
    ['something_new', 'SF_CLIENT_ID and SF_CLIENT_SECRET'],
  ])('refused with %s names what to check, and is not tried again', async (code, named) => {
    const { server, connection } = await connected(fine, (_request, response) => {
      json(response, 400, { error: code, error_description: 'said Salesforce' });
    });
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_SIGN_IN_REFUSED');
    expect(error.message).toContain(`${code} (said Salesforce)`);
    expect(error.cure).toContain(named);
    expect(server.received).toHaveLength(1);
    expect(connection.calls).toBe(0);
  });

  it('refused for a key names its variables', async () => {
    const { server } = await connected(fine, (_request, response) => {
      json(response, 400, {
        error: 'invalid_grant',
        error_description: 'user hasn’t approved this consumer',
      });
    });
    const signIn: SignIn = {
      kind: 'jwt',
      loginUrl: server.url,
      clientId: 'client-id',
      username: 'sync@example.com',
      privateKey: rsa.privateKey,
    };
    const error = await failure(new Connection(signIn, quick).request(limits));
    expect(error.cure).toContain('SF_USERNAME');
    expect(error.cure).toContain('SF_JWT_KEY_FILE');
  });

  it.each<[string, string, Answer]>([
    [
      'a page',
      'text/html instead of JSON',
      (_request, response) => {
        html(response, 200);
      },
    ],
    [
      'no token',
      'not an access token',
      (_request, response) => {
        json(response, 200, {});
      },
    ],
    [
      'an unsafe address',
      'an access token without an address',
      (_request, response) => {
        json(response, 200, { access_token: '00Dtoken', instance_url: 'javascript:1' });
      },
    ],
    [
      'an unexplained 401',
      'HTTP 401',
      (_request, response) => {
        html(response, 401);
      },
    ],
  ])('answered with %s ends in a sentence', async (_what, said, answer) => {
    const { connection } = await connected(fine, answer);
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_UNEXPECTED_ANSWER');
    expect(error.message).toContain(said);
    expect(error.cure).toContain('SF_LOGIN_URL');
  });

  it('is tried again when the sign-in itself has trouble', async () => {
    let asked = 0;
    const { connection } = await connected(fine, (_request, response) => {
      asked += 1;
      if (asked === 1) html(response, 503);
      if (asked === 2) response.destroy();
    });
    expect(await connection.request(limits)).toEqual({ fine: true });
    expect(asked).toBe(3);
  });

  it('happens once for many callers, and again after it failed for all of them', async () => {
    let refuse = true;
    const { server, connection } = await connected(fine, (_request, response) => {
      if (refuse) json(response, 400, { error: 'invalid_grant' });
    });
    const ten = (): Promise<unknown>[] =>
      Array.from({ length: 10 }, () => connection.request(limits));
    const failed = await Promise.allSettled(ten());
    expect(failed.map(({ status }) => status)).toEqual(
      Array.from({ length: 10 }, () => 'rejected'),
    );
    expect(signInsAt(server)).toHaveLength(1);
    refuse = false;
    await Promise.all(ten());
    expect(signInsAt(server)).toHaveLength(2);
  });
});
