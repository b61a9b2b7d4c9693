import { inspect } from 'node:util';
import { jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { Connection } from '../../../src/salesforce/rest/connection.ts';
import type { ConnectionOptions } from '../../../src/salesforce/rest/connection.ts';
import type { SignIn } from '../../../src/salesforce/rest/sign-in.ts';
import { stalled } from '../../support/deadlines.ts';
import { failureOf, html, json } from '../../support/scripted-server.ts';
import type { Answer, ScriptedServer } from '../../support/scripted-server.ts';
import { expired, orgThat, rsa, tokenOf, tokenPath } from '../support/fake-org.ts';

const quick: ConnectionOptions = {
  deadlineMs: 5_000,
  retry: { attempts: 3, firstWaitMs: 1, longestWaitMs: 20 },
};
const limits = { method: 'GET', path: '/limits' } as const;
const fine: Answer = (_request, response) => {
  json(response, 200, { fine: true });
};

let open: ScriptedServer | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function connected(
  answer: Answer,
  signIns?: Answer,
  options: Partial<ConnectionOptions> = {},
): Promise<{ server: Awaited<ReturnType<typeof orgThat>>; connection: Connection }> {
  const server = await orgThat(answer, signIns);
  open = server;
  return { server, connection: new Connection(server.signIn, { ...quick, ...options }) };
}

/** Fails a call and checks that the failure is one of ours and gives nothing away. */
async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error = await failureOf(promise);
  if (!(error instanceof CodedError)) throw error;
  const everything = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${error.cure}`;
  expect(everything).not.toMatch(/00Dtoken|s3cret|jane@example|PRIVATE KEY|assertion=/);
  return error;
}

const data = (server: ScriptedServer): ScriptedServer['received'] =>
  server.received.filter(({ path }) => path !== tokenPath);
const signInsAt = (server: ScriptedServer): ScriptedServer['received'] =>
  server.received.filter(({ path }) => path === tokenPath);

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
      ...{ kind: 'jwt', loginUrl: server.url, clientId: 'client-id' },
      ...{ username: 'sync@example.com', privateKey: rsa.privateKey },
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
      ...{ iss: 'client-id', sub: 'sync@example.com', aud: 'https://login.salesforce.com' },
    });
    const left = (payload.exp ?? 0) - Date.now() / 1000;
    expect(left).toBeGreaterThan(60);
    expect(left).toBeLessThanOrEqual(180);
  });

  it('is not needed with a session that exists', async () => {
    const { server } = await connected(fine);
    const signIn: SignIn = {
      ...{ kind: 'access_token', instanceUrl: server.url },
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
      ...{ kind: 'jwt', loginUrl: server.url, clientId: 'client-id' },
      ...{ username: 'sync@example.com', privateKey: rsa.privateKey },
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

describe('a session that ends', () => {
  it('fault 24: is renewed once for all that run into it', async () => {
    const { server, connection } = await connected((request, response) => {
      if (tokenOf(request) === '00Dtoken1') expired(response);
      else fine(request, response);
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => connection.request(limits)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ fine: true })));
    expect(signInsAt(server)).toHaveLength(2);
    expect(connection.calls).toBe(20);
  });

  it('fault 25: and whose successor is refused too ends in an error, not in a loop', async () => {
    const { server, connection } = await connected((_request, response) => {
      expired(response);
    });
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_SESSION_REFUSED');
    expect(error.message).toContain('INVALID_SESSION_ID');
    expect(data(server)).toHaveLength(2);
    expect(signInsAt(server)).toHaveLength(2);
  });

  it('cannot be renewed when it was given', async () => {
    const { server } = await connected((_request, response) => {
      expired(response);
    });
    const signIn: SignIn = {
      ...{ kind: 'access_token', instanceUrl: server.url },
      accessToken: new Secret('00Dtoken-given'),
    };
    const error = await failure(new Connection(signIn, quick).request(limits));
    expect(error.code).toBe('SF_SESSION_REFUSED');
    expect(error.cure).toContain('SF_ACCESS_TOKEN');
    expect(server.received).toHaveLength(1);
  });
});

describe('an org in trouble', () => {
  const post = { method: 'POST', path: '/composite', json: '{"records":["ä"]}' } as const;

  it.each([429, 500, 502, 503, 504])('is sent a write again after HTTP %i', async (status) => {
    let asked = 0;
    const { server, connection } = await connected((request, response) => {
      asked += 1;
      if (asked < 3) html(response, status);
      else fine(request, response);
    });
    expect(await connection.request(post)).toEqual({ fine: true });
    expect(data(server).map(({ method, body }) => [method, body])).toEqual(
      Array.from({ length: 3 }, () => ['POST', '{"records":["ä"]}']),
    );
    expect(connection.calls).toBe(3);
  });

  it('is sent a write again after a lock refused all of it', async () => {
    let asked = 0;
    const { connection } = await connected((request, response) => {
      asked += 1;
      if (asked === 1)
        json(response, 400, [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'locked' }]);
      else fine(request, response);
    });
    expect(await connection.request(post)).toEqual({ fine: true });
    expect(asked).toBe(2);
  });

  it('is given up on after the last attempt, without those of jsforce', async () => {
    const { server, connection } = await connected((_request, response) => {
      json(response, 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'jane@example.com' }]);
    });
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_UNAVAILABLE');
    expect(error.message).toContain('HTTP 503, SERVER_UNAVAILABLE');
    expect(data(server)).toHaveLength(3);
  });

  it('may cut the connection before or in the middle of an answer', async () => {
    let asked = 0;
    const { connection } = await connected((request, response) => {
      asked += 1;
      if (asked === 1) response.destroy();
      else if (asked === 2) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"id":', () => response.destroy());
      } else fine(request, response);
    });
    expect(await connection.request(post)).toEqual({ fine: true });
    expect(asked).toBe(3);
  });

  it.each<[string, Answer]>([
    ['before the answer', () => undefined],
    [
      'in the middle of it',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      },
    ],
  ])('fault 47: is not waited for beyond the deadline %s', async (_when, stall) => {
    const { error, connection } = await stalled(async (deadlineMs) => {
      const retry = { ...quick.retry, attempts: 2 };
      const { connection, server } = await connected(stall, undefined, { deadlineMs, retry });
      const error = await failure(connection.request(limits));
      return data(server).length < 2 ? null : { error, connection };
    });
    expect(error).toMatchObject({ code: 'SF_UNREACHABLE' });
    expect(error.message).toContain('it did not answer in time');
    expect(connection.calls).toBe(2);
  });

  it.each([
    ['http://localhost:2', 'nothing listens at that address'],
    ['https://no-such-host.invalid', 'no such host name'],
  ])('fault 47: is named when %s cannot be reached', async (loginUrl, reason) => {
    const signIn: SignIn = {
      ...{ kind: 'client_credentials', loginUrl, clientId: 'client-id' },
      clientSecret: new Secret('client-s3cret'),
    };
    const error = await failure(new Connection(signIn, quick).request(limits));
    expect(error.code).toBe('SF_UNREACHABLE');
    expect(error.message).toContain(new URL(loginUrl).host);
    expect(error.message).toContain(reason);
  });
});

describe('an answer', () => {
  it.each<[string, string, Answer]>([
    [
      'is a page',
      'text/html instead of JSON',
      (_request, response) => {
        html(response, 200);
      },
    ],
    [
      'is a page with 404',
      'text/html instead of JSON (HTTP 404)',
      (_request, response) => {
        html(response, 404);
      },
    ],
    [
      'is empty',
      'an empty body',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end();
      },
    ],
    [
      'is broken JSON',
      'text that is not valid JSON',
      (_request, response) => {
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"a":"jane@example.com"');
      },
    ],
    [
      'leads elsewhere',
      'a redirect to https://evil.example',
      (_request, response) => {
        response.writeHead(302, { location: 'https://evil.example/steal?token=1' }).end();
      },
    ],
    [
      'is an error without a code',
      'an error without a code',
      (_request, response) => {
        json(response, 400, { oops: 'jane@example.com' });
      },
    ],
  ])('that %s is refused once, without quoting it', async (_what, said, answer) => {
    const { server, connection } = await connected(answer);
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_UNEXPECTED_ANSWER');
    expect(error.message).toContain(said);
    expect(data(server)).toHaveLength(1);
  });

  it('fault 26: that a limit is used up is not asked for again', async () => {
    const { server, connection } = await connected((_request, response) => {
      json(response, 403, [
        { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
      ]);
    });
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_LIMIT_EXCEEDED');
    expect(error.message).toContain('TotalRequests Limit exceeded.');
    expect(data(server)).toHaveLength(1);
  });

  it('that refuses a query does not quote the query', async () => {
    const { connection } = await connected((_request, response) => {
      json(response, 400, [
        {
          errorCode: 'INVALID_FIELD',
          message:
            "\nSELECT Nope FROM Contact WHERE Email = 'jane@example.com'\n       ^\nERROR at Row:1:Column:8\nNo such column 'Nope' on entity 'Contact'.",
        },
        { errorCode: 'OTHER', message: 'second' },
      ]);
    });
    const error = await failure(connection.request(limits));
    expect(error.code).toBe('SF_REFUSED');
    expect(error.message).toContain("INVALID_FIELD (No such column 'Nope' on entity 'Contact'.)");
  });

  it('with nothing to say is fine', async () => {
    const { connection } = await connected((_request, response) => {
      response.writeHead(204).end();
    });
    expect(await connection.request({ method: 'DELETE', path: '/sobjects/X/1' })).toBeUndefined();
  });
});
