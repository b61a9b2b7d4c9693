import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { audiencesOf, type JwtSignIn } from '../../../src/salesforce/rest/jwt.ts';
import { openSession } from '../../../src/salesforce/rest/sign-in.ts';
import { failureOf, json } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { orgThat, rsa } from '../support/fake-org.ts';

const login = 'https://login.salesforce.com';
const test = 'https://test.salesforce.com';
const deadlineMs = 20_000;
const signInAt = (loginUrl: string, audience?: string): JwtSignIn => ({
  kind: 'jwt',
  loginUrl,
  clientId: 'client-id',
  username: 'sync@example.com',
  privateKey: rsa.privateKey,
  ...(audience === undefined ? {} : { audience }),
});

describe('audiences of an assertion', () => {
  it.each([
    ['https://acme.my.salesforce.com', [login, test]],
    ['https://acme-dev-ed.develop.my.salesforce.com', [login, test]],
    ['https://login.salesforce.com', [login, test]],
    ['http://127.0.0.1:8090', [login, test]],
    ['https://acme--uat.sandbox.my.salesforce.com', [test, login]],
    ['https://acme--uat.my.salesforce.com', [test, login]],
    ['https://force-app-1.scratch.my.salesforce.com', [test, login]],
    ['https://test.salesforce.com', [test, login]],
  ])('of %s', (loginUrl, audiences) => {
    expect(audiencesOf(signInAt(loginUrl))).toEqual(audiences);
  });

  it('is the one that was set, and no other', () => {
    const other = 'https://login.salesforce.mil';
    expect(audiencesOf(signInAt('https://acme.my.salesforce.com', other))).toEqual([other]);
  });
});

describe('signing in with a key', () => {
  let open: ScriptedServer | undefined;
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  /** An org that takes assertions for one audience only, and the audiences that it was sent. */
  async function orgFor(taken: string, otherwise = 'audience is invalid') {
    const asked: unknown[] = [];
    const server = await orgThat(
      () => undefined,
      (request, response) => {
        const { aud } = decodeJwt(new URLSearchParams(request.body).get('assertion') ?? '');
        asked.push(aud);
        if (aud === taken) json(response, 200, { access_token: 'got', instance_url: server.url });
        else json(response, 400, { error: 'invalid_grant', error_description: otherwise });
      },
    );
    open = server;
    return { url: server.url, asked };
  }

  it('tries the other login host once where the org is of that', async () => {
    const { url, asked } = await orgFor(test);
    const session = await openSession(signInAt(url), deadlineMs);
    expect(session.accessToken.reveal()).toBe('got');
    expect(asked).toEqual([login, test]);
  });

  it('says which variable to look at where the org takes neither', async () => {
    const { url, asked } = await orgFor('https://login.salesforce.mil');
    const error = await failureOf(openSession(signInAt(url), deadlineMs));
    expect(asked).toEqual([login, test]);
    expect(error).toBeInstanceOf(CodedError);
    expect(error).toMatchObject({
      code: 'SF_SIGN_IN_REFUSED',
      cure: expect.stringContaining('SF_JWT_AUDIENCE') as string,
    });
  });

  it('does not ask again after another refusal', async () => {
    const { url, asked } = await orgFor(test, "user hasn't approved this consumer");
    await failureOf(openSession(signInAt(url), deadlineMs));
    expect(asked).toEqual([login]);
  });

  it('signs for the audience that is set', async () => {
    const { url, asked } = await orgFor('https://login.salesforce.mil');
    await openSession(signInAt(url, 'https://login.salesforce.mil'), deadlineMs);
    expect(asked).toEqual(['https://login.salesforce.mil']);
  });
});
