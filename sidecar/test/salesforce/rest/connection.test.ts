import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/lib/secret.ts';
import { Connection } from '../../../src/salesforce/rest/connection.ts';
import type { SignIn } from '../../../src/salesforce/rest/sign-in.ts';
import { stalled } from '../../support/deadlines.ts';
import { html, json, type Answer } from '../../support/scripted-server.ts';
import { expired, tokenOf } from '../support/fake-org.ts';
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
      kind: 'access_token',
      instanceUrl: server.url,
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

  it('says that it takes no changes, and is not asked again at once', async () => {
    const errorCode = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
    const { server, connection } = await connected((_request, response) => {
      json(response, 400, [{ errorCode, message: 'maintenance' }]);
    });
    expect((await failure(connection.request(post))).code).toBe('SF_READ_ONLY');
    expect(data(server)).toHaveLength(1);
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
      kind: 'client_credentials',
      loginUrl,
      clientId: 'client-id',
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
